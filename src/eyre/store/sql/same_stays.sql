select i.record
from unnest(%(records)b::bigint[], %(stays)b::text[]) as i (record, stay)
join eyre.run r on r.record = i.record and r.last_at is null and r.stay = i.stay::jsonb
