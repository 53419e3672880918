select r.id, r.source, coalesce((select n.source_key from eyre.record_name n where n.record = r.id), ''), r.class,
    r.first_said_at, r.as_of, r.delivery, r.place,
    (select jsonb_object_agg(p.grp, p.body) from eyre.record_part p where p.record = r.id and p.grp & %(groups)s <> 0)
from eyre.record r
order by r.id
