-- No row when the delivery was committed before; a refused one is begun anew.
insert into eyre.delivery as d values (%s, %s, %s, %s, %s, %s, %s, %s, 0, 0, 0, 0)
on conflict (source, content_hash) do update set
    as_of = excluded.as_of, received_at = excluded.received_at, length = excluded.length,
    parser_version = excluded.parser_version, outcome = excluded.outcome
where d.outcome = 'refused'
