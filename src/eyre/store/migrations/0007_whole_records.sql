-- The current version of a record in one row for what was said and one for what is compared of it, instead of a row for
-- each field group. Views leave out the groups that are hidden.

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

insert into eyre.record_said
select r.id, r.class, coalesce((select jsonb_object_agg(p.grp, p.body) from eyre.record_part p where p.record = r.id), '{}')
from eyre.record r where not r.deleted;
-- features have another layout now; those that are not of the model's version are made anew before anybody is answered
insert into eyre.record_features
select r.id, r.class, '',
    coalesce((select string_agg(p.keys, ''::bytea) from eyre.record_part p where p.record = r.id), '')
from eyre.record r where not r.deleted;
drop table eyre.record_part;

alter table eyre.record_said alter class set statistics 0, alter parts set statistics 0,
    alter record set statistics 1;
alter table eyre.record_features alter class set statistics 0, alter features set statistics 0,
    alter keys set statistics 0, alter record set statistics 1;

-- No policy for readers: they see these tables through the views below alone.
alter table eyre.record_said enable row level security;
alter table eyre.record_features enable row level security;
create policy writer_all on eyre.record_said to eyre_writer using (true) with check (true);
create policy writer_all on eyre.record_features to eyre_writer using (true) with check (true);
grant select, insert, update, delete on eyre.record_said, eyre.record_features to eyre_writer;

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

create or replace function eyre.analyze_records() returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    analyze eyre.record, eyre.record_version, eyre.record_said, eyre.record_features, eyre.record_key, eyre.judgement;
end
$$;

-- By source alone, so that records that come are noted at the end of their source's, in pages that are at hand.
drop index eyre.record_source;
create index record_source on eyre.record (source);

-- The keys are read in one question.
create or replace function eyre.visible() returns integer[]
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
