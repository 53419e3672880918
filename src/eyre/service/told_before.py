"""Bookings that are none: of rows that tell on, under a corrected name or birth date, a stay that another row told.

Where a source has no booking numbers, whoever is told by another name is another record, and its booking was told
before. That is believed only where nothing else speaks for another person: the one row went with the very look with
which the other came, no look lists both, all that is said of the stay is the same, from an hour and minute of booking
at which the first had been listed already to charges and bonds; and of name, birth and sex one at most is another.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from eyre.custody.stay_parts import stay_from_body
from eyre.custody.stay_word import TOLD_BEFORE
from eyre.model.custody_event import CustodyEvent, EventKind
from eyre.model.field_group import FieldGroup
from eyre.normalise.text import fold
from eyre.service.renamed import key_parts
from eyre.store.open_store import Writer
from eyre.store.told_before import Pair, pairs_of


def neighbours(writer: Writer, source: str, records: Collection[int]) -> set[int]:
    """The rows of an unnumbered source whose events hang on those of `records`, and these themselves. `writer` is in
    the transaction that changes them."""
    found, new = set(records), set(records)
    for _ in range(2):
        pairs = pairs_of(writer, source, new) if new else []
        new = {record for pair in pairs for record in (pair.former, pair.came)} - found
        found |= new
    return found


def told_before(writer: Writer, source: str, records: Collection[int]) -> dict[int, int]:
    """Who of `records`, which are all `neighbours`, tells on what another row told, with that other."""
    return one_to_one(pair for pair in pairs_of(writer, source, records) if is_one_person(pair))


def one_to_one(pairs: Iterable[Pair]) -> dict[int, int]:
    """Who came by who went, where neither could be anybody else."""
    told = {(pair.former, pair.came) for pair in pairs}
    formers, came = Counter(one for one, _ in told), Counter(other for _, other in told)
    return {other: one for one, other in told if formers[one] == came[other] == 1}


def is_one_person(pair: Pair) -> bool:
    """Whether two rows that say the same of a stay, and were never listed together, differ in no more than what is
    corrected at once: one part of their keys, and name or birth. Where no birth is told their names share a word."""
    one, other = key_parts(pair.former_key), key_parts(pair.came_key)
    differ = sum(a != b for a, b in zip(one, other, strict=False))
    if len(one) != len(other) or differ != 1 or pair.together or "T" not in _booked_at(pair.stay):
        return False
    name, new_name = (_said(each, FieldGroup.NAME) for each in (pair.former_said, pair.came_said))
    birth, new_birth = (_births(each) for each in (pair.former_said, pair.came_said))
    if len({str(_said(each, FieldGroup.SEX)) for each in (pair.former_said, pair.came_said)}) > 1:
        return False
    if name != new_name and birth != new_birth:
        return False
    return bool(birth) or bool(_words(name) & _words(new_name))


def without_bookings(
    events: Mapping[int, Sequence[CustodyEvent]], came: Mapping[int, int]
) -> dict[int, list[CustodyEvent]]:
    """The events, by record, in which who only came by another name was not booked by that."""
    return {record: list(_unbooked(told) if record in came else told) for record, told in events.items()}


def _unbooked(events: Sequence[CustodyEvent]) -> Iterator[CustodyEvent]:
    """The events with a correction in the place of the first booking."""
    first = next((each for each in events if each.kind is EventKind.BOOKED), None)
    for each in events:
        yield replace(each, kind=EventKind.CORRECTED, detail=TOLD_BEFORE) if each is first else each


def _booked_at(stay: Mapping[str, Any]) -> str:
    booking = stay_from_body(stay).booking
    return "" if booking is None else booking.booked_at


def _said(parts: Mapping[str, Any], group: FieldGroup) -> object:
    return parts.get(str(int(group)))


def _births(parts: Mapping[str, Any]) -> list[str]:
    """What was said of births; an age says the same on another day, when it means another birth."""
    births = parts.get(str(int(FieldGroup.BIRTH)), {}).get("births", ())
    return [str(each.get("said")) for each in births]


def _words(said: object) -> set[str]:
    """All words of what is said of a name."""
    if isinstance(said, Mapping):
        return {word for each in said.values() for word in _words(each)}
    if isinstance(said, list):
        return {word for each in said for word in _words(each)}
    return set(fold(str(said)).split()) if isinstance(said, str) else set()
