"""Opening a store: roles, schema, keys, and two pools of connections."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.types.json import set_json_loads
from psycopg_pool import ConnectionPool

from eyre.errors import StoreError
from eyre.store.arrays import register_arrays
from eyre.store.blobs.blob_files import Blobs
from eyre.store.blobs.owner import check_owner, owner_of
from eyre.store.migrate import migrate
from eyre.store.roles import Logins, grant_logins, make_groups, make_logins
from eyre.store.said_record import load_json
from eyre.store.store_secrets import read_keys

OLDEST = 150_000
_POOL_TIMEOUT = 30.0
_LOOKED_FOR = 4.0
"""Seconds in which a database that is away is looked for at 0, 1 and 3; then from the beginning, so that one that is
back after an hour is found as soon as one that is back after a second."""
_STANDS_STILL = 60
"""Seconds: between two questions of a transaction some thousand rows are read at the most, which takes one or two."""
_PERHAPS_DEAD = {"connect_timeout": "10", "keepalives_idle": "15", "keepalives_interval": "5", "keepalives_count": "3"}
"""Seconds. A machine that is gone says nothing: without these a worker would wait for it for two hours."""


Writer: TypeAlias = psycopg.Connection
"""A connection that takes deliveries in, out of `Store.writer`."""


@dataclass(frozen=True)
class StoreSettings:
    """`owner_url` is used to prepare the database and then let go. The logins are made where they are not given.
    At most `connections` are open for each of the two roles. Raw deliveries are kept in `blobs`, where it is given."""

    owner_url: str
    logins: Logins | None = None
    connections: int = 8
    blobs: Blobs | None = None


@dataclass(frozen=True)
class Store:
    """Two pools of connections and two keys. `writer` takes deliveries in; `reader` sees what a view shows, once it is
    opened under one (`store.reader`). `blobs` are the raw deliveries, where they are kept."""

    writer: ConnectionPool
    reader: ConnectionPool
    record_key: bytes = field(repr=False)
    view_key: bytes = field(repr=False)
    blobs: Blobs | None = None

    def close(self) -> None:
        """Closes both pools."""
        self.writer.close()
        self.reader.close()


def open_store(settings: StoreSettings) -> Store:
    """Prepares the database as far as needed and opens it. Several processes may do so at once.

    Raises `StoreError` when the server cannot be reached, is older than PostgreSQL 15, was written by a newer Eyre, or
    does not let the owner make roles; and `ConfigError` when the directory of raw deliveries is another store's.
    """
    with _owner(settings.owner_url) as owner:
        if owner.info.server_version < OLDEST:
            raise StoreError(
                f"the server is PostgreSQL `{owner.info.server_version // 10_000}`", remedy="use PostgreSQL 15 or newer"
            )
        make_groups(owner)
        migrate(owner, settings.owner_url)
        owner.execute("lock table eyre.secret in exclusive mode")
        record_key, view_key = read_keys(owner)
        logins = settings.logins or make_logins(owner, settings.owner_url)
        grant_logins(owner, logins)
    blobs = settings.blobs and replace(settings.blobs, owner=owner_of(record_key))
    if blobs:
        check_owner(blobs.directory, blobs.owner)
    return Store(
        writer=_pool(logins.writer_url, settings.connections, configure=_prepare_writer),
        reader=_pool(logins.reader_url, settings.connections, configure=_prepare_reader, reset=_forget),
        record_key=record_key,
        view_key=view_key,
        blobs=blobs,
    )


@contextmanager
def open_for_a_while(settings: StoreSettings) -> Iterator[Store]:
    """`open_store`, closed again at the end."""
    store = open_store(settings)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _owner(url: str) -> Iterator[psycopg.Connection]:
    try:
        connection = psycopg.connect(url)
    except psycopg.OperationalError as error:
        raise StoreError(
            f"the database cannot be reached: {' '.join(str(error).split())}", remedy="check EYRE_DATABASE_URL"
        ) from error
    try:
        with connection:
            yield connection
    except psycopg.OperationalError as error:
        raise StoreError(
            f"the database broke off while it was opened: {type(error).__name__}", remedy="try again"
        ) from error


def _pool(
    url: str,
    connections: int,
    configure: Callable[[psycopg.Connection], None] | None = None,
    reset: Callable[[psycopg.Connection], None] | None = None,
) -> ConnectionPool:
    def prepare(connection: psycopg.Connection) -> None:
        register_arrays(connection)
        if configure is not None:
            configure(connection)

    return ConnectionPool(
        url,
        kwargs={name: value for name, value in _PERHAPS_DEAD.items() if name not in conninfo_to_dict(url)},
        min_size=0,
        max_size=connections,
        configure=prepare,
        reset=reset,
        timeout=_POOL_TIMEOUT,
        reconnect_timeout=_LOOKED_FOR,
        reconnect_failed=_look_again,
        open=True,
    )


def _look_again(pool: ConnectionPool) -> None:
    if not pool.closed:
        pool.check()


def _prepare_writer(connection: psycopg.Connection) -> None:
    # how many rows an array brings changes nothing about how they are looked up
    # who stands still in the middle of a transaction, stopped or cut off, holds what others wait for
    connection.execute(
        f"set plan_cache_mode = force_generic_plan; set idle_in_transaction_session_timeout = '{_STANDS_STILL}s'"
    )
    connection.commit()


def _prepare_reader(connection: psycopg.Connection) -> None:
    # a session's answers are all of one instant; lookups are by index even while the tables have no statistics yet
    connection.autocommit = True  # a session begins its transaction itself (`store.reader`)
    set_json_loads(load_json, connection)
    connection.execute(
        "set enable_seqscan = off; set plan_cache_mode = force_generic_plan; set default_transaction_read_only = on"
    )


def _forget(connection: psycopg.Connection) -> None:
    # a cursor held over a commit would carry one view's rows into the next session
    connection.execute("close all; unlisten *; select pg_catalog.set_config('eyre.view', '', false)")
