insert into eyre.record as r
    (id, source, source_key, class, first_said_at, as_of, delivery, place, content_hash, deleted)
select distinct on (t.record) t.record, %(source)s, i.source_key, t.class, t.first_said_at, t.as_of, t.delivery, t.place,
    t.content_hash, t.deleted
from touched t join incoming i on i.record = t.record
order by t.record
on conflict (id) do update set
    class = excluded.class, first_said_at = excluded.first_said_at, as_of = excluded.as_of,
    delivery = excluded.delivery, place = excluded.place, content_hash = excluded.content_hash,
    deleted = excluded.deleted
where (r.class, r.first_said_at, r.as_of, r.delivery, r.place, r.content_hash, r.deleted)
    <> (excluded.class, excluded.first_said_at, excluded.as_of, excluded.delivery, excluded.place,
        excluded.content_hash, excluded.deleted);
