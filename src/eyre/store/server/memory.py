"""How much of a machine's memory a private server is given."""

import os
from pathlib import Path

_MIB = 1 << 20
_GIB = 1 << 30
_CGROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")


def memory_settings(memory: int) -> dict[str, str]:
    """Settings for a machine with so many bytes of memory, of which the server is one user among others.

    An eighth for shared buffers: the pages are taken as they are used. What making an index sorts by, and how much log
    may pile up between checkpoints, decide how soon a million records are loaded.
    """
    shared = _between(memory // 8, 128 * _MIB, 8 * _GIB)
    sorting = _between(memory // 32, 64 * _MIB, _GIB)
    return {
        "shared_buffers": f"{shared // _MIB}MB",
        "effective_cache_size": f"{_between(memory // 2, 256 * _MIB, 1 << 40) // _MIB}MB",
        "maintenance_work_mem": f"{sorting // _MIB}MB",
        "wal_buffers": "16MB",
    }


def memory_here() -> int:
    """Bytes of memory that this machine has, or that this container may use."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        limit = _CGROUP_LIMIT.read_text(encoding="ascii").strip()
    except OSError:
        return whole
    return min(whole, int(limit)) if limit.isdigit() else whole


def _between(value: int, least: int, most: int) -> int:
    return min(max(value, least), most)
