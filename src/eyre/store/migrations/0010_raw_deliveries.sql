-- Which bytes a delivery came in: its pages, in order, each kept as a file that is named by its hash.
create table eyre.delivery_blob (
    delivery bigint not null references eyre.delivery,
    ordinal integer not null,
    sha256 bytea not null check (length(sha256) = 32),
    length bigint not null,
    primary key (delivery, ordinal)
);
create index delivery_blob_sha256 on eyre.delivery_blob (sha256);
comment on table eyre.delivery_blob is 'Named in the transaction of the delivery, after the bytes are on the disk.';
grant select, insert, update, delete on eyre.delivery_blob to eyre_writer;
