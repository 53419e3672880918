-- The parts of records that now say something else, with their keys.
with gone as (
    delete from eyre.record_part where record = any (%(records)b) returning record, keys
)
select coalesce(string_agg(int8send(record) || int8send(own.key), ''::bytea), '')
from gone, eyre.keys_in(gone.keys) as own (key)
