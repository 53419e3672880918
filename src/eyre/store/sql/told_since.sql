with told as (
    select max(instants[cardinality(instants)]) as last from eyre.look
    where source = %(source)s and content_hash = %(content)s
)
select from told join eyre.run r on r.source = %(source)s and r.first_at > told.last and r.first_at < %(at)s
where r.stay is distinct from (
    select e.stay from eyre.run e where e.record = r.record and e.first_at <= told.last
    order by e.first_at desc limit 1
)
limit 1
