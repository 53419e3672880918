"""The lock files of a server that is dead, though the system still shows a process of its number.

PostgreSQL removes a dead server's lock files by itself, unless there is such a process: a zombie that nobody reaped
(seen in containers), or another program to which the number was given since. It also checks that no process is still
attached to the data directory's shared memory, which is left to it.
"""

import os
from pathlib import Path

from eyre.store.server.area import PORT, Area


def lock_files(area: Area) -> list[Path]:
    """The lock files of a server that runs or that has not ended as it should."""
    places = [area.data / "postmaster.pid", area.socket_directory / f".s.PGSQL.{PORT}.lock"]
    return [path for path in places if path.exists()]


def remove_stale_locks(area: Area) -> None:
    """Removes the lock files whose process is not the server of `area`. Call with `area.start_lock` held."""
    for path in lock_files(area):
        if _is_stale(path, area.data):
            path.unlink(missing_ok=True)


def has_process(path: Path) -> bool:
    """Whether there is a lock file at `path`, and a process of the number that it holds."""
    try:
        os.kill(abs(int(path.read_text().split("\n", 1)[0])), 0)
    except (FileNotFoundError, ProcessLookupError):
        return False
    except (PermissionError, ValueError, OverflowError):
        return True  # somebody else's, or a lock file that is being written
    return True


def _is_stale(path: Path, data: Path) -> bool:
    try:
        pid = abs(int(path.read_text().split("\n", 1)[0]))
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        # a server's working directory is its data directory
        return state == "Z" or os.readlink(f"/proc/{pid}/cwd") != str(data)
    except (OSError, ValueError, IndexError):
        return False  # no such process, or a system without /proc: PostgreSQL itself decides
