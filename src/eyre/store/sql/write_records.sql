-- The parts and keys of records that now say something else. `unnest` beside each other gives row by row; in a `from` all
-- rows would be put aside first.
with parts as (
    insert into eyre.record_part (record, grp, class, body, features, keys)
    select unnest(%(part_records)b::bigint[]), unnest(%(part_groups)b::integer[]),
        unnest(%(part_classes)b::smallint[]), unnest(%(bodies)b::text[])::jsonb, unnest(%(features)b::bytea[]),
        unnest(%(part_keys)b::bytea[])
)
insert into eyre.record_key (key, class, groups, record)
select unnest(%(keys)b::bigint[]), unnest(%(classes)b::smallint[]), unnest(%(groups)b::integer[]),
    unnest(%(records)b::bigint[])
