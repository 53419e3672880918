select g.record, r.source_key, array_agg(o.source_key order by o.source_key), array_agg(u.stay order by o.source_key)
from unnest(%(records)b::bigint[], %(after)b::timestamptz[], %(until)b::timestamptz[]) as g (record, after, until)
join eyre.record r on r.id = g.record
join eyre.run u on u.source = %(source)s and u.first_at > g.after and u.first_at <= g.until and u.record <> g.record
join eyre.record o on o.id = u.record
where not exists (select from eyre.run e where e.record = u.record and e.first_at < u.first_at)
group by g.record, r.source_key
order by g.record
