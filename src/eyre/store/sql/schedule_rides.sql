insert into eyre.ride (source, host, at_once, every, next_due)
select * from unnest(
    %(sources)s::text[], %(hosts)s::text[], %(at_once)s::smallint[], %(every)s::interval[], %(first_due)s::timestamptz[]
)
on conflict (source) do update set host = excluded.host, at_once = excluded.at_once
where (ride.host, ride.at_once) <> (excluded.host, excluded.at_once)
