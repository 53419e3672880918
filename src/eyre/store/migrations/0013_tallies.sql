-- What all workers did, and since when a source is known: of one that sends, silence is told from then on.

-- As it was written: the order of its fields is part of it, and of its hash.
alter table eyre.source alter manifest type json;
alter table eyre.source add registered_at timestamptz not null default clock_timestamp();

-- A process adds up what it did and writes it down now and then; the row without a name holds those that ended long ago.
create table eyre.tally (
    worker text primary key,
    beaten_at timestamptz not null default clock_timestamp(),
    counts jsonb not null
) with (fillfactor = 50);
comment on column eyre.tally.counts is 'Totals since the process began, by name.';
grant select, insert, update, delete on eyre.tally to eyre_writer;
