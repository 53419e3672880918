-- What records say now, what is compared of them, and their keys. `unnest` beside each other gives row by row; in a `from`
-- all rows would be put aside first.
with said as (
    insert into eyre.record_said (record, class, parts)
    select unnest(%(records)b::bigint[]), unnest(%(classes)b::smallint[]), unnest(%(parts)b::text[])::jsonb
), compared as (
    insert into eyre.record_features (record, class, features, keys)
    select unnest(%(records)b::bigint[]), unnest(%(classes)b::smallint[]), unnest(%(features)b::bytea[]),
        unnest(%(packed_keys)b::bytea[])
)
insert into eyre.record_key (key, class, groups, record)
select unnest(%(keys)b::bigint[]), unnest(%(key_classes)b::smallint[]), unnest(%(key_groups)b::integer[]),
    unnest(%(key_records)b::bigint[])
