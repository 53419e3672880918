-- Where and when the source of each record had its person before it, as resolution compares it: nobody is in two places
-- at once. With the owner's rights, on whom no policy is applied; so this is the policy. When somebody was held is of
-- the field group of custody and is hidden with it; whose source a record is, who sees the record sees.

create function eyre.minute_of(moment timestamptz) returns integer
language sql stable parallel safe
return case
    when moment is null then -1
    else greatest(least(floor(date_part('epoch', moment) / 60), 2000000000), 0)::integer
end;
revoke execute on function eyre.minute_of(timestamptz) from public;
grant execute on function eyre.minute_of(timestamptz) to eyre_reader, eyre_writer;

create view eyre.sighted with (security_barrier) as
    select r.record,
        int8send(r.record)
            || convert_to(rpad(substr(s.jurisdiction, strpos(s.jurisdiction || '/state:', '/state:') + 7, 2), 2), 'UTF8')
            || int4send(hashtext(r.source)) || int4send(eyre.minute_of(t.begun))
            || int4send(eyre.minute_of(u.first_at)) || int4send(eyre.minute_of(coalesce(t.ended, u.last_at)))
            || int2send((t.ended is not null)::integer::smallint) as line
    from (select id as record, source, (select eyre.visible())[class] as shown from eyre.record where not deleted) as r
    join eyre.source s on s.id = r.source
    left join lateral (
        select bool_or(e.kind = 'booked') as held,
            max(e.latest) filter (where e.kind = 'booked' and e.basis <> 'unknown') as begun,
            max(e.earliest) filter (where e.kind <> 'booked') as ended
        from eyre.event e
        where e.record = r.record and not e.withdrawn and r.shown & (e.groups | 64) = (e.groups | 64)
            and e.kind in ('booked', 'released', 'transferred', 'moved_to_supervision')
        having bool_or(e.kind = 'booked')
    ) as told on true
    left join lateral (
        select told.begun, case when told.ended >= told.begun or told.begun is null then told.ended end as ended
    ) as t on true
    left join lateral (
        select min(u.first_at) as first_at, max(coalesce(u.last_at, o.at, u.first_at)) as last_at
        from eyre.run u left join eyre.roster o on o.source = u.source
        where u.record = r.record and r.shown & 64 <> 0
    ) as u on told.held
    where r.shown & 1073741824 <> 0;
comment on view eyre.sighted is
    'A line is record, two letters of a state or blanks, a number of the source, minutes begun, since and until, over.';
grant select on eyre.sighted to eyre_reader;
