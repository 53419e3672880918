update eyre.record_part p set features = made.features, keys = made.keys
from unnest(%(records)b::bigint[], %(groups)b::integer[], %(features)b::bytea[], %(keys)b::bytea[])
    as made (record, grp, features, keys)
where p.record = made.record and p.grp = made.grp
