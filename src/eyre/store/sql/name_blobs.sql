-- The bytes of a delivery, unless a record stands in them that was purged: nothing of that one may be kept.
insert into eyre.delivery_blob
select %(delivery)s, i.ordinal - 1, i.sha256, i.length
from unnest(%(hashes)b::bytea[], %(lengths)b::bigint[]) with ordinality as i (sha256, length, ordinal)
where not exists (select from eyre.purged where record = any (%(records)b::bigint[]))
