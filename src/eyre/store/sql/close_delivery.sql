-- What became of a delivery. One that was refused before is told anew.
insert into eyre.delivery as d values (
    %(id)s, %(source)s, %(content_hash)s, %(as_of)s, %(received_at)s, %(length)s, %(parser_version)s, %(outcome)s,
    %(rows_in)s, %(accepted)s, %(quarantined)s, %(ignored)s
)
on conflict (id) do update set
    as_of = excluded.as_of, received_at = excluded.received_at, length = excluded.length,
    parser_version = excluded.parser_version, outcome = excluded.outcome, rows_in = excluded.rows_in,
    accepted = excluded.accepted, quarantined = excluded.quarantined, ignored = excluded.ignored
where d.outcome = 'refused'
