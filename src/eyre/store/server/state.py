"""What a server answers when it is called: the only proof that it runs."""

import time
from enum import Enum

import psycopg
from psycopg.conninfo import make_conninfo

from eyre.errors import StoreError
from eyre.store.server.area import PORT, Area
from eyre.store.server.data import ADMIN

_PAUSE = 0.03


class State(Enum):
    """How a server answers."""

    READY = "ready"
    BUSY = "busy"  # starting, recovering or shutting down
    ABSENT = "absent"


def admin_url(area: Area, database: str = "postgres") -> str:
    """The connection string of the server's superuser."""
    return server_url(area, ADMIN, area.password("admin.password"), database)


def server_url(area: Area, user: str, password: str, database: str) -> str:
    """A connection string for the server of `area`."""
    return make_conninfo("", host=str(area.socket_directory), port=PORT, user=user, password=password, dbname=database)


def ask_state(area: Area) -> State:
    """Connects once. Raises `StoreError` when something answers that is not this area's server."""
    try:
        psycopg.connect(admin_url(area), connect_timeout=10).close()
    except psycopg.OperationalError as error:
        words = str(error)
        if "starting up" in words or "shutting down" in words or "recovery" in words or "not yet accepting" in words:
            return State.BUSY
        if "authentication failed" in words:
            raise StoreError(
                f"the server at `{area.socket_directory}` does not know the password kept in `{area.root / 'secrets'}`",
                remedy="stop that server, or restore the secrets that belong to its data",
            ) from error
        return State.ABSENT
    return State.READY


def wait_while_busy(area: Area, *, timeout: float) -> State:
    """Waits until the server is ready or gone. Recovery after a crash can take minutes; after `timeout` seconds raises
    `StoreError`."""
    deadline = time.monotonic() + timeout
    while (state := ask_state(area)) is State.BUSY:
        if time.monotonic() > deadline:
            raise StoreError(
                f"PostgreSQL was not ready within {timeout:g} seconds",
                remedy=f"see `{area.log}`; a recovery goes on where it was when it is started again",
            )
        time.sleep(_PAUSE)
    return state
