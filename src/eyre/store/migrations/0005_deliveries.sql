-- What a delivery asks of the database, in few round trips. Each statement inside sees what was committed before it.

-- Holds a source against its other deliveries, and everything against a purge, until the transaction ends. Tells the
-- terms classes of the source's records and, where this delivery came before, what became of it. No `declared`: the
-- source is not registered.
create function eyre.begin_delivery(
    of_source text, of_delivery bigint,
    out declared bytea, out record_classes text[], out classes smallint[],
    out earlier text, out counts integer[]
)
language plpgsql
as $$
begin
    select manifest_hash into declared from eyre.source where id = of_source for no key update;
    if not found then
        return;
    end if;
    select array_agg(c.record_class), array_agg(c.id) into record_classes, classes
    from eyre.source s join eyre.terms_class c using (terms_ref)
    where s.id = of_source;
    select outcome, array[rows_in, accepted, quarantined, ignored] into earlier, counts
    from eyre.delivery
    where id = of_delivery;
    lock table eyre.purged in share mode; -- no purge slips in between look and write
end
$$;
revoke execute on function eyre.begin_delivery(text, bigint) from public;
grant execute on function eyre.begin_delivery(text, bigint) to eyre_writer;

-- Merges what a delivery says of records into what was said before. `refused` are positions (from 0) of rows that may
-- not be taken: of a purged record, or of one whose id is already that of another record (`purged` tells which).
-- `changed` are the records that now say something else, `said` is what, `replaces` whether they said anything before.
-- `alone`: no record stands in two rows. Lookups go by index in subqueries: the planner might read all records into a
-- hash table instead.
create function eyre.merge_records(
    of_source text, of_delivery bigint, records bigint[], names text[], hashes bytea[], classes smallint[],
    firsts timestamptz[], lasts timestamptz[], places text[], alone boolean,
    out refused integer[], out purged boolean[], out changed bigint[], out said bytea[], out replaces boolean[]
)
language plpgsql
set enable_seqscan = off -- its plans are kept, and the tables may have been empty when they were made
as $$
declare
    is_new boolean[];
    is_gone boolean[];
    is_taken boolean[];
begin
    select array_agg(r.source is null order by i.ordinal), array_agg(p.gone is not null order by i.ordinal),
        array_agg(p.gone is null and (r.source is null or (r.source, r.source_key) = (of_source, i.source_key))
            order by i.ordinal)
    into is_new, is_gone, is_taken
    from unnest(records, names) with ordinality as i (record, source_key, ordinal)
    left join lateral (select true as gone from eyre.purged where record = i.record limit 1) p on true
    left join lateral (select source, source_key from eyre.record where id = i.record limit 1) r on true;

    if false = any (is_taken) then
        select array_agg(i.ordinal - 1), array_agg(i.gone) into refused, purged
        from unnest(is_taken, is_gone) with ordinality as i (taken, gone, ordinal)
        where not i.taken;
        select array_agg(i.record order by i.ordinal), array_agg(i.source_key order by i.ordinal),
            array_agg(i.content_hash order by i.ordinal), array_agg(i.class order by i.ordinal),
            array_agg(i.first_as_of order by i.ordinal), array_agg(i.last_as_of order by i.ordinal),
            array_agg(i.place order by i.ordinal), array_agg(i.new order by i.ordinal)
        into records, names, hashes, classes, firsts, lasts, places, is_new
        from unnest(records, names, hashes, classes, firsts, lasts, places, is_new, is_taken) with ordinality
            as i (record, source_key, content_hash, class, first_as_of, last_as_of, place, new, taken, ordinal)
        where i.taken;
    end if;

    -- Every column becomes a least or a greatest, so that no order of arrival makes a difference.
    insert into eyre.record_version as v
        (record, content_hash, deleted, class, first_as_of, last_as_of, delivery, place)
    select i.record, i.content_hash, length(i.content_hash) = 0, i.class, i.first_as_of, i.last_as_of, of_delivery,
        i.place
    from unnest(records, hashes, classes, firsts, lasts, places)
        as i (record, content_hash, class, first_as_of, last_as_of, place)
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

    -- A record of which nothing was said before, and one thing now, says that.
    if alone and true = any (is_new) then
        with made as (
            insert into eyre.record
                (id, source, source_key, class, first_said_at, as_of, delivery, place, content_hash, deleted)
            select i.record, of_source, i.source_key, i.class, i.first_as_of, i.last_as_of, of_delivery, i.place,
                i.content_hash, length(i.content_hash) = 0
            from unnest(records, names, hashes, classes, firsts, lasts, places, is_new)
                as i (record, source_key, content_hash, class, first_as_of, last_as_of, place, new)
            where i.new
            returning id, content_hash
        )
        select array_agg(id), array_agg(content_hash), array_agg(false) into changed, said, replaces from made;
        if not false = any (is_new) then
            return;
        end if;
    end if;

    -- Of any other the current version is looked for (a deletion wins over what was said at the same instant).
    with touched as materialized (
        select i.record, i.source_key, v.*, r.content_hash as before
        from (
            select distinct n.record, n.source_key
            from unnest(records, names, is_new) as n (record, source_key, new)
            where not (alone and n.new)
        ) i
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
        select record, of_source, source_key, class, first_said_at, last_as_of, delivery, place, content_hash, deleted
        from touched
        on conflict (id) do update set
            class = excluded.class, first_said_at = excluded.first_said_at, as_of = excluded.as_of,
            delivery = excluded.delivery, place = excluded.place, content_hash = excluded.content_hash,
            deleted = excluded.deleted
        where (r.class, r.first_said_at, r.as_of, r.delivery, r.place, r.content_hash, r.deleted)
            <> (excluded.class, excluded.first_said_at, excluded.as_of, excluded.delivery, excluded.place,
                excluded.content_hash, excluded.deleted)
    )
    select changed || array_agg(record), said || array_agg(content_hash), replaces || array_agg(before is not null)
    into changed, said, replaces
    from touched where content_hash is distinct from before;
end
$$;
revoke execute on function
    eyre.merge_records(text, bigint, bigint[], text[], bytea[], smallint[], timestamptz[], timestamptz[], text[], boolean)
    from public;
grant execute on function
    eyre.merge_records(text, bigint, bigint[], text[], bytea[], smallint[], timestamptz[], timestamptz[], text[], boolean)
    to eyre_writer;
