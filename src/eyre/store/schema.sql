-- What a session may see. A reader's transaction carries a token in the setting `eyre.view`; nobody without the key in
-- `eyre.secret` can make one, and none holds in another backend or another transaction.

create table eyre.secret (
    name text primary key,
    value bytea not null
);
comment on table eyre.secret is 'Keys and passwords; no role but the owner reads it.';

create table eyre.meta (
    name text primary key,
    value text not null
);
comment on table eyre.meta is 'What the content was made with, such as the version of the key function.';

-- A token is `<mac> <pid>:<transaction start, microseconds>:{mask of class 1,mask of class 2,...}`; its mac is
-- HMAC-SHA256 (RFC 2104), whose two padded key blocks are kept ready in `eyre.secret`.
-- Bit 30 of a mask says that the class is visible at all; the lower bits are the visible field groups.
create function eyre.visible() returns integer[]
language plpgsql stable parallel restricted security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    token text := current_setting('eyre.view', true);
    said text := substr(token, 66);
    block bytea[];
begin
    if coalesce(token, '') = '' then
        return '{}';
    end if;
    select array_agg(value order by name) into block from eyre.secret where name in ('view_inner', 'view_outer');
    if left(token, 64) = encode(sha256(block[2] || sha256(block[1] || convert_to(said, 'UTF8'))), 'hex')
        and split_part(said, ':', 1) = pg_backend_pid()::text
        and split_part(said, ':', 2) = trunc(extract(epoch from now()) * 1000000)::text
    then
        return split_part(said, ':', 3)::integer[];
    end if;
    return '{}';
end
$$;
revoke execute on function eyre.visible() from public;
grant usage on schema eyre to eyre_reader, eyre_writer;
grant execute on function eyre.visible() to eyre_reader;
grant select, insert, update, delete on eyre.meta to eyre_writer;
-- Who says things, under which terms, and what was delivered.

create table eyre.source (
    id text primary key,
    publisher text not null,
    jurisdiction text not null,
    terms_ref text not null,
    manifest_hash bytea not null,
    manifest json not null, -- as it was written: the order of its fields is part of it, and of its hash
    registered_at timestamptz not null default clock_timestamp()
);

create table eyre.terms_class (
    id smallint primary key check (id > 0),
    terms_ref text not null,
    record_class text not null,
    unique (terms_ref, record_class)
);
comment on table eyre.terms_class is 'Distinct terms x record class: what a view allows or not.';

-- The id is a hash of source and content, so that it does not depend on the order of arrival.
create table eyre.delivery (
    id bigint primary key,
    source text not null references eyre.source,
    content_hash bytea not null,
    as_of timestamptz not null,
    received_at timestamptz not null,
    length bigint not null,
    parser_version text not null,
    outcome text not null check (outcome in ('committed', 'refused')),
    rows_in integer not null,
    accepted integer not null,
    quarantined integer not null,
    ignored integer not null,
    unique (source, content_hash, as_of),
    check (rows_in = accepted + quarantined + ignored)
);

create table eyre.issue (
    delivery bigint not null references eyre.delivery,
    ordinal integer not null,
    code text not null,
    severity text not null,
    place text not null,
    field text not null,
    reason text not null,
    primary key (delivery, ordinal)
);

create table eyre.quarantined (
    delivery bigint not null references eyre.delivery,
    ordinal integer not null,
    place text not null,
    raw text not null,
    reasons text[] not null,
    record bigint,
    primary key (delivery, ordinal)
);
create index quarantined_record on eyre.quarantined (record) where record is not null;
comment on column eyre.quarantined.record is 'The record that the row would have been, where it could be told.';

alter table eyre.terms_class enable row level security;
create policy reader_sees on eyre.terms_class for select to eyre_reader
    using (((select eyre.visible())[id] & 1073741824) <> 0);
create policy writer_all on eyre.terms_class to eyre_writer using (true) with check (true);

grant select on eyre.terms_class to eyre_reader;
grant select, insert, update, delete
    on eyre.source, eyre.terms_class, eyre.delivery, eyre.issue, eyre.quarantined to eyre_writer;
