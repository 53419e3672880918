select r.id, r.source, coalesce(n.source_key, ''), r.class, r.first_said_at, r.as_of, r.delivery, r.place,
    (select jsonb_object_agg(p.grp, p.body) from eyre.record_part p where p.record = r.id and p.grp & %(groups)s <> 0)
from eyre.record r
left join eyre.record_name n on n.record = r.id
order by r.id
