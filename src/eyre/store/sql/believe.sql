with told as (
    select * from unnest(
        %(ids)b::bigint[], %(of_records)b::bigint[], %(groups)b::integer[], %(kinds)b::text[],
        %(earliest)b::timestamptz[], %(latest)b::timestamptz[], %(bases)b::text[], %(confidences)b::text[],
        %(details)b::text[], %(concluded)b::timestamptz[]
    ) as i (id, record, groups, kind, earliest, latest, basis, confidence, detail, concluded_from)
), gone as (
    update eyre.event e set withdrawn = true
    where e.record = any (%(records)b::bigint[]) and not e.withdrawn and not exists (select from told where told.id = e.id)
    returning e.id, e.record
), before as (
    select e.id from told join eyre.event e using (id) where not e.withdrawn
), written as (
    insert into eyre.event as e
        (id, record, source, class, groups, kind, earliest, latest, basis, confidence, detail, concluded_from)
    select id, record, %(source)s, %(class)s, groups, kind, earliest, latest, basis, confidence::double precision, detail,
        concluded_from
    from told
    on conflict (id) do update set withdrawn = false, concluded_from = excluded.concluded_from
    where e.withdrawn or e.concluded_from <> excluded.concluded_from
    returning e.id, e.record
), noted as (
    select id, record from written where not exists (select from before where before.id = written.id)
), logged as (
    insert into eyre.event_log (event, record, noted, written_at)
    select id, record, true, %(at)s::timestamptz from noted
    union all
    select id, record, false, %(at)s::timestamptz from gone
)
select (select count(*) from noted)::integer, (select count(*) from gone)::integer
