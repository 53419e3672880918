delete from eyre.record_key k
using unnest(%(records)b::bigint[], %(keys)b::bigint[]) as gone (record, key)
where k.key = gone.key and k.record = gone.record
