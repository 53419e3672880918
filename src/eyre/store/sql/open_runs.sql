insert into eyre.run (record, first_at, last_at, source, class, stay)
select i.record, %(at)s, null, %(source)s, i.class, i.stay::jsonb
from unnest(%(records)b::bigint[], %(classes)b::smallint[], %(stays)b::text[]) as i (record, class, stay)
where not exists (select from eyre.purged p where p.record = i.record)
on conflict (record, first_at) do update set last_at = null, class = excluded.class, stay = excluded.stay
