"""Looking after a private server for as long as a worker rides: nobody else would start it again."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from eyre.bootstrap.open_house import House, still_runs
from eyre.errors import StoreError

_log = logging.getLogger(__name__)
_LOOKS_EVERY = 5.0  # seconds


@contextmanager
def kept_up(house: House) -> Iterator[None]:
    """Starts the private server again whenever it is not there, while the block runs; a server of somebody else's is
    left to them."""
    if house.directory is None:
        yield
        return
    enough = threading.Event()
    keeping = threading.Thread(target=_keep_up, args=(house, enough), name="keeping up", daemon=True)
    keeping.start()
    try:
        yield
    finally:
        enough.set()


def _keep_up(house: House, enough: threading.Event) -> None:
    while not enough.wait(_LOOKS_EVERY):
        if still_runs(house) or enough.is_set():
            continue
        try:
            house.start_again()
        except StoreError as error:
            _log.error("the private server cannot be started again: %s", error)
        else:
            _log.warning("the private server did not answer and was started again, or answers again")
