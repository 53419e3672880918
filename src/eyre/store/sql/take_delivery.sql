select taken, changed from eyre.take_delivery(
    %(source)s, %(delivery)s::bigint, %(declared)s, %(class)s, %(content)s, %(instants)b::timestamptz[],
    %(length)s::bigint, %(parser)s, %(outcomes)b::integer[],
    %(records)b::bigint[], %(names)b::text[], %(hashes)b::bytea[], %(firsts)b::timestamptz[], %(lasts)b::timestamptz[],
    %(places)b::text[], %(alone)s,
    %(parts)b::text[], %(features)b::bytea[], %(packed_keys)b::bytea[],
    %(keys)b::bigint[], %(key_groups)b::integer[], %(key_rows)b::bigint[],
    %(codes)b::text[], %(severities)b::text[], %(issue_places)b::text[], %(fields)b::text[], %(reasons)b::text[]
)
