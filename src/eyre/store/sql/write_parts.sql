insert into eyre.record_part (record, grp, class, body, features, keys)
select unnest(%(records)b::bigint[]), unnest(%(groups)b::integer[]), unnest(%(classes)b::smallint[]),
    unnest(%(bodies)b::text[])::jsonb, unnest(%(features)b::bytea[]), unnest(%(keys)b::bytea[])