-- What was said. No foreign keys among these: they are written in bulk by one writer, which keeps them whole.

create table eyre.record (
    id bigint primary key,
    source text not null,
    source_key text not null,
    class smallint not null,
    first_said_at timestamptz not null,
    as_of timestamptz not null,
    delivery bigint not null,
    place text not null,
    content_hash bytea not null,
    deleted boolean not null
) with (fillfactor = 85);
create index record_source on eyre.record (source);
comment on table eyre.record is 'The current version of each record: that of the greatest (as_of, deleted, content_hash).';

-- One row for each distinct thing said of a record, with the first and the last instant for which it was said. Every
-- column is a least or a greatest over what was delivered, so that no order of arrival makes a difference.
create table eyre.record_version (
    record bigint not null,
    content_hash bytea not null,
    deleted boolean not null,
    class smallint not null,
    first_as_of timestamptz not null,
    last_as_of timestamptz not null,
    delivery bigint not null,
    place text not null,
    primary key (record, content_hash)
) with (fillfactor = 85);
comment on column eyre.record_version.content_hash is 'BLAKE2b-128 of class and parts; empty for a deletion.';

create table eyre.record_said (
    record bigint primary key,
    class smallint not null,
    parts jsonb not null
);
comment on table eyre.record_said is 'The current version: what was said in each field group, by its number.';

create table eyre.record_features (
    record bigint primary key,
    class smallint not null,
    features bytea not null,
    keys bytea not null
);
comment on table eyre.record_features is 'What resolution makes of the current version, by the frozen model.';
comment on column eyre.record_features.features is
    'What is compared: six lengths of four bytes, lowest first, then a part for each of the six lowest field groups.';
comment on column eyre.record_features.keys is 'The keys, eight bytes each: what to delete.';

create table eyre.record_key (
    key bigint not null,
    class smallint not null,
    groups integer not null check (groups > 0),
    record bigint not null
);
create index record_key_lookup on eyre.record_key (key, record) include (class, groups);
comment on column eyre.record_key.groups is 'Every field group that the key was built from; hidden with any of them.';

create table eyre.purged (
    record bigint primary key,
    purged_at timestamptz not null
);
comment on table eyre.purged is 'Records that may never be taken in again.';

create table eyre.judgement (
    left_record bigint not null,
    right_record bigint not null check (left_record < right_record),
    verdict text not null,
    actor text not null,
    reason text not null,
    decided_at timestamptz not null,
    primary key (left_record, right_record, decided_at, actor, verdict)
);
create index judgement_right on eyre.judgement (right_record);

-- A planner's estimate is shown by EXPLAIN and made from all rows, hidden ones too: keep no statistics of values that
-- could tell one class or one person from another. What remains is how many rows there are in all.
alter table eyre.record alter source set statistics 0, alter source_key set statistics 0, alter class set statistics 0,
    alter first_said_at set statistics 0, alter as_of set statistics 0, alter delivery set statistics 0,
    alter place set statistics 0, alter content_hash set statistics 0, alter deleted set statistics 0;
alter table eyre.record alter id set statistics 1;
alter table eyre.record_said alter class set statistics 0, alter parts set statistics 0,
    alter record set statistics 1;
alter table eyre.record_features alter class set statistics 0, alter features set statistics 0,
    alter keys set statistics 0, alter record set statistics 1;
alter table eyre.record_key alter class set statistics 0, alter groups set statistics 0,
    alter key set statistics 1, alter key set (n_distinct = -0.3),
    alter record set statistics 1, alter record set (n_distinct = -0.1);
alter table eyre.judgement alter left_record set statistics 0, alter right_record set statistics 0,
    alter verdict set statistics 0, alter actor set statistics 0, alter reason set statistics 0,
    alter decided_at set statistics 0;

alter table eyre.record enable row level security;
alter table eyre.record_said enable row level security;
alter table eyre.record_features enable row level security;
alter table eyre.record_key enable row level security;
alter table eyre.judgement enable row level security;

