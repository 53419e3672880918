-- What records said and what was compared of them; tells their keys and, where `told`, who they were about: names and births.
with said as (
    delete from eyre.record_said where record = any (%(records)b) returning record, parts
), gone as (
    delete from eyre.record_features where record = any (%(records)b) returning record, keys
)
select
    coalesce((
        select string_agg(int8send(record) || int8send(own.key), ''::bytea)
        from gone, eyre.keys_in(gone.keys) as own (key)
    ), ''),
    (
        select json_object_agg(record, json_build_object('1', parts -> '1', '2', parts -> '2'))
        from said where %(told)s
    )
