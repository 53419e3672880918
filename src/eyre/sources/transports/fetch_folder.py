"""Deliveries that are dropped into a folder: taken one by one, the oldest first, and moved aside when they are done.

A file counts as dropped when its name does not begin with a dot or end in `.part` or `.tmp` and nothing was written to
it for a while, since not everybody renames what is complete.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from eyre.sources.limits import Limits
from eyre.sources.transports.fetched import Fetched, FetchError, TroubleKind

SETTLED_AFTER = 2.0
"""Seconds without a write after which a file is taken to be complete."""
DONE = "taken"
"""The folder, below the one that is watched, into which files go that were taken."""
REFUSED = "refused"
"""The one into which files go that could not be read as a whole."""
_UNFINISHED = (".part", ".tmp", ".filepart")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file that waits, and when it was last written to (UTC)."""

    path: Path
    written_at: datetime


def folder_of(url: str) -> Path:
    """The folder that a `file:` url names."""
    return Path(unquote(urlsplit(url).path))


def waiting_files(folder: Path, *, now: datetime) -> list[Dropped]:
    """The complete files in `folder`, the oldest first. `now` is the machine's own time (UTC). Raises `FetchError`."""
    try:
        found = [(each, each.stat()) for each in folder.iterdir() if each.is_file() and _is_finished(each.name)]
    except OSError as error:
        raise FetchError(
            TroubleKind.UNREACHABLE, f"the folder `{folder}` cannot be read", remedy="make it, or let Eyre read it"
        ) from error
    old = now.timestamp() - SETTLED_AFTER
    ready = sorted((stat.st_mtime_ns, each.name, each) for each, stat in found if stat.st_mtime <= old)
    return [Dropped(each, datetime.fromtimestamp(mtime / 1e9, UTC)) for mtime, _, each in ready]


def read_dropped(dropped: Dropped, limits: Limits) -> Fetched:
    """What the file holds. Raises `FetchError`."""
    try:
        with dropped.path.open("rb") as file:
            body = file.read(limits.max_bytes + 1)
    except OSError as error:
        raise FetchError(TroubleKind.UNREACHABLE, f"`{dropped.path.name}` cannot be read") from error
    if len(body) > limits.max_bytes:
        raise FetchError(TroubleKind.TOO_LARGE, f"`{dropped.path.name}` is larger than {limits.max_bytes} bytes")
    return Fetched((body,), spoken_at=dropped.written_at)


def put_aside(dropped: Dropped) -> None:
    """Moves a file that was taken into the folder `taken`; one of the same name there is replaced. A crash before it
    leaves the file where it is, to be taken again, which changes nothing."""
    _move(dropped, DONE)


def refuse(dropped: Dropped) -> None:
    """Moves a file that could not be taken into the folder `refused`, for somebody to look at."""
    _move(dropped, REFUSED)


def _move(dropped: Dropped, folder: str) -> None:
    target = dropped.path.parent / folder
    target.mkdir(exist_ok=True)
    dropped.path.replace(target / dropped.path.name)


def _is_finished(name: str) -> bool:
    return not name.startswith(".") and not name.endswith(_UNFINISHED)
