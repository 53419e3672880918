"""Rows that are gone because they stand under another name: where a source has no booking numbers, a corrected name or
birth date makes another record of the same stay.

Such a row is no release. It is known by what came in its place: another record of the source, first listed between the
last sighting and the first look without the old one, whose identity keys are the same but for one. Where several parts
were corrected at once, each must be alike, and the one that came must tell that it was booked while the old one was
still listed: nobody is booked twice into one stay. One that was booked after that is another stay, whatever its name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from jellyfish import jaro_winkler_similarity

from eyre.custody.rule import CustodyRule
from eyre.custody.run import Run
from eyre.custody.stay_parts import stay_from_body
from eyre.custody.stay_word import TOLD_SINCE
from eyre.custody.told_moment import told_interval
from eyre.model.custody_event import Basis, CustodyEvent, EventKind, Interval
from eyre.store.open_store import Writer
from eyre.store.renamed import Came, names_since

_GONE = {EventKind.RELEASED, EventKind.DISAPPEARED}
ALIKE = 0.85
"""Where more than one part differs, each must be as alike as this (Jaro-Winkler): SMYTH, JOHN and SMITH, JON are (.94),
1980-01-02 and 1980-02-01 (.95), as two people that a jail takes in within the same hour seldom are."""


def without_renamed(
    writer: Writer,
    source: str,
    rule: CustodyRule,
    events: Mapping[int, Sequence[CustodyEvent]],
    runs: Mapping[int, Sequence[Run]],
) -> dict[int, list[CustodyEvent]]:
    """The events, by record, with a correction in place of each inferred end of a row that stands under another name
    now. `writer` is in the transaction that concludes them from `runs`."""
    ends = {record: end for record, told in events.items() if (end := _inferred_end(told)) is not None}
    told = {record: list(each) for record, each in events.items()}
    if not ends:
        return told
    gone = {record: _unseen(runs[record], end.during) for record, end in ends.items()}
    came = {
        record: (name, [(each.name, _booked_before(each, gone[record].earliest, rule)) for each in others])
        for record, name, others in names_since(writer, source, gone)
    }
    for record in renamed(came):
        end = ends[record]
        told[record].remove(end)
        told[record].append(replace(end, kind=EventKind.CORRECTED, basis=Basis.SIGHTING, detail=TOLD_SINCE))
    return told


def renamed(came: Mapping[int, tuple[str, Sequence[tuple[str, bool | None]]]]) -> list[int]:
    """Of records that are gone, each with its key and the keys that came meanwhile, those that have another key now.

    With each key that came stands whether it tells of a booking before the old one was last seen: that it does, that it
    does not, or nothing. A key that came stands for one record: the most alike pairs are taken first.
    """
    alike = sorted(
        (-likeness, record, other)
        for record, (name, others) in came.items()
        for other, before in others
        if (likeness := _likeness(name, other, before)) is not None
    )
    found: dict[int, str] = {}
    for _, record, other in alike:
        if record not in found and other not in found.values():
            found[record] = other
    return list(found)


def _unseen(runs: Sequence[Run], gone: Interval) -> Interval:
    """Between which looks a row went: `gone` may begin earlier, for the page may have been old. What only an older copy
    says lies after it."""
    return Interval(max((run.last for run in runs if run.last <= gone.latest), default=gone.earliest), gone.latest)


def _booked_before(came: Came, seen: datetime, rule: CustodyRule) -> bool | None:
    """Whether who came says to have been booked when the other was last seen, at `seen`, on a page that may have been
    as old as the rule's lag; None where that cannot be told."""
    booking = stay_from_body(came.stay).booking
    booked = told_interval(booking.booked_at, rule.zone) if booking is not None else None
    if booked is None:
        return None
    return True if booked.latest <= seen - rule.lag else False if booked.earliest > seen else None


def _inferred_end(events: Sequence[CustodyEvent]) -> CustodyEvent | None:
    found = [each for each in events if each.kind in _GONE and each.basis is not Basis.EXPLICIT]
    return found[-1] if found else None


def _likeness(name: str, other: str, booked_before: bool | None) -> float | None:
    """How alike (0 to 1) the parts are in which two record keys (`sources.record_key`) differ; nothing where they are
    not one stay's."""
    one, two = key_parts(name), key_parts(other)
    if len(one) != len(two) or len(one) == 1 or booked_before is False:
        return None
    likeness = [jaro_winkler_similarity(a, b) for a, b in zip(one, two, strict=True) if a != b]
    if len(likeness) == 1:
        return likeness[0]
    if len(likeness) == len(one) or not booked_before or min(likeness, default=0.0) < ALIKE:
        return None
    return min(likeness) / len(likeness)


def key_parts(name: str) -> list[str]:
    """The parts of a key, which are joined by bars; one inside a part has a backslash before it."""
    parts, current, escaped = [], "", False
    for letter in name:
        if letter == "|" and not escaped:
            parts.append(current)
            current = ""
            continue
        escaped = letter == "\\" and not escaped
        current += letter
    return [*parts, current]
