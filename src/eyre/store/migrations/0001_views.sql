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
    inner_block bytea;
    outer_block bytea;
begin
    if coalesce(token, '') = '' then
        return '{}';
    end if;
    select value into inner_block from eyre.secret where name = 'view_inner';
    select value into outer_block from eyre.secret where name = 'view_outer';
    if left(token, 64) = encode(sha256(outer_block || sha256(inner_block || convert_to(said, 'UTF8'))), 'hex')
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
