-- Which record stood in the last row of a look, and whether the list was cut before the one that stood there before.
alter table eyre.look add column last_record bigint, add column cut boolean not null default false;
