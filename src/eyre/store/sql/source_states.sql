-- What is known of each source on the schedule: its row, its latest look, the latest complete one, and the issues of the
-- latest delivery that was taken or refused.
select r.source, r.next_due, coalesce(r.leased_until > clock_timestamp(), false), r.failures, r.trouble, r.every,
    r.tried_at, r.answered_at, r.changed_at,
    w.at, octet_length(w.records) / 8, l.complete, l.reason, whole.at, coalesce(i.many, 0), i.worst
from eyre.ride r
left join eyre.roster w on w.source = r.source
left join lateral (
    select complete, reason from eyre.look where source = r.source order by first_at desc limit 1
) l on true
left join lateral (
    select instants[cardinality(instants)] as at from eyre.look
    where source = r.source and complete order by first_at desc limit 1
) whole on true
left join lateral (
    select id from eyre.delivery where source = r.source order by received_at desc limit 1
) d on true
left join lateral (
    select count(*) as many, min(code || case field when '' then '' else ' ' || field end) as worst from eyre.issue
    where delivery = d.id and code in ('unknown-field', 'missing-field', 'assertion', 'bad-value', 'unknown-category')
) i on true
where %(source)s::text is null or r.source = %(source)s
order by r.source
