insert into eyre.record_key (key, class, groups, record)
select key, class, groups, record
from unnest(%(keys)b::bigint[], %(classes)b::smallint[], %(groups)b::integer[], %(records)b::bigint[])
    as incoming (key, class, groups, record)
