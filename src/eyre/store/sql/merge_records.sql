select * from eyre.merge_records(
    %(source)s, %(delivery)s::bigint, %(records)b::bigint[], %(names)b::text[], %(hashes)b::bytea[],
    %(classes)b::smallint[], %(firsts)b::timestamptz[], %(lasts)b::timestamptz[], %(places)b::text[], %(alone)s
)
