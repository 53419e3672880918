"""Memory, for commands that read whole files: what is freed goes back to the system, and nothing is loaded in vain."""

import ctypes
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

_MMAP_THRESHOLD = -3  # of glibc's `mallopt`
_LARGE = 1 << 20


def spare_memory() -> None:
    """Have large arrays give their memory back as soon as they are free, and Arrow do without pandas."""
    _spare_arrays()
    _spare_columns()
    _leave_pandas()


def _spare_arrays() -> None:
    """Without this glibc learns of the first large array that is freed to keep the next ones among the small, where
    what lives between two of them holds both: linking a million records would peak an eighth higher."""
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(_MMAP_THRESHOLD, _LARGE)


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
