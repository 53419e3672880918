"""What is believed of some records, concluded again from everything that was said of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from eyre.custody.confidence import LOOKS_BEFORE
from eyre.custody.events_of import events_of
from eyre.custody.look_line import look_line
from eyre.custody.pending import is_settled
from eyre.custody.rule import CustodyRule
from eyre.model.custody_event import CustodyEvent, EventKind
from eyre.service.custody_rule import custody_rule
from eyre.service.renamed import without_renamed
from eyre.service.told_before import neighbours, told_before, without_bookings
from eyre.sources.manifest import BookingNumberScope, Manifest
from eyre.store.accepted import same_rows
from eyre.store.events import Believed, believe
from eyre.store.looks import looks_around
from eyre.store.open_store import Writer
from eyre.store.runs import runs_of
from eyre.store.sources import class_of_source


@dataclass(frozen=True, slots=True)
class Concluded:
    """How many events came to be believed and how many ceased to be; the records of which further looks may change what
    is believed; and those that tell of several bookings."""

    noted: int
    withdrawn: int
    unsettled: tuple[int, ...]
    booked_again: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class OfSource:
    """A source, the number of its records' terms class, and its rule. `unnumbered`: its rows bear no number, so that a
    corrected name makes another record."""

    source: str
    terms_class: int
    rule: CustodyRule
    unnumbered: bool = False


def of_source(writer: Writer, manifest: Manifest) -> OfSource:
    """The source that `manifest` declares, which must be registered."""
    number = class_of_source(writer, manifest.id, manifest.kind)
    unnumbered = manifest.booking_number_scope is BookingNumberScope.ABSENT
    return OfSource(manifest.id, number, custody_rule(manifest), unnumbered)


def believe_records(
    writer: Writer, of: OfSource, records: Collection[int], *, until: datetime, at: datetime
) -> Concluded:
    """Concludes the events of `records` in the open transaction. Open runs last until the latest look, `until`; `at` is
    the instant at which it is written down. A row that goes on under another number has its events by its first one."""
    if not records:
        return Concluded(0, 0, ())
    if of.unnumbered:
        records = neighbours(writer, of.source, records)
    lines = {line[0]: line for line in same_rows(writer, sorted(records))}
    under_another = {record: root for root, line in lines.items() for record in line[1:]}
    roots = sorted({under_another.get(record, record) for record in records})
    told = runs_of(writer, sorted({*roots, *under_another}), until=until)
    runs = {root: [run for record in lines.get(root, [root]) for run in told.get(record, ())] for root in roots}
    instants = {each for some in runs.values() for run in some for each in (run.first, run.last)}
    line = look_line(looks_around(writer, of.source, instants, before=LOOKS_BEFORE, after=of.rule.confirm))
    events = {root: list(events_of(root, some, line, of.rule)) for root, some in runs.items()}
    if of.unnumbered:
        events = without_renamed(writer, of.source, of.rule, events, runs)
        events = without_bookings(events, told_before(writer, of.source, records))
    events |= {record: [] for record in under_another}
    noted, withdrawn = believe(writer, Believed(of.source, of.terms_class, events), at=at)
    unsettled = tuple(root for root, some in runs.items() if some and not is_settled(some, line, of.rule))
    return Concluded(
        noted, withdrawn, unsettled, frozenset(root for root, some in events.items() if _bookings(some) > 1)
    )


def _bookings(events: Sequence[CustodyEvent]) -> int:
    return sum(event.kind is EventKind.BOOKED for event in events)
