-- What is wrong with a source now, in these stages: what was open and is not told any more is closed.
with told as (
    select * from unnest(
        %(at_stage)b::text[], %(codes)b::text[], %(fields)b::text[], %(severities)b::text[], %(many)b::integer[],
        %(places)b::text[], %(reasons)b::text[], %(remedies)b::text[]
    ) as i (stage, code, field, severity, places, place, reason, remedy)
), closed as (
    update eyre.source_issue s set closed_at = %(now)s
    where s.source = %(source)s and s.closed_at is null and (
            s.stage = any (%(stages)s) or s.stage = 'delivery' and exists (
                select from eyre.source_issue o
                where o.source = %(source)s and o.closed_at is null and o.code = any (%(over)s)
            )
        )
        and s.seen_at <= coalesce(%(quiet)s::timestamptz, 'infinity') and not exists (
        select from told t where (t.stage, t.code, t.field) = (s.stage, s.code, s.field)
    )
), lasting as (
    update eyre.source_issue s set severity = t.severity, places = t.places, place = t.place, reason = t.reason,
        remedy = t.remedy, look_at = coalesce(%(look_at)s::timestamptz, s.look_at), seen_at = %(now)s
    from told t
    where s.source = %(source)s and s.closed_at is null and (t.stage, t.code, t.field) = (s.stage, s.code, s.field)
    returning s.stage, s.code, s.field
)
insert into eyre.source_issue
    (source, stage, code, field, severity, places, place, reason, remedy, look_at, opened_at, seen_at)
select %(source)s, stage, code, field, severity, places, place, reason, remedy, %(look_at)s::timestamptz, %(now)s, %(now)s
from told t
where not exists (select from lasting l where (t.stage, t.code, t.field) = (l.stage, l.code, l.field))
