-- What records said and what was compared of them; tells their keys.
with said as (
    delete from eyre.record_said where record = any (%(records)b)
), gone as (
    delete from eyre.record_features where record = any (%(records)b) returning record, keys
)
select coalesce(string_agg(int8send(record) || int8send(own.key), ''::bytea), '')
from gone, eyre.keys_in(gone.keys) as own (key)
