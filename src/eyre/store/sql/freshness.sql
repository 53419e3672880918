select d.source, max(d.as_of)
from eyre.delivery d
where d.source = any (%(sources)s) and d.outcome = 'committed' and not exists (
    select from eyre.issue i
    where i.delivery = d.id and i.severity = 'error' and i.code in ('truncated', 'assertion')
)
group by d.source