-- `(select eyre.visible())` is evaluated once a query, as an InitPlan.
create policy reader_sees on eyre.record for select to eyre_reader
    using (not deleted and ((select eyre.visible())[class] & 1073741824) <> 0);
create policy reader_sees on eyre.record_key for select to eyre_reader
    using (((select eyre.visible())[class] & groups) = groups);
-- Not `exists`: the planner might answer that by reading all records into a hash table.
create policy reader_sees on eyre.judgement for select to eyre_reader
    using ((select true from eyre.record where id = left_record)
        and (select true from eyre.record where id = right_record));
create policy writer_all on eyre.record to eyre_writer using (true) with check (true);
create policy writer_all on eyre.record_said to eyre_writer using (true) with check (true);
create policy writer_all on eyre.record_features to eyre_writer using (true) with check (true);
create policy writer_all on eyre.record_key to eyre_writer using (true) with check (true);
create policy writer_all on eyre.judgement to eyre_writer using (true) with check (true);

-- A source's own key for a record is often a person's or a booking's number: seen only with the identifiers (8).
create view eyre.record_name with (security_barrier) as
    select id as record, source_key from eyre.record
    where not deleted and ((select eyre.visible())[class] & 1073741832) = 1073741832;

-- Those of the parts whose field groups are among `shown`.
create function eyre.parts_among(parts jsonb, shown integer) returns jsonb
language sql immutable strict parallel safe
as $$
    select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(parts) where key::integer & shown <> 0
$$;

-- The features of the field groups among `shown`; of the others not even the length is told.
create function eyre.features_among(features bytea, shown integer) returns bytea
language plpgsql immutable strict parallel safe
as $$
declare
    head bytea := '';
    body bytea := '';
    at integer := 25;
    many integer;
begin
    if length(features) = 0 then
        return features;
    end if;
    for part in 0..5 loop
        many := get_byte(features, 4 * part) + (get_byte(features, 4 * part + 1) << 8)
            + (get_byte(features, 4 * part + 2) << 16) + (get_byte(features, 4 * part + 3) << 24);
        if shown & (1 << part) <> 0 then
            head := head || substr(features, 4 * part + 1, 4);
            body := body || substr(features, at, many);
        else
            head := head || '\x00000000'::bytea;
        end if;
        at := at + many;
    end loop;
    return head || body;
end
$$;
revoke execute on function eyre.parts_among(jsonb, integer), eyre.features_among(bytea, integer) from public;
grant execute on function eyre.parts_among(jsonb, integer), eyre.features_among(bytea, integer)
    to eyre_reader, eyre_writer;

-- What a view shows of records. With the owner's rights, on whom no policy is applied; so these are the policy.
create view eyre.said with (security_barrier) as
    select record, class, case shown & 1023 when 1023 then parts else eyre.parts_among(parts, shown) end as parts
    from (select record, class, parts, (select eyre.visible())[class] as shown from eyre.record_said) as s
    where shown & 1073741824 <> 0;
create view eyre.compared with (security_barrier) as
    select record, case shown & 63 when 63 then features else eyre.features_among(features, shown) end as features
    from (select record, features, (select eyre.visible())[class] as shown from eyre.record_features) as f
    where shown & 1073741824 <> 0;
grant select on eyre.said, eyre.compared to eyre_reader;

-- ANALYZE belongs to the owner; the writer asks for it after a large delivery.
create function eyre.analyze_records() returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    analyze eyre.record, eyre.record_version, eyre.record_said, eyre.record_features, eyre.record_key, eyre.judgement;
end
$$;
revoke execute on function eyre.analyze_records() from public;
grant execute on function eyre.analyze_records() to eyre_writer;

grant select (id, source, class, first_said_at, as_of, delivery, place, deleted) on eyre.record to eyre_reader;
grant select on eyre.record_key, eyre.judgement, eyre.record_name to eyre_reader;
grant select, insert, update, delete
    on eyre.record, eyre.record_version, eyre.record_said, eyre.record_features, eyre.record_key, eyre.purged, eyre.judgement to eyre_writer;

