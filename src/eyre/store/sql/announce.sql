-- No row when the delivery was committed before, or its source is not known; a refused one is begun anew.
insert into eyre.delivery as d
select %s::bigint, s.id, %s::bytea, %s::timestamptz, %s::timestamptz, %s::bigint, %s::text, %s::text, 0, 0, 0, 0
from eyre.source s
where s.id = %s
on conflict (source, content_hash) do update set
    as_of = excluded.as_of, received_at = excluded.received_at, length = excluded.length,
    parser_version = excluded.parser_version, outcome = excluded.outcome
where d.outcome = 'refused'
