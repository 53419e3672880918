-- Claims wait for each other (`eyre.ride_turn` is locked before), so that the bound of a host holds.
with busy as (
    select host, count(*) as many from eyre.ride
    where leased_until > clock_timestamp() and host <> ''
    group by host
), due as (
    select source, host, next_due, at_once - coalesce(many, 0) as room,
        row_number() over (partition by host order by next_due, source) as place
    from (
        select r.source, r.host, r.at_once, r.next_due, busy.many
        from eyre.ride r left join busy using (host)
        where r.next_due <= %(now)s and (r.leased_until is null or r.leased_until <= clock_timestamp())
            and coalesce(busy.many, 0) < r.at_once
        order by r.next_due, r.source
        limit %(most)s * 8
    ) soonest
), chosen as (
    select r.source
    from eyre.ride r join due using (source)
    where due.host = '' or due.place <= due.room
    order by due.next_due, r.source
    limit %(most)s
    for update of r skip locked
)
update eyre.ride r
set leased_by = %(worker)s, leased_until = clock_timestamp() + %(lease)s, fence = r.fence + 1
from chosen where r.source = chosen.source
returning r.source, r.fence, r.next_due, r.failures, r.every, r.validators
