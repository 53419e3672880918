"""Taking messages in: each says something of one record at one instant, and nothing of any other."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from eyre.custody.look import Look
from eyre.custody.note_message import note_message
from eyre.custody.run import Run, Stay
from eyre.custody.seen import Seen
from eyre.custody.stay_parts import stay_body, stay_from_body
from eyre.errors import SourceError
from eyre.ids import record_id
from eyre.model.parts import record_to_parts
from eyre.model.record import Operation
from eyre.resolve.model import Model
from eyre.service.believe_records import Concluded, believe_records, of_source
from eyre.service.commit_look import Taken, Within
from eyre.service.keep_raw import keep_raw, let_go
from eyre.service.note_issues import Refused, note_of_messages, note_refusal
from eyre.service.parser_version import PARSER_VERSION
from eyre.service.read_delivery import DeliveryReading, refused_issue
from eyre.service.register import register_manifest
from eyre.sources.manifest import Manifest
from eyre.sources.outcome import Accepted, RowOutcome
from eyre.sources.plan import plan_of
from eyre.store.begin_delivery import UnregisteredError
from eyre.store.commit_delivery import Delivered, commit_delivery, refuse_delivery
from eyre.store.delivery import Delivery, Outcome
from eyre.store.late_runs import replace_runs
from eyre.store.open_store import Store, Writer
from eyre.store.runs import runs_of
from eyre.store.writing import writing


@dataclass(frozen=True, slots=True)
class Messages:
    """One or more messages as they came, the instant (UTC) for which those speak that tell none, and when they came."""

    body: bytes
    at: datetime
    received_at: datetime


def take_messages(
    store: Store, manifest: Manifest, messages: Messages, model: Model, *, within: Within | None = None
) -> Taken:
    """Takes messages in, whole or not at all. The same bytes again change nothing. Raises as `take_snapshot` does."""
    with writing(store) as writer:
        try:
            return _take(store, writer, _Told(store.record_key, manifest, messages, within), model)
        except UnregisteredError:
            register_manifest(store, manifest)
            return _take(store, writer, _Told(store.record_key, manifest, messages, within), model)


def _take(store: Store, writer: Writer, told: "_Told", model: Model) -> Taken:
    manifest, messages, within = told.manifest, told.messages, told.within
    blobs = keep_raw(store, (messages.body,))
    reading = DeliveryReading(manifest, BytesIO(messages.body), messages.at, model, noted=told.note)
    told.reading = reading
    delivered = Delivered((), beside=told.commit)
    delivered.records = reading.records(delivered)
    delivery = Delivery(
        manifest.id,
        hashlib.sha256(messages.body).digest(),
        messages.at,
        messages.received_at,
        len(messages.body),
        PARSER_VERSION,
        plan_of(manifest).digest,
        blobs=blobs,
    )
    try:
        outcome = commit_delivery(writer, delivery, delivered, record_key=told.store_key)
    except SourceError as error:
        refuse_delivery(writer, delivery, [refused_issue(error)])
        note_refusal(writer, manifest.id, Refused(error, messages.at, messages.received_at))
        raise
    let_go(store, writer, outcome, blobs)
    if outcome.known and within is not None:
        with writer.transaction():
            within(writer, False)
    return Taken(
        manifest.id,
        Look(messages.at, False, "messages"),
        outcome.rows_in,
        read_anew=outcome.accepted,
        noted=told.concluded.noted,
        withdrawn=told.concluded.withdrawn,
        records=outcome.changed,
        issues=tuple(delivered.issues),
        known=outcome.known,
    )


@dataclass
class _Told:
    """What messages say of records, gathered while they are read and committed with them."""

    store_key: bytes
    manifest: Manifest
    messages: Messages
    within: Within | None
    reading: DeliveryReading | None = None
    said: list[tuple[datetime, int, Stay]] = field(default_factory=list)
    concluded: Concluded = field(default_factory=lambda: Concluded(0, 0, ()))

    def note(self, outcome: RowOutcome) -> None:
        """Takes what became of a message."""
        if isinstance(outcome, Accepted):
            record = outcome.record
            gone = record.operation is Operation.DELETE
            stay = Stay(withdrawn=True) if gone else stay_from_body(stay_body(record_to_parts(record)))
            self.said.append((record.as_of, record_id(self.store_key, self.manifest.id, record.key), stay))

    def commit(self, writer: Writer, outcome: Outcome) -> None:
        """Keeps the runs and concludes the events, in the delivery's open transaction."""
        source = self.manifest.id
        of = of_source(writer, self.manifest)
        held = _tuples(runs_of(writer, sorted({record for _, record, _ in self.said}), until=self.messages.at))
        seen = Seen(told=held)
        for at, record, stay in self.said:
            seen = note_message(seen, at, record, stay)
        moved = {record: runs for record, runs in seen.told.items() if runs != held.get(record)}
        replace_runs(writer, source, of.terms_class, moved)
        until = max((run.last for runs in moved.values() for run in runs), default=self.messages.at)
        self.concluded = believe_records(writer, of, moved, until=until, at=self.messages.received_at)
        if self.reading is not None:
            note_of_messages(
                writer, source, self.reading.all_issues, at=self.messages.at, now=self.messages.received_at
            )
        if self.within is not None:
            self.within(writer, bool(moved))


def _tuples(runs: Mapping[int, list[Run]]) -> dict[int, tuple[Run, ...]]:
    return {record: tuple(some) for record, some in runs.items()}
