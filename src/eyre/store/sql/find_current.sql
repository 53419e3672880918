-- The current version of each record that the delivery names. A deletion wins over what was said at the same instant.
insert into touched
select distinct on (v.record) v.record, v.content_hash, v.deleted, v.class,
    coalesce(min(v.first_as_of) filter (where not v.deleted) over every, min(v.first_as_of) over every),
    v.last_as_of, v.delivery, v.place
from eyre.record_version v
where v.record in (select record from incoming)
window every as (partition by v.record)
order by v.record, v.last_as_of desc, v.deleted desc, v.content_hash desc;
