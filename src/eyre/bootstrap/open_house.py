"""Opening what a command works with: the settings, and the store on a private server or on the one that they name."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from eyre.bootstrap.log import set_up_log
from eyre.config.settings import Settings, read_settings
from eyre.errors import ConfigError
from eyre.store.alive import is_alive, place_of
from eyre.store.blobs.blob_files import Blobs
from eyre.store.blobs.blob_key import read_blob_key
from eyre.store.open_store import Store, StoreSettings, open_store

_log = logging.getLogger(__name__)
_ANSWERS_WITHIN = 2.0  # seconds


@dataclass(frozen=True, slots=True)
class House:
    """An open store, and where it is: the private server's directory, or nothing for a server of somebody else; `url`
    names the server, without a password. `start_again` starts a private server that died; nothing is done where it
    runs. Raises `StoreError`."""

    store: Store
    directory: Path | None
    url: str
    start_again: Callable[[], None] = lambda: None


@contextmanager
def open_house(data_dir: Path | None = None) -> Iterator[House]:
    """The store of this installation, or of the private server in `data_dir`.

    A private server is started, or joined where it runs, and stopped at the end unless another process uses it. Raises
    `ConfigError` or `StoreError`.
    """
    settings = read_settings(data_dir)
    set_up_log(settings.log)
    blobs = _blobs(settings)
    if settings.database_url is not None:
        with _opened(settings.database_url, blobs) as store:
            yield House(store, None, place_of(settings.database_url))
        return
    with _private_server(settings) as url, _opened(url, blobs) as store:
        _log.info("the private server in `%s` answers", settings.data_dir)
        yield House(store, settings.data_dir, place_of(url), partial(_start_again, settings))


def still_runs(house: House) -> bool:
    """Whether the store answers."""
    return is_alive(house.store, within=_ANSWERS_WITHIN)


@contextmanager
def _opened(url: str, blobs: Blobs | None) -> Iterator[Store]:
    store = open_store(StoreSettings(url, blobs=blobs))
    try:
        yield store
    finally:
        store.close()


def _blobs(settings: Settings) -> Blobs | None:
    """Where raw deliveries are kept, and what they are sealed with."""
    if settings.blob_dir is None:
        return None
    return Blobs(settings.blob_dir, read_blob_key(settings.blob_key_file) if settings.blob_key_file else None)


@contextmanager
def _private_server(settings: Settings) -> Iterator[str]:
    """The owner's connection string of the private server's database."""
    if sys.platform == "win32":
        raise ConfigError(
            "there is no private server on Windows", remedy="name a PostgreSQL server with EYRE_DATABASE_URL"
        )
    from eyre.store.server.database import make_database
    from eyre.store.server.start import ServerSettings, leave_server, start_server

    server = start_server(ServerSettings(settings.data_dir, settings.pg_bindir))
    try:
        yield make_database(server)
    finally:
        leave_server(server)


def _start_again(settings: Settings) -> None:
    from eyre.store.server.start import ServerSettings, leave_server, start_server

    # joined and left at once: this process uses it already
    leave_server(start_server(ServerSettings(settings.data_dir, settings.pg_bindir)))