-- The (record, key) pairs that the parts of a record name, to find their rows by.
create function eyre.keys_in(packed bytea) returns setof bigint
language sql immutable strict parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select ('x' || encode(substr(packed, at, 8), 'hex'))::bit(64)::bigint
    from generate_series(1, length(packed), 8) at
$$;
revoke execute on function eyre.keys_in(bytea) from public;
grant execute on function eyre.keys_in(bytea) to eyre_writer;

-- An index that is kept up while very many keys come costs more than one that is made of all of them at the end. Both
-- happen in the delivery's own transaction, so that a crash leaves the index as it was; readers wait meanwhile.
-- Tells whether the index is gone: only when nobody else uses the table, and the keys to come are many beside its own.
create function eyre.begin_many_keys(to_come bigint) returns boolean
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    if (select greatest(reltuples, 0) from pg_class where oid = 'eyre.record_key'::regclass) > 4 * to_come then
        return false;
    end if;
    begin
        lock table eyre.record_key in access exclusive mode nowait;
    exception when lock_not_available then
        return false;
    end;
    drop index eyre.record_key_lookup;
    return true;
end
$$;
revoke execute on function eyre.begin_many_keys(bigint) from public;
grant execute on function eyre.begin_many_keys(bigint) to eyre_writer;

create function eyre.end_many_keys() returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    create index record_key_lookup on eyre.record_key (key, record) include (class, groups);
end
$$;
revoke execute on function eyre.end_many_keys() from public;
grant execute on function eyre.end_many_keys() to eyre_writer;

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

-- Opening a view in one question: takes the token and tells how far the view's classes reach and which they are. With the
-- reader's own rights, so that policies decide what it sees.
create function eyre.enter_view(token text, out reaches integer, out classes smallint[], out record_classes text[])
language plpgsql
as $$
begin
    perform set_config('eyre.view', token, true);
    reaches := cardinality(eyre.visible());
    select array_agg(c.id), array_agg(c.record_class) into classes, record_classes from eyre.terms_class c;
end
$$;
revoke execute on function eyre.enter_view(text) from public;
grant execute on function eyre.enter_view(text) to eyre_reader;
-- A whole delivery of few records in one question, which is a transaction of its own: what `begin_delivery`,
-- `merge_records` and the statements after them do, in the same order. `outcomes` are the rows that came, were accepted, and
-- were ignored; `key_rows` are positions (from 1) in `records`. `taken` is null, and nothing is written, where anything
-- must be told first: the source is not registered by the manifest `of_declared`, its terms have no class `of_class`, or
-- the delivery came before. `changed` are the records that now say something else. Raises `EY001`, and so writes nothing,
-- where a row may not be taken.
create function eyre.take_delivery(
    of_source text, of_delivery bigint, of_declared bytea, of_class text, of_content bytea, of_instants timestamptz[],
    of_length bigint, of_parser text, outcomes integer[],
    records bigint[], names text[], hashes bytea[], firsts timestamptz[], lasts timestamptz[], places text[], alone boolean,
    parts text[], features bytea[], packed_keys bytea[], keys bigint[], key_groups integer[], key_rows bigint[],
    codes text[], severities text[], issue_places text[], fields text[], reasons text[],
    out taken boolean, out changed bigint[]
)
language plpgsql
set enable_seqscan = off -- its plans are kept, and the tables may have been empty when they were made
as $$
declare
    begun record;
    merged record;
    of_terms smallint;
    is_written boolean[];
    gone bigint[];
    gone_records bigint[];
    gone_keys bigint[];
