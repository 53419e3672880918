select source, max(at)
from (
    select d.source, d.as_of as at
    from eyre.delivery d
    where d.source = any (%(sources)s) and d.outcome = 'committed'
        and not exists (select from eyre.roster r where r.source = d.source)
        and not exists (
            select from eyre.issue i
            where i.delivery = d.id and i.severity = 'error' and i.code in ('truncated', 'assertion')
        )
    union all
    select s.source, l.at
    from unnest(%(sources)s) as s (source)
    cross join lateral (
        select instants[cardinality(instants)] as at from eyre.look
        where source = s.source and complete order by first_at desc limit 1
    ) l
) told
group by source
