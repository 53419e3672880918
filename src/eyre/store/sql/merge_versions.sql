-- Every column becomes a least or a greatest, so that no order of arrival makes a difference.
insert into eyre.record_version as v
    (record, content_hash, deleted, class, first_as_of, last_as_of, delivery, place)
select record, content_hash, length(content_hash) = 0, class, first_as_of, last_as_of, %(delivery)s, place
from unnest(
    %(records)b::bigint[], %(hashes)b::bytea[], %(classes)b::smallint[], %(firsts)b::timestamptz[],
    %(lasts)b::timestamptz[], %(places)b::text[]
) as incoming (record, content_hash, class, first_as_of, last_as_of, place)
on conflict (record, content_hash) do update set
    class = least(v.class, excluded.class),
    first_as_of = least(v.first_as_of, excluded.first_as_of),
    last_as_of = greatest(v.last_as_of, excluded.last_as_of),
    (delivery, place) = (
        select newest.delivery, newest.place
        from (values (v.last_as_of, v.delivery, v.place), (excluded.last_as_of, excluded.delivery, excluded.place))
            as newest (last_as_of, delivery, place)
        order by newest.last_as_of desc, newest.delivery desc, newest.place collate "C" desc
        limit 1
    )
where excluded.first_as_of < v.first_as_of
    or (excluded.last_as_of, excluded.delivery) > (v.last_as_of, v.delivery)
    or ((excluded.last_as_of, excluded.delivery) = (v.last_as_of, v.delivery)
        and excluded.place collate "C" > v.place collate "C");
