-- Rows that went with one look, to find who came in their place, however long a source has been ridden.
create index run_ended on eyre.run (source, last_at) where last_at is not null;
