"""Waiting for a store that is away: what was fetched is kept, and committed when it is back.

A publisher is not asked again because our database restarted or its disk is full. The lease runs out meanwhile, and
that does no harm: whoever takes the source over has a later fence, and then this ride commits nothing.
"""

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from eyre.store.writing import StoreGoneError

_log = logging.getLogger(__name__)
WAITS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds between two tries, a minute in all: a database restarts in a few seconds, and a standby takes over in less
than that minute."""
Done = TypeVar("Done")


def hold_on(source: str, stop: threading.Event, act: Callable[[], Done]) -> Done:
    """What `act`, a transaction of its own, comes to; begun anew while the store is gone. Raises `StoreGoneError` when
    it stays away or `stop` is set, and what `act` raises otherwise."""
    for wait in WAITS:
        try:
            return act()
        except StoreGoneError as error:
            if stop.is_set():
                raise
            _log.warning("`%s` is tried again in %g s: %s", source, wait, error.message)
        stop.wait(wait)
    return act()
