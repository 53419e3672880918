-- Rows that may not be taken: of a purged record, or of one whose id is already that of another record.
select i.ordinal - 1, p.gone is not null
from unnest(%(records)b::bigint[], %(names)b::text[]) with ordinality as i (record, source_key, ordinal)
left join lateral (select true as gone from eyre.purged where record = i.record limit 1) p on true
left join lateral (select source, source_key from eyre.record where id = i.record limit 1) r on true
where p.gone or (r.source, r.source_key) <> (%(source)s, i.source_key);
