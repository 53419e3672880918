"""Whether a store answers, and where it is."""

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from eyre.store.open_store import Store
from eyre.store.writing import StoreGoneError, writing

_SHOWN = ("host", "port", "dbname")


def is_alive(store: Store, *, within: float) -> bool:
    """Whether the store answers within so many seconds."""
    try:
        with writing(store, within=within) as writer:
            writer.execute("select 1")
    except StoreGoneError:
        return False
    return True


def place_of(url: str) -> str:
    """Host, port and database of a connection string; no user and no password."""
    parts = conninfo_to_dict(url)
    return make_conninfo("", **{name: parts[name] for name in _SHOWN if name in parts})
