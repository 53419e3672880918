"""What truly happens in an invented country, as a table of events to score feeds and their readers by, and who truly is
in a facility at an instant."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from eyre.sim.streams import Int64
from eyre.sim.world import NEVER, World

KINDS = (
    "booked", "released", "transferred", "moved_to_supervision", "sealed", "charges_changed", "bond_changed",
    "corrected", "case_filed", "case_changed", "supervision_began", "supervision_changed", "supervision_ended",
)  # fmt: skip
"""What can happen, in the order that events of one instant are in."""

SCHEMA = pa.schema(
    [
        pa.field("instant", pa.timestamp("us", tz="UTC"), nullable=False),
        pa.field("kind", pa.dictionary(pa.int8(), pa.string()), nullable=False),
        pa.field("facility", pa.dictionary(pa.int32(), pa.string()), nullable=False),
        pa.field("row", pa.int32(), nullable=False),
        pa.field("stay", pa.int32()),
        pa.field("person", pa.int32(), nullable=False),
    ]
)
_ENDINGS = {"transferred": "transferred", "to_supervision": "moved_to_supervision"}
_COLUMNS = ("kind", "facility", "row", "stay", "person", "instant")


class _Events(NamedTuple):
    """Events of one kind: rows of their table, and the stay that each belongs to or -1."""

    kind: str
    facility: NDArray[Any]
    row: NDArray[Any]
    stay: NDArray[Any]
    person: NDArray[Any]
    instant: Int64


def true_events(world: World) -> pa.Table:
    """All that happens from `begins` until `ends`, in the order in which it does.

    `row` is the row in the table that the kind is about (a stay, a case, a supervision), `stay` the stay or null,
    `facility` a slug. A sealed stay's facility says nothing of it from then on, so nothing of it is an event any more;
    a stay that ends by being sealed has one event, `sealed`.
    """
    begins, ends = (int(each.timestamp()) * 1_000_000 for each in (world.begins, world.ends))
    parts = [_within(each, begins, ends) for each in (*_of_stays(world), *_of_cases(world), *_of_terms(world))]
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in _COLUMNS[1:]}
    codes = np.repeat([KINDS.index(part.kind) for part in parts], [len(part.row) for part in parts]).astype(np.int8)
    order = np.lexsort((columns["row"], columns["facility"], codes, columns["instant"]))
    ordered = {name: column[order] for name, column in columns.items()}
    stay = ordered["stay"].astype(np.int32)
    return pa.table(
        {
            "instant": pa.array(ordered["instant"]).cast(SCHEMA.field("instant").type),
            "kind": _coded(codes[order], list(KINDS)),
            "facility": _coded(ordered["facility"].astype(np.int32), world.facilities.slug.tolist()),
            "row": pa.array(ordered["row"].astype(np.int32)),
            "stay": pa.array(stay, mask=stay < 0),
            "person": pa.array(ordered["person"].astype(np.int32)),
        },
        schema=SCHEMA,
    )


def standing(world: World, facility: int, at: int) -> Int64:
    """The rows of the stays of a facility (its row) that last at an instant (microseconds) and are not sealed, in the
    order of booking. Takes microseconds, so that a feed may ask at every poll."""
    rows = world.rows_of(world.stays, facility)
    come = rows.start + int(np.searchsorted(world.stays.booked[rows], at, side="right"))
    there = slice(rows.start, come)
    lasting = (world.stays.released[there] > at) & (world.stays.sealed[there] > at)
    held: Int64 = np.flatnonzero(lasting) + rows.start
    return held


def _of_stays(world: World) -> Iterator[_Events]:
    stays, charges, corrections = world.stays, world.charges, world.corrections
    rows = np.arange(len(stays.person))
    yield _stay_events(world, "booked", rows, stays.booked)
    for kind in ("released", *_ENDINGS.values()):
        reasons = [reason for reason, ending in _ENDINGS.items() if ending == kind]
        ends_so = np.isin(stays.reason, reasons) if reasons else ~np.isin(stays.reason, list(_ENDINGS))
        yield _stay_events(world, kind, rows[ends_so], stays.released[ends_so])
    yield _stay_events(world, "sealed", rows, stays.sealed, sealing=True)
    added = charges.since > stays.booked[charges.stay]
    dropped = charges.until < NEVER
    yield _stay_events(
        world,
        "charges_changed",
        np.concatenate([charges.stay[added], charges.stay[dropped]]),
        np.concatenate([charges.since[added], charges.until[dropped]]),
    )
    yield _stay_events(world, "bond_changed", charges.stay, charges.bond_changed)
    yield _stay_events(world, "corrected", corrections.stay, corrections.at)


def _stay_events(world: World, kind: str, stay: NDArray[Any], instant: Int64, sealing: bool = False) -> _Events:
    """Events of stays, without those that come when a stay is sealed already."""
    told = (instant < NEVER) & (sealing | (instant < world.stays.sealed[stay]))
    stay, instant = stay[told], instant[told]
    return _Events(kind, world.stays.facility[stay], stay, stay, world.stays.person[stay], instant)


def _of_cases(world: World) -> Iterator[_Events]:
    cases = world.cases
    rows = np.arange(len(cases.person))
    for kind, instant in (("case_filed", cases.filed), ("case_changed", cases.disposed)):
        yield _Events(kind, cases.facility, rows, cases.stay, cases.person, instant)


def _of_terms(world: World) -> Iterator[_Events]:
    terms = world.supervisions
    rows = np.arange(len(terms.person))
    none = np.full(len(rows), -1)
    for kind, instant in (
        ("supervision_began", terms.began),
        ("supervision_changed", terms.status_changed),
        ("supervision_ended", terms.ended),
    ):
        yield _Events(kind, terms.facility, rows, none, terms.person, instant)


def _within(events: _Events, begins: int, ends: int) -> _Events:
    inside = (events.instant >= begins) & (events.instant < ends)
    return _Events(events.kind, *(column[inside] for column in events[1:]))


def _coded(codes: NDArray[Any], texts: list[str]) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(texts, pa.string()))
