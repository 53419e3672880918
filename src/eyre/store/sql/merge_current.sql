-- The current version of each record that the delivery names (a deletion wins over what was said at the same instant),
-- and which of them say something else than before. The subqueries look each record up by its index: the planner might
-- read all records into a hash table instead.
with touched as materialized (
    select i.record, i.source_key, v.*, r.content_hash as before
    from unnest(%(ids)b::bigint[], %(id_names)b::text[]) as i (record, source_key)
    cross join lateral (
        select v.content_hash, v.deleted, v.class, v.last_as_of, v.delivery, v.place,
            coalesce(min(v.first_as_of) filter (where not v.deleted) over (), min(v.first_as_of) over ())
                as first_said_at
        from eyre.record_version v
        where v.record = i.record
        order by v.last_as_of desc, v.deleted desc, v.content_hash desc
        limit 1
    ) v
    left join lateral (select content_hash from eyre.record where id = i.record limit 1) r on true
), merged as (
    insert into eyre.record as r
        (id, source, source_key, class, first_said_at, as_of, delivery, place, content_hash, deleted)
    select record, %(source)s, source_key, class, first_said_at, last_as_of, delivery, place, content_hash, deleted
    from touched
    on conflict (id) do update set
        class = excluded.class, first_said_at = excluded.first_said_at, as_of = excluded.as_of,
        delivery = excluded.delivery, place = excluded.place, content_hash = excluded.content_hash,
        deleted = excluded.deleted
    where (r.class, r.first_said_at, r.as_of, r.delivery, r.place, r.content_hash, r.deleted)
        <> (excluded.class, excluded.first_said_at, excluded.as_of, excluded.delivery, excluded.place,
            excluded.content_hash, excluded.deleted)
)
select record, content_hash, before is not null from touched where content_hash is distinct from before