begin
    select * into begun from eyre.begin_delivery(of_source, of_delivery);
    of_terms := begun.classes[array_position(begun.record_classes, of_class)];
    if begun.declared is null or (length(of_declared) > 0 and begun.declared <> of_declared) or begun.earlier is not null
        or of_terms is null
    then
        return;
    end if;

    select * into merged from eyre.merge_records(
        of_source, of_delivery, records, names, hashes, array_fill(of_terms, array[cardinality(records)]), firsts, lasts,
        places, alone
    );
    if merged.refused is not null then
        raise exception 'rows may not be taken' using errcode = 'EY001';
    end if;
    if true = any (merged.replaces) then
        gone := array(select r from unnest(merged.changed, merged.replaces) as c (r, said_before) where said_before);
        delete from eyre.record_said where record = any (gone);
        with old as (
            delete from eyre.record_features f where f.record = any (gone) returning f.record, f.keys
        )
        select array_agg(old.record), array_agg(own.key) into gone_records, gone_keys
        from old, eyre.keys_in(old.keys) as own (key);
        delete from eyre.record_key k
        using unnest(gone_records, gone_keys) as o (record, key)
        where k.key = o.key and k.record = o.record;
    end if;

    is_written := array(
        select length(i.hash) > 0 and exists (
            select from unnest(merged.changed, merged.said) as c (record, hash)
            where c.record = i.record and c.hash = i.hash
        )
        from unnest(records, hashes) with ordinality as i (record, hash, ordinal)
        order by i.ordinal
    );
    if true = any (is_written) then
        insert into eyre.record_said (record, class, parts)
        select i.record, of_terms, i.parts::jsonb from unnest(records, parts, is_written) as i (record, parts, written)
        where i.written;
        insert into eyre.record_features (record, class, features, keys)
        select i.record, of_terms, i.features, i.keys
        from unnest(records, features, packed_keys, is_written) as i (record, features, keys, written)
        where i.written;
        insert into eyre.record_key (key, class, groups, record)
        select i.key, of_terms, i.groups, records[i.at]
        from unnest(keys, key_groups, key_rows) as i (key, groups, at)
        where is_written[i.at];
    end if;

    insert into eyre.delivery values (
        of_delivery, of_source, of_content, of_instants[1], of_instants[2], of_length, of_parser, 'committed',
        outcomes[1], outcomes[2], 0, outcomes[3]
    );
    insert into eyre.issue
    select of_delivery, i.ordinal - 1, i.code, i.severity, i.place, i.field, i.reason
    from unnest(codes, severities, issue_places, fields, reasons) with ordinality
        as i (code, severity, place, field, reason, ordinal);
    taken := true;
    changed := coalesce(merged.changed, '{}');
end
$$;
do $$ begin
    execute (
        select format('revoke execute on function %s from public; grant execute on function %s to eyre_writer', f, f)
        from (select 'eyre.take_delivery'::regproc::oid::regprocedure as f) named
    );
end $$;
-- What was seen of a source over time, what is believed of it, and when it is asked again.

create index delivery_received on eyre.delivery (source, received_at);

-- The schedule: a source is its own row. Who claims it gets a new `fence`; only who holds the latest one may commit.
-- A lease runs by the database's clock, the same one for all workers; what is due, by the clock of the ride.
create table eyre.ride (
    source text primary key references eyre.source,
    host text not null,
    at_once smallint not null,
    next_due timestamptz not null,
    leased_until timestamptz,
    leased_by text,
    fence bigint not null default 0,
    failures integer not null default 0,
    trouble text not null default '',
    every interval not null,
    validators jsonb not null default '{}',
    tried_at timestamptz,
    answered_at timestamptz,
    changed_at timestamptz
) with (fillfactor = 70);
create index ride_due on eyre.ride (next_due);
create index ride_host on eyre.ride (host) where leased_until is not null;
comment on column eyre.ride.trouble is 'Why the last ride failed, as a code and a sentence without personal data.';
comment on column eyre.ride.validators is 'What the server gave to ask whether anything changed: ETag, Last-Modified.';

create table eyre.ride_turn (
    only_one boolean primary key check (only_one)
);
insert into eyre.ride_turn values (true);
comment on table eyre.ride_turn is 'Locked by who claims: claims wait for each other, so that the bound of a host holds.';
grant select, update on eyre.ride_turn to eyre_writer;

-- One row for a stretch of snapshots that told the same, byte for byte. `instants` are those for which they spoke.
create table eyre.look (
    source text not null,
    first_at timestamptz not null,
    instants timestamptz[] not null,
    content_hash bytea not null,
    rows integer not null,
    declared_total integer,
    ended_early boolean not null,
    unsound boolean not null,
    repeats boolean not null,
    gone integer,
    complete boolean not null,
    reason text not null,
    last_record bigint,
    cut boolean not null default false,
    primary key (source, first_at)
) with (fillfactor = 70);
create index look_content on eyre.look (source, content_hash);
comment on column eyre.look.complete is 'Whether the absence of a row says anything; why not is the reason.';

