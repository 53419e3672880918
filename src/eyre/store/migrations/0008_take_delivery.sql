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
