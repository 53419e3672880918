-- The rows whose records now say something else than before.
select i.ordinal, t.record, r.id is not null as replaces, t.deleted
from touched t
join incoming i on i.record = t.record and i.content_hash = t.content_hash
left join eyre.record r on r.id = t.record
where r.content_hash is distinct from t.content_hash
order by i.ordinal;
