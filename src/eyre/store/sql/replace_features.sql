update eyre.record_features f set features = made.features, keys = made.keys
from unnest(%(records)b::bigint[], %(features)b::bytea[], %(keys)b::bytea[]) as made (record, features, keys)
where f.record = made.record
