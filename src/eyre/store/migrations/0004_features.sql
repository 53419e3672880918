-- Beside each part of a record, what resolution compares of it; and of keys one index instead of two.

alter table eyre.record_part add features bytea not null default '', add keys bytea not null default '';
comment on column eyre.record_part.features is 'What resolution compares, of this part alone and by the frozen model.';
comment on column eyre.record_part.keys is 'The keys whose first field group this is, eight bytes each: what to delete.';
alter table eyre.record_part alter features set statistics 0, alter keys set statistics 0;
revoke select on eyre.record_part from eyre_reader;
grant select (record, grp, class, body, features) on eyre.record_part to eyre_reader;

alter table eyre.record_key drop constraint record_key_pkey;
drop index eyre.record_key_lookup;
create index record_key_lookup on eyre.record_key (key, record) include (class, groups);

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
