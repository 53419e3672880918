"""What a large delivery took, given back to the system.

The C library keeps what was freed for whatever comes next, in a heap for each thread. A worker reads a state's whole
prison once a day and a hundred small jails a minute: without this it holds what the largest deliveries needed, all
threads' at once, for as long as it lives.
"""

import ctypes
import sys
import threading
import time
from dataclasses import dataclass, field

LARGE = 1 << 20
"""Bytes of a delivery whose rows take memory that is worth looking for."""
_AT_MOST_EVERY = 2.0
"""Seconds between two searches: one takes some hundredths, in which others wait for memory."""


@dataclass
class Memory:
    """A process's own. Any thread may call it."""

    _given_back_at: float = float("-inf")
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def used(self, size: int) -> None:
        """A delivery of `size` bytes was read, and what was made of it is freed."""
        if size < LARGE or not self._lock.acquire(blocking=False):
            return
        try:
            if time.monotonic() - self._given_back_at >= _AT_MOST_EVERY:
                give_back_memory()
                self._given_back_at = time.monotonic()
        finally:
            self._lock.release()


def give_back_memory() -> bool:
    """Gives back what is free, where the C library can; tells whether it gave anything."""
    if sys.platform != "linux" or not hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        return False
    return bool(libc.malloc_trim(0))
