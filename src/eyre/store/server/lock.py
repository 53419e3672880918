"""File locks between processes. The system lets go of them when a process dies, however it dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eyre.errors import StoreError

_PAUSE = 0.02


@contextmanager
def exclusively(path: Path, *, timeout: float) -> Iterator[None]:
    """Holds the lock file at `path` alone; waits at most `timeout` seconds, then raises `StoreError`."""
    descriptor = _open(path)
    try:
        deadline = time.monotonic() + timeout
        while not _try(descriptor, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                raise StoreError(
                    f"another process has held `{path}` for {timeout:g} seconds",
                    remedy="wait until it has started or stopped the server, or end it",
                )
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)


def share(path: Path) -> int:
    """Joins those who hold the lock file at `path`; closing the returned descriptor leaves them."""
    descriptor = _open(path)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def is_last(descriptor: int) -> bool:
    """Whether nobody else shares the lock that `descriptor` shares."""
    alone = _try(descriptor, fcntl.LOCK_EX)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return alone


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _try(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
