-- What was seen of a source over time, what is believed of it, and when it is asked again.

-- A snapshot that says what one said before, at another instant, is another delivery.
alter table eyre.delivery drop constraint delivery_source_content_hash_key;
alter table eyre.delivery add unique (source, content_hash, as_of);

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
create index run_source on eyre.run (source);

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
