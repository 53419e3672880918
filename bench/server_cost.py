"""What a PostgreSQL server on this machine costs: its processor time, its memory, and how large a database is."""

import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from bench.arrivals import server_processes

_EVERY = 5.0  # seconds between two looks at the memory, each of which costs milliseconds


@dataclass
class ServerCost:
    """Of the server whose data directory is `data`; the database is that of `url`. Memory is watched from `begin` to
    `end`: each process's own, and its share of what they have in common."""

    data: Path
    url: str
    _peak: int = 0
    _over: threading.Event = field(default_factory=threading.Event)
    _watching: threading.Thread | None = None

    def worked(self) -> float:
        """Seconds that cores worked for it so far."""
        return server_processes(self.data).worked()

    def mebibytes(self) -> int:
        """How large the database is."""
        with psycopg.connect(self.url) as owner:
            (size,) = owner.execute("select pg_database_size(current_database())").fetchone() or (0,)
        return int(size) >> 20

    def begin(self) -> None:
        """Watches the memory from now on."""
        self._peak = 0
        self._over.clear()
        self._watching = threading.Thread(target=self._watch, daemon=True)
        self._watching.start()

    def end(self) -> int:
        """The most memory that was seen since, in MiB."""
        self._over.set()
        if self._watching is not None:
            self._watching.join()
        return self._peak >> 10

    def _watch(self) -> None:
        postmaster = server_processes(self.data).postmaster
        while True:
            self._peak = max(self._peak, sum(map(held, [postmaster, *_children(postmaster)])))
            if self._over.wait(_EVERY):
                return


def held(process: int) -> int:
    """KiB that a process holds, of shared memory its share (`Pss`); 0 where it has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def forget_peak() -> None:
    """From now on `own_peak` tells the most memory since then."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def own_peak() -> int:
    """The most resident memory that this process had so far, or since `forget_peak`, in MiB."""
    (line,) = (
        line for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:")
    )
    return int(line.split()[1]) >> 10


def _children(parent: int) -> list[int]:
    found = []
    with suppress(OSError):
        for task in Path(f"/proc/{parent}/task").iterdir():
            found += [int(child) for child in (task / "children").read_text(encoding="ascii").split()]
    return found
