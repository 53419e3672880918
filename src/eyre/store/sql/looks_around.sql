-- Stretches are in order and do not overlap: those from the last complete one that began before an instant to the
-- last of `after` looks that follow it, and no further than `after` stretches.
select distinct l.instants, l.complete, l.reason
from unnest(%(instants)s::timestamptz[]) as i (at)
cross join lateral (
    select coalesce(
        (select b.first_at from eyre.look b where b.source = %(source)s and b.first_at < i.at and b.complete
            order by b.first_at desc limit 1),
        '-infinity') as first_at
) begins
cross join lateral (
    select coalesce(
        (select max(a.first_at) from (
            select c.first_at from eyre.look c where c.source = %(source)s and c.first_at > i.at and c.complete
            order by c.first_at limit %(after)s) a),
        'infinity') as first_at
) ends
join eyre.look l on l.source = %(source)s and l.first_at between begins.first_at and ends.first_at
