insert into eyre.record_part (record, grp, class, body, features, keys)
select record, grp, class, body::jsonb, features, keys
from unnest(
    %(records)b::bigint[], %(groups)b::integer[], %(classes)b::smallint[], %(bodies)b::text[], %(features)b::bytea[],
    %(keys)b::bytea[]
) as incoming (record, grp, class, body, features, keys)
