"""Whether a store answers, and where it is."""

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg_pool import PoolTimeout

from eyre.store.open_store import Store

_SHOWN = ("host", "port", "dbname")


def is_alive(store: Store, *, within: float) -> bool:
    """Whether the store answers within so many seconds."""
    try:
        with store.writer.connection(timeout=within) as writer:
            writer.execute("select 1")
    except (psycopg.OperationalError, PoolTimeout):
        return False
    return True


def place_of(url: str) -> str:
    """Host, port and database of a connection string; no user and no password."""
    parts = conninfo_to_dict(url)
    return make_conninfo("", **{name: parts[name] for name in _SHOWN if name in parts})