-- The latest look of a source, to compare the next one with: who is listed, in order of record, eight bytes each.
create table eyre.roster (
    source text primary key,
    at timestamptz not null,
    content_hash bytea not null,
    made_with bytea not null,
    records bytea not null,
    digests bytea not null,
    judging jsonb not null,
    complete_records bytea,
    unsettled bigint[] not null
) with (fillfactor = 50);
comment on column eyre.roster.complete_records is 'Who the latest complete look lists, where that is another one.';
comment on column eyre.roster.made_with is 'The manifest and the parser by which the rows were understood.';
comment on column eyre.roster.unsettled is 'Records of which the mere passing of further looks may change what is believed.';

-- One thing said of a record for as long as nothing else was said. An open run lasts until the latest look.
create table eyre.run (
    record bigint not null,
    first_at timestamptz not null,
    last_at timestamptz,
    source text not null,
    class smallint not null,
    stay jsonb not null,
    primary key (record, first_at)
) with (fillfactor = 85);
create index run_source on eyre.run (source, first_at);
create index run_ended on eyre.run (source, last_at) where last_at is not null;

-- What is believed. One that is believed no more stays, withdrawn, for whoever was told of it.
create table eyre.event (
    id bigint primary key,
    record bigint not null,
    source text not null,
    class smallint not null,
    groups integer not null check (groups > 0),
    kind text not null,
    earliest timestamptz not null,
    latest timestamptz not null check (latest >= earliest),
    basis text not null,
    confidence double precision not null,
    detail text not null,
    concluded_from timestamptz not null,
    withdrawn boolean not null default false
) with (fillfactor = 85);
create index event_record on eyre.event (record);

-- Every change of belief, once, in the order in which it was written down: what is to be told to those entitled.
create table eyre.event_log (
    number bigint generated always as identity primary key,
    event bigint not null,
    record bigint not null,
    noted boolean not null,
    written_at timestamptz not null
);
create index event_log_record on eyre.event_log (record);
comment on column eyre.event_log.noted is 'Whether the event came to be believed, or ceased to be.';

alter table eyre.event alter record set statistics 1, alter source set statistics 0, alter class set statistics 0,
    alter groups set statistics 0, alter kind set statistics 0, alter earliest set statistics 0,
    alter latest set statistics 0, alter basis set statistics 0, alter confidence set statistics 0,
    alter detail set statistics 0, alter concluded_from set statistics 0, alter withdrawn set statistics 0;
alter table eyre.event enable row level security;
create policy reader_sees on eyre.event for select to eyre_reader
    using (not withdrawn and ((select eyre.visible())[class] & (groups | 1073741824)) = (groups | 1073741824));
create policy writer_all on eyre.event to eyre_writer using (true) with check (true);

grant select on eyre.event to eyre_reader;
grant select, insert, update, delete
    on eyre.ride, eyre.look, eyre.roster, eyre.run, eyre.event, eyre.event_log to eyre_writer;
-- Which bytes a delivery came in: its pages, in order, each kept as a file that is named by its hash.
create table eyre.delivery_blob (
    delivery bigint not null references eyre.delivery,
    ordinal integer not null,
    sha256 bytea not null check (length(sha256) = 32),
    length bigint not null,
    primary key (delivery, ordinal)
);
create index delivery_blob_sha256 on eyre.delivery_blob (sha256);
comment on table eyre.delivery_blob is 'Named in the transaction of the delivery, after the bytes are on the disk.';
grant select, insert, update, delete on eyre.delivery_blob to eyre_writer;
-- Where and when the source of each record had its person before it, as resolution compares it: nobody is in two places
-- at once. With the owner's rights, on whom no policy is applied; so this is the policy. When somebody was held is of
-- the field group of custody and is hidden with it; whose source a record is, who sees the record sees.

