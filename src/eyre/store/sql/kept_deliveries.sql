-- The deliveries of a source whose bytes are kept, the latest first.
select d.id, d.as_of, d.received_at, d.content_hash, d.outcome, d.rows_in, d.accepted, d.quarantined, d.ignored,
    array_agg(b.sha256 order by b.ordinal), array_agg(b.length order by b.ordinal)
from eyre.delivery d join eyre.delivery_blob b on b.delivery = d.id
where d.source = %(source)s and d.as_of <= coalesce(%(as_of)s, 'infinity'::timestamptz)
group by d.id
order by d.as_of desc, d.received_at desc, d.id
limit %(most)s
