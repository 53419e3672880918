-- `unnest` beside each other gives row by row; in a `from` all rows would be put aside first.
insert into eyre.record_key (key, class, groups, record)
select unnest(%(keys)b::bigint[]), unnest(%(classes)b::smallint[]), unnest(%(groups)b::integer[]),
    unnest(%(records)b::bigint[])
