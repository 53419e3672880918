"""A server that hangs in its recovery: PostgreSQL 18 was seen to, after its recovery had failed on a full disk.

It answers that it is recovering, and has no process that recovers. Room on the disk does not help it; a new start does.
"""

import os
import signal
import time
from pathlib import Path

from eyre.store.server.area import Area
from eyre.store.server.state import State, ask_state

_WATCHED_FOR = 5.0
"""Seconds in which it is never seen to recover; a recovery that runs, however long, is left alone."""
_PAUSE = 0.25


def end_if_hung(area: Area) -> bool:
    """Ends the server of `area` at once if it hangs, as after a crash, so that it can be started; tells whether."""
    postmaster = _postmaster(area)
    until = time.monotonic() + _WATCHED_FOR
    while time.monotonic() < until:
        if postmaster is None or _may_recover(postmaster) or ask_state(area) is not State.BUSY:
            return False
        time.sleep(_PAUSE)
    if postmaster is None:
        return False
    os.kill(postmaster, signal.SIGQUIT)
    while ask_state(area) is not State.ABSENT and time.monotonic() < until + _WATCHED_FOR:
        time.sleep(_PAUSE)
    return True


def _postmaster(area: Area) -> int | None:
    """The server's process, unless it is shutting down in good order."""
    try:
        lines = (area.data / "postmaster.pid").read_text().splitlines()
        return None if "stopping" in lines[-1] else int(lines[0])
    except (OSError, ValueError, IndexError):
        return None


def _may_recover(postmaster: int) -> bool:
    """Whether one of the server's processes recovers, or that cannot be told on this system."""
    try:
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        return any(b"startup" in Path(f"/proc/{child}/cmdline").read_bytes() for child in children)
    except OSError:
        return True
