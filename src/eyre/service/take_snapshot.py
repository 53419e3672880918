"""Taking a snapshot of a source in: who is listed is compared with the look before, only rows that say something new
are understood, and records, looks, runs and events are committed together or not at all.

A snapshot that tells what the one before told, byte for byte, is a look and nothing else (`look_again`).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from eyre.custody.diff_roster import NOBODY
from eyre.custody.look import Look
from eyre.errors import SourceError
from eyre.resolve.model import Model
from eyre.service.commit_look import LookCommit, Taken, Within
from eyre.service.keep_raw import keep_raw, let_go
from eyre.service.known_rows import made_with
from eyre.service.late_look import LateCommit
from eyre.service.look_again import look_again
from eyre.service.look_seen import LookSeen
from eyre.service.note_issues import Refused, note_answered, note_older_page, note_refusal
from eyre.service.parser_version import PARSER_VERSION
from eyre.service.read_delivery import DeliveryReading, refused_issue
from eyre.service.read_look import ReadLook
from eyre.service.register import register_manifest
from eyre.sources.manifest import Manifest
from eyre.sources.parse_delivery import KnownRows
from eyre.sources.plan import plan_of
from eyre.store.begin_delivery import UnregisteredError
from eyre.store.commit_delivery import Delivered, commit_delivery, refuse_delivery
from eyre.store.delivery import Delivery
from eyre.store.late_runs import say_until
from eyre.store.open_store import Store, Writer
from eyre.store.roster import MovedOnError, read_roster
from eyre.store.writing import writing


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The pages of a list, the instant for which they speak and the one at which they came, both in UTC. `details`
    are the pages of single rows, by the digests of the rows that they are of; `None` where the source has none."""

    pages: Sequence[bytes]
    at: datetime
    received_at: datetime
    details: Mapping[bytes, bytes] | None = None

    @property
    def content_hash(self) -> bytes:
        """SHA-256 of the pages, each behind its length."""
        return content_hash(self.pages)


def content_hash(pages: Sequence[bytes]) -> bytes:
    """What tells a list's pages from any others."""
    digest = hashlib.sha256()
    for page in pages:
        digest.update(len(page).to_bytes(8, "big") + page)
    return digest.digest()


def take_snapshot(
    store: Store, manifest: Manifest, snapshot: Snapshot, model: Model, *, within: Within | None = None
) -> Taken:
    """Takes the snapshot in. The source is registered where it is not. Another look of the source that was committed
    meanwhile is compared with instead.

    Raises `SourceError` for one that cannot be read, and notes the refusal; `NoRoomError` where its bytes cannot be
    kept; `MovedOnError` when that happens again; and what `within` raises. Then nothing else was changed.
    """
    taking = _Taking(store, manifest, model, within)
    with writing(store) as writer:
        try:
            return taking.take(writer, snapshot)
        except UnregisteredError:
            register_manifest(store, manifest)
            return taking.take(writer, snapshot)
        except MovedOnError:
            return taking.take(writer, snapshot)


@dataclass(frozen=True, slots=True)
class _Taking:
    """What a snapshot is taken in with."""

    store: Store
    manifest: Manifest
    model: Model
    within: Within | None

    def take(self, writer: Writer, snapshot: Snapshot) -> Taken:
        with writer.transaction():
            before = read_roster(writer, self.manifest.id)
        understood = made_with(self.manifest)
        content = snapshot.content_hash
        late = before is not None and snapshot.at <= before.at
        if before and not snapshot.details and before.tells(content, understood):
            if snapshot.at == before.at:
                return self._known(writer, snapshot, len(before.listed.records))
            if not late:
                return look_again(writer, self.manifest, before, snapshot.at, within=self.within)
        blobs = keep_raw(self.store, [*snapshot.pages, *(snapshot.details or {}).values()])
        skips = before is not None and before.made_with == understood and not late
        digests = before.listed.digests if before and skips else NOBODY.digests
        known = KnownRows(self.store.record_key, {each.tobytes() for each in digests}, snapshot.details)
        seen = LookSeen(self.manifest.id, self.store.record_key, before.listed if before else NOBODY)
        reading = DeliveryReading(
            self.manifest, snapshot.pages, snapshot.at, self.model, known=known, as_list=True, noted=seen.note
        )
        reading.listed_before = len(seen.before.records)
        delivered = Delivered(())
        delivered.records = reading.records(delivered)
        now = ReadLook(snapshot.at, reading, seen, understood, content, len(snapshot.pages))
        commit: LookCommit | LateCommit
        if before is not None and late:
            commit = LateCommit(self.manifest, before, now, snapshot.received_at, self.within)
            delivered.first = partial(say_until, source=self.manifest.id, until=before.at)
        else:
            commit = LookCommit(self.manifest, before, now, snapshot.received_at, self.within)
        delivered.beside = commit.commit
        delivered.listed = seen.listed_records
        length = sum(map(len, snapshot.pages))
        delivery = Delivery(
            self.manifest.id,
            content,
            snapshot.at,
            snapshot.received_at,
            length,
            PARSER_VERSION,
            plan_of(self.manifest).digest,
            True,
            blobs,
        )
        try:
            outcome = commit_delivery(writer, delivery, delivered, record_key=self.store.record_key)
        except SourceError as error:
            refuse_delivery(writer, delivery, [refused_issue(error), *reading.all_issues])
            refused = Refused(error, snapshot.at, snapshot.received_at, tuple(reading.all_issues))
            note_refusal(writer, self.manifest.id, refused)
            raise
        let_go(self.store, writer, outcome, blobs)
        if outcome.known:
            older = before is not None and snapshot.at < before.at
            return self._known(writer, snapshot, outcome.rows_in, older=older)
        return commit.taken(outcome, tuple(delivered.issues))

    def _known(self, writer: Writer, snapshot: Snapshot, rows: int, *, older: bool = False) -> Taken:
        """The very same snapshot, for the same instant, was taken before: nothing changes. If it is `older` than the
        latest look, that is told."""
        source = self.manifest.id
        with writer.transaction():
            if older:
                note_older_page(writer, source, at=snapshot.at, now=snapshot.received_at)
            else:
                note_answered(writer, source, now=snapshot.received_at)
            if self.within is not None:
                self.within(writer, False)
        return Taken(source, Look(snapshot.at, False, "taken before"), rows, known=True)
