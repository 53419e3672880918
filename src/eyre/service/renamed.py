"""Rows that are gone because they stand under another name: where a source has no booking numbers, a corrected name or
birth date makes another record of the same stay.

Such a row is no release. It is known by what came in its place: another record of the source, first listed between the
last sighting and the first look without the old one, whose identity keys are the same but for one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from jellyfish import jaro_winkler_similarity

from eyre.model.custody_event import Basis, CustodyEvent, EventKind, Interval
from eyre.store.open_store import Writer
from eyre.store.renamed import names_since

_GONE = {EventKind.RELEASED, EventKind.DISAPPEARED}
DETAIL = "told under another identity"


def without_renamed(
    writer: Writer, source: str, events: Mapping[int, Sequence[CustodyEvent]]
) -> dict[int, list[CustodyEvent]]:
    """The events, by record, with a correction in place of each inferred end of a row that stands under another name
    now. `writer` is in the transaction that concludes them."""
    ends = {record: end for record, told in events.items() if (end := _inferred_end(told)) is not None}
    told = {record: list(each) for record, each in events.items()}
    if not ends:
        return told
    came = {record: (name, others) for record, name, others in names_since(writer, source, _intervals(ends))}
    for record in renamed(came):
        end = ends[record]
        told[record].remove(end)
        told[record].append(replace(end, kind=EventKind.CORRECTED, basis=Basis.SIGHTING, detail=DETAIL))
    return told


def renamed(came: Mapping[int, tuple[str, Sequence[str]]]) -> list[int]:
    """Of records that are gone, each with its key and the keys that came meanwhile, those that have another key now. A
    key that came stands for one record: the most alike pairs are taken first."""
    alike = sorted(
        (-likeness, record, other)
        for record, (name, others) in came.items()
        for other in others
        if (likeness := _likeness(name, other)) is not None
    )
    found: dict[int, str] = {}
    for _, record, other in alike:
        if record not in found and other not in found.values():
            found[record] = other
    return list(found)


def _intervals(ends: Mapping[int, CustodyEvent]) -> dict[int, Interval]:
    return {record: end.during for record, end in ends.items()}


def _inferred_end(events: Sequence[CustodyEvent]) -> CustodyEvent | None:
    found = [each for each in events if each.kind in _GONE and each.basis is not Basis.EXPLICIT]
    return found[-1] if found else None


def _likeness(name: str, other: str) -> float | None:
    """How alike (0 to 1) the one part is in which two record keys (`sources.record_key`) differ; nothing where they
    differ in more."""
    one, two = _parts(name), _parts(other)
    if len(one) != len(two) or len(one) == 1:
        return None
    differing = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    return jaro_winkler_similarity(*differing[0]) if len(differing) == 1 else None


def _parts(name: str) -> list[str]:
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
