-- The bytes of every delivery in which a record may have stood are named no more. Which those are:
-- * of snapshots, those for instants between the first and the last of which it was said;
-- * of other files and of messages, whose rows may tell instants of their own, all that came since the first of these;
-- * those that are named by what was said of it, or by a row of it that was set aside;
-- * every one of its source that was refused as a whole, for nobody can tell who stood in it.
-- The same bytes may be another delivery's as well: then it stood there too.
with spans as (
    select r.source, v.first_as_of as first_at, v.last_as_of as last_at
    from eyre.record_version v join eyre.record r on r.id = v.record
    where v.record = %(record)s
    union all
    select source, first_at, coalesce(last_at, 'infinity') from eyre.run where record = %(record)s
), stood as (
    select source, min(first_at) as first_at, max(last_at) as last_at from spans group by source
), named as (
    select d.id
    from stood s join eyre.delivery d using (source)
    where d.outcome = 'refused'
        or d.as_of between s.first_at and s.last_at
        or (d.received_at >= s.first_at
            and not exists (select from eyre.look l where l.source = d.source and l.content_hash = d.content_hash))
    union
    select delivery from eyre.record_version where record = %(record)s
    union
    select delivery from eyre.quarantined where record = %(record)s
)
delete from eyre.delivery_blob
where sha256 in (select b.sha256 from named n join eyre.delivery_blob b on b.delivery = n.id)
returning delivery, sha256
