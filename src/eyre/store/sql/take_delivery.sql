-- One statement, so one transaction: the delivery is taken, and if it is, the bytes that it came in are named.
with done as materialized (
    select taken, changed from eyre.take_delivery(
        %(source)s, %(delivery)s::bigint, %(declared)s, %(class)s, %(content)s, %(instants)b::timestamptz[],
        %(length)s::bigint, %(parser)s, %(outcomes)b::integer[],
        %(records)b::bigint[], %(names)b::text[], %(hashes)b::bytea[], %(firsts)b::timestamptz[], %(lasts)b::timestamptz[],
        %(places)b::text[], %(alone)s,
        %(parts)b::text[], %(features)b::bytea[], %(packed_keys)b::bytea[],
        %(keys)b::bigint[], %(key_groups)b::integer[], %(key_rows)b::bigint[],
        %(codes)b::text[], %(severities)b::text[], %(issue_places)b::text[], %(fields)b::text[], %(reasons)b::text[]
    )
), named as (
    insert into eyre.delivery_blob
    select %(delivery)s::bigint, i.ordinal - 1, i.sha256, i.length
    from done, unnest(%(blobs)b::bytea[], %(lengths)b::bigint[]) with ordinality as i (sha256, length, ordinal)
    where done.taken
)
select taken, changed from done
