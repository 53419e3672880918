"""Memory, for commands that read whole files: what is freed is used again, and nothing is loaded in vain."""

import ctypes
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_MAX, _ARENA_MAX = -1, -2, -4, -8  # of glibc's `mallopt`
_NEVER = -1
_TOP_BYTES = 64 << 20


def spare_memory() -> None:
    """Have arrays use the memory of those that went before, and Arrow do without pandas."""
    _spare_arrays()
    _spare_columns()
    _leave_pandas()


def _spare_arrays() -> None:
    """Keep all arrays of all threads in one heap that does not shrink. By itself glibc takes each large one from the
    system and gives it back, and the system clears every page anew: a fifth of the time of linking five million
    records. They peak a twelfth higher so, for what lives between two arrays holds their memory apart."""
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        for setting, value in ((_MMAP_MAX, 0), (_ARENA_MAX, 1), (_TRIM_THRESHOLD, _NEVER), (_TOP_PAD, _TOP_BYTES)):
            libc.mallopt(setting, value)


def _spare_columns() -> None:
    """Use the allocator of Arrow's that soonest gives back what is freed, where it was built with it: linking a million
    records then peaks a tenth lower. It does so after a second; at once would be dear, for each column would be read
    into fresh memory."""
    import pyarrow as pa

    try:
        pool = pa.jemalloc_memory_pool()
    except NotImplementedError:
        return
    pa.set_memory_pool(pool)


def _leave_pandas() -> None:
    """Arrow looks once for pandas, with the first value that it is given, and importing that takes half a second and
    forty MiB. Nothing here uses it: let it not be found."""
    import pyarrow as pa

    sys.meta_path.insert(0, _NoPandas)
    try:
        pa.scalar(0)
    finally:
        sys.meta_path.remove(_NoPandas)


class _NoPandas:
    @staticmethod
    def find_spec(name: str, _path: Sequence[str] | None, _target: ModuleType | None = None) -> ModuleSpec | None:
        if name == "pandas":
            raise ModuleNotFoundError(name)
        return None
