-- Who says things, under which terms, and what was delivered.

create table eyre.source (
    id text primary key,
    publisher text not null,
    jurisdiction text not null,
    terms_ref text not null,
    manifest_hash bytea not null,
    manifest jsonb not null
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
    unique (source, content_hash),
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
