-- Where a delivery's rows wait, for this session alone. The tables stay for the next delivery; their rows do not.
create temporary table if not exists incoming (
    ordinal integer not null,
    record bigint not null,
    source_key text not null,
    class smallint not null,
    content_hash bytea not null,
    deleted boolean not null,
    first_as_of timestamptz not null,
    last_as_of timestamptz not null,
    place text not null
) on commit delete rows;
create temporary table if not exists incoming_part (
    record bigint not null,
    grp integer not null,
    class smallint not null,
    body jsonb not null
) on commit delete rows;
create temporary table if not exists incoming_key (
    record bigint not null,
    key bigint not null,
    groups integer not null,
    class smallint not null
) on commit delete rows;
create temporary table if not exists touched (
    record bigint not null,
    content_hash bytea not null,
    deleted boolean not null,
    class smallint not null,
    first_said_at timestamptz not null,
    as_of timestamptz not null,
    delivery bigint not null,
    place text not null
) on commit delete rows;
