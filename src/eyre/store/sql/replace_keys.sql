insert into eyre.record_key (key, class, groups, record)
select made.key, r.class, made.groups, made.record
from unnest(%(keys)b::bigint[], %(groups)b::integer[], %(records)b::bigint[]) as made (key, groups, record)
join eyre.record r on r.id = made.record and not r.deleted