create function eyre.minute_of(moment timestamptz) returns integer
language sql stable parallel safe
return case
    when moment is null then -1
    else greatest(least(floor(date_part('epoch', moment) / 60), 2000000000), 0)::integer
end;
revoke execute on function eyre.minute_of(timestamptz) from public;
grant execute on function eyre.minute_of(timestamptz) to eyre_reader, eyre_writer;

create view eyre.sighted with (security_barrier) as
    select r.record,
        int8send(r.record)
            || convert_to(rpad(substr(s.jurisdiction, strpos(s.jurisdiction || '/state:', '/state:') + 7, 2), 2), 'UTF8')
            || int4send(hashtext(r.source)) || int4send(eyre.minute_of(t.begun))
            || int4send(eyre.minute_of(u.first_at)) || int4send(eyre.minute_of(coalesce(t.ended, u.last_at)))
            || int2send((t.ended is not null)::integer::smallint) as line
    from (select id as record, source, (select eyre.visible())[class] as shown from eyre.record where not deleted) as r
    join eyre.source s on s.id = r.source
    left join lateral (
        select bool_or(e.kind = 'booked') as held,
            max(e.latest) filter (where e.kind = 'booked' and e.basis <> 'unknown') as begun,
            max(e.earliest) filter (where e.kind <> 'booked') as ended
        from eyre.event e
        where e.record = r.record and not e.withdrawn and r.shown & (e.groups | 64) = (e.groups | 64)
            and e.kind in ('booked', 'released', 'transferred', 'moved_to_supervision')
        having bool_or(e.kind = 'booked')
    ) as told on true
    left join lateral (
        select told.begun, case when told.ended >= told.begun or told.begun is null then told.ended end as ended
    ) as t on true
    left join lateral (
        select min(u.first_at) as first_at, max(coalesce(u.last_at, o.at, u.first_at)) as last_at
        from eyre.run u left join eyre.roster o on o.source = u.source
        where u.record = r.record and r.shown & 64 <> 0
    ) as u on told.held
    where r.shown & 1073741824 <> 0;
comment on view eyre.sighted is
    'A line is record, two letters of a state or blanks, a number of the source, minutes begun, since and until, over.';
grant select on eyre.sighted to eyre_reader;

-- A process adds up what it did and writes it down now and then; the row without a name holds those that ended long ago.
create table eyre.tally (
    worker text primary key,
    beaten_at timestamptz not null default clock_timestamp(),
    counts jsonb not null
) with (fillfactor = 50);
comment on column eyre.tally.counts is 'Totals since the process began, by name.';
grant select, insert, update, delete on eyre.tally to eyre_writer;

-- What is wrong with a source as of its latest look, each thing once for as long as it lasts; and what somebody accepted.
create table eyre.source_issue (
    number bigint generated always as identity primary key,
    source text not null,
    stage text not null check (stage in ('fetch', 'delivery', 'look')),
    code text not null,
    field text not null,
    severity text not null,
    places integer not null,
    place text not null,
    reason text not null,
    remedy text not null,
    look_at timestamptz,
    opened_at timestamptz not null,
    seen_at timestamptz not null,
    closed_at timestamptz
);
create unique index source_issue_open on eyre.source_issue (source, stage, code, field) where closed_at is null;
comment on table eyre.source_issue is 'Without personal data: field, reason and an example of a place.';

-- A look that is believed although so much is gone from it, because somebody answers for it. A fact of its own: every
-- judgement of looks reads it, so that late deliveries change nothing about it.
create table eyre.accepted (
    source text not null,
    at timestamptz not null,
    content_hash bytea not null,
    actor text not null,
    reason text not null,
    issue bigint not null,
    accepted_at timestamptz not null,
    primary key (source, at)
);

-- Rows that go on under another number since then: who stayed, as it was settled when the look was accepted.
create table eyre.numbered_anew (
    former bigint primary key,
    record bigint not null unique,
    source text not null,
    at timestamptz not null
);
grant select, insert, update, delete on eyre.source_issue, eyre.accepted, eyre.numbered_anew to eyre_writer;
