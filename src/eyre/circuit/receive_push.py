"""Taking in what a source sends by itself, as soon as it comes."""

from eyre.circuit.resolve_changed import ChangedRecords
from eyre.circuit.tools import Tools
from eyre.service.commit_look import Taken
from eyre.service.take_messages import Messages, take_messages
from eyre.service.take_snapshot import Snapshot, take_snapshot
from eyre.sources.manifest import Manifest


def may_send(manifest: Manifest) -> bool:
    """Whether the source is one that sends: it is fetched from `push:`, or tells messages."""
    return manifest.pushes or (manifest.fetch is not None and manifest.fetch.scheme == "push")


def receive_push(tools: Tools, changed: ChangedRecords, manifest: Manifest, body: bytes) -> Taken:
    """Takes in one delivery: messages, or the whole list of a source that sends its list. When it returns, the delivery
    is committed. Records that say something new are resolved soon after.

    Raises `SourceError` for one that cannot be read as a whole, which is noted, and `StoreError`; then nothing else
    was changed and it may be sent again.
    """
    taken = _taken(tools, manifest, body)
    changed.add(taken.records)
    return taken


def _taken(tools: Tools, manifest: Manifest, body: bytes) -> Taken:
    at = tools.clock()
    if manifest.pushes:
        return take_messages(tools.store, manifest, Messages(body, at, at), tools.model)
    return take_snapshot(tools.store, manifest, Snapshot((body,), at, at), tools.model)
