-- Stretches are in order and do not overlap: those from the last `before` complete ones that began before an instant to
-- the first `after` complete ones that began after it.
select distinct l.first_at, l.instants, l.complete, l.reason, l.rows, l.content_hash
from unnest(%(instants)s::timestamptz[]) as i (at)
cross join lateral (
    select coalesce(min(b.first_at), '-infinity') as first_at
    from (
        select first_at from eyre.look
        where source = %(source)s and first_at < i.at and complete
        order by first_at desc limit %(before)s
    ) b
) begins
cross join lateral (
    select coalesce(max(a.first_at), 'infinity') as first_at
    from (
        select first_at from eyre.look
        where source = %(source)s and first_at > i.at and complete
        order by first_at limit %(after)s
    ) a
) ends
join eyre.look l on l.source = %(source)s and l.first_at between begins.first_at and ends.first_at
order by l.first_at
