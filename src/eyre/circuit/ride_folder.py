"""A ride of a source whose files are dropped into a folder: each complete one is taken, the oldest first."""

from dataclasses import dataclass, field
from functools import partial

from eyre.circuit.hold_on import hold_on
from eyre.circuit.tools import Tools
from eyre.errors import SourceError
from eyre.service.commit_look import Taken
from eyre.service.take_messages import Messages, take_messages
from eyre.service.take_snapshot import Snapshot, take_snapshot
from eyre.sources.fetch_rule import Fetch
from eyre.sources.manifest import Manifest
from eyre.sources.transports.fetch_folder import Dropped, folder_of, put_aside, read_dropped, refuse, waiting_files


@dataclass(frozen=True, slots=True)
class Emptied:
    """What came of the files that waited: those that were taken, and why others were put among the refused."""

    taken: list[Taken] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    bytes_read: int = 0


def empty_folder(tools: Tools, manifest: Manifest, fetch: Fetch) -> Emptied:
    """Takes every complete file of the source's folder in. One that cannot be read as a whole is put aside as refused,
    and the next one is taken. Raises `FetchError` when the folder is not to be had, and what the store raises."""
    taken: list[Taken] = []
    refused: list[str] = []
    size = 0
    for dropped in waiting_files(folder_of(fetch.url), now=tools.machine_clock()):
        try:
            each, read = hold_on(manifest.id, tools.stop, partial(_take, tools, manifest, dropped))
        except SourceError as error:
            refuse(dropped)
            refused.append(f"{error.code}: {error.message}")
            continue
        put_aside(dropped)
        taken.append(each)
        size += read
    return Emptied(taken, refused, size)


def _take(tools: Tools, manifest: Manifest, dropped: Dropped) -> tuple[Taken, int]:
    fetched = read_dropped(dropped, manifest.limits)
    (body,) = fetched.pages
    at = min(fetched.spoken_at or tools.clock(), tools.clock())
    if manifest.pushes:
        return take_messages(tools.store, manifest, Messages(body, at, tools.clock()), tools.model), len(body)
    return take_snapshot(tools.store, manifest, Snapshot((body,), at, tools.clock()), tools.model), len(body)
