-- What is known of each source on the schedule, and of each that sends: its row of the schedule, its latest look, the
-- latest complete one, what is wrong with its layout just now, and when it was last heard of.
select s.id, r.next_due, coalesce(r.leased_until > clock_timestamp(), false), r.failures, r.trouble, r.every,
    r.tried_at, r.answered_at, r.changed_at,
    w.at, octet_length(w.records) / 8, l.complete, l.reason, whole.at, coalesce(i.many, 0), i.worst,
    greatest(d.received_at, w.at), s.registered_at,
    make_interval(secs => (s.manifest -> 'fetch' ->> 'silent_after_seconds')::integer)
from eyre.source s
left join eyre.ride r on r.source = s.id
left join eyre.roster w on w.source = s.id
left join lateral (
    select complete, reason from eyre.look where source = s.id order by first_at desc limit 1
) l on true
left join lateral (
    select instants[cardinality(instants)] as at from eyre.look
    where source = s.id and complete order by first_at desc limit 1
) whole on true
left join lateral (
    select received_at from eyre.delivery where source = s.id order by received_at desc limit 1
) d on true
left join lateral (
    select count(*) as many, min(code || case field when '' then '' else ' ' || field end) as worst from eyre.source_issue
    where source = s.id and closed_at is null and code in (
        'unknown-field', 'missing-field', 'assertion', 'bad-value', 'unknown-category', 'refused', 'encoding', 'rewritten'
    )
) i on true
where (r.source is not null or s.manifest -> 'fetch' ->> 'url' like 'push:%%')
    and (%(source)s::text is null or s.id = %(source)s)
order by s.id
