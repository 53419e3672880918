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
