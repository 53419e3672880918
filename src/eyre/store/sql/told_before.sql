-- Rows that went with one look, and rows that came with the next and say the same of their stay: pairs of one source in
-- which either is asked about; with each whether some look lists both.
with came as (
    select u.record, u.first_at, u.stay, (
        select max(i) from (
            select instants from eyre.look
            where source = %(source)s and first_at < u.first_at order by first_at desc limit 1
        ) l, unnest(l.instants) i
        where i < u.first_at
    ) as before_it
    from eyre.run u
    where u.source = %(source)s and u.record = any (%(records)b)
        and not exists (select from eyre.run e where e.record = u.record and e.first_at < u.first_at)
), went as (
    select u.record, u.last_at, u.stay, coalesce((
        select min(i) from (
            select instants from eyre.look
            where source = %(source)s and first_at <= u.last_at order by first_at desc limit 1
        ) l, unnest(l.instants) i
        where i > u.last_at
    ), (
        select first_at from eyre.look
        where source = %(source)s and first_at > u.last_at order by first_at limit 1
    )) as after_it
    from eyre.run u
    where u.source = %(source)s and u.record = any (%(records)b) and u.last_at is not null
), pair as (
    select f.record as former, c.record as came from came c
    join eyre.run f on f.source = %(source)s and f.last_at = c.before_it and f.stay = c.stay and f.record <> c.record
    union
    select w.record, c.record from went w
    join eyre.run c on c.source = %(source)s and c.first_at = w.after_it and c.stay = w.stay and c.record <> w.record
    where not exists (select from eyre.run e where e.record = c.record and e.first_at < c.first_at)
)
select p.former, p.came, o.source_key, r.source_key, c.stay, a.parts, b.parts, exists (
    select from eyre.run x
    join eyre.run y on y.record = p.came and y.first_at <= coalesce(x.last_at, 'infinity')
        and x.first_at <= coalesce(y.last_at, 'infinity')
    where x.record = p.former
) as together
from pair p
join eyre.record o on o.id = p.former
join eyre.record r on r.id = p.came
join eyre.record_said a on a.record = p.former
join eyre.record_said b on b.record = p.came
join lateral (select stay from eyre.run where record = p.came order by first_at limit 1) c on true
order by p.former, p.came
