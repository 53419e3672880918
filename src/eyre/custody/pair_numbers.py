"""Who is whom when a publisher numbers its rows anew: by name and booking, never by number."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RowTold:
    """What a row tells that a new number leaves as it is: the `name`, folded, the days between which the person was
    born (none: not told), and when the booking was (as the model keeps it, or empty)."""

    record: int
    name: str
    born: tuple[date, date] | None
    booked: str


def pair_numbers(former: Iterable[RowTold], came: Iterable[RowTold]) -> list[tuple[int, int]]:
    """The rows that are gone with those that stand in their place, one to one: of one name, with bookings and births
    that may be the same; and where a name is written anew, too, of the one booking at that instant by anybody born
    then. Whoever has no counterpart did leave, or did come. The same in every order."""
    gone = sorted(former, key=_order)
    here = sorted(came, key=_order)
    found = _paired(gone, here, lambda row: row.name or None)
    gone, here = _left(gone, {one for one, _ in found}), _left(here, {other for _, other in found})
    alone = _only(gone), _only(here)
    return sorted([*found, *_paired(*alone, _moment)])


def _paired(
    gone: Sequence[RowTold], here: Sequence[RowTold], key: Callable[[RowTold], Hashable | None]
) -> list[tuple[int, int]]:
    free: dict[Hashable, list[RowTold]] = defaultdict(list)
    for row in here:
        free[key(row)].append(row)
    found = []
    for row in gone:
        some = free[key(row)] if key(row) is not None else []
        other = next((each for each in some if _may_be_one(row, each)), None)
        if other is not None:
            some.remove(other)
            found.append((row.record, other.record))
    return found


def _may_be_one(one: RowTold, other: RowTold) -> bool:
    if one.booked and other.booked and one.booked != other.booked:
        return False
    if one.born is None or other.born is None:
        return bool(one.booked) or one.name == other.name
    return one.born[0] <= other.born[1] and other.born[0] <= one.born[1]


def _moment(row: RowTold) -> str | None:
    """An instant; a day has too many bookings."""
    return row.booked if "T" in row.booked and row.born is not None else None


def _only(rows: Sequence[RowTold]) -> list[RowTold]:
    """Those that share their instant with no other."""
    times: dict[str | None, int] = defaultdict(int)
    for row in rows:
        times[_moment(row)] += 1
    return [row for row in rows if times[_moment(row)] == 1]


def _left(rows: Sequence[RowTold], paired: set[int]) -> list[RowTold]:
    return [row for row in rows if row.record not in paired]


def _order(row: RowTold) -> tuple[str, str, tuple[date, ...], int]:
    return row.name, row.booked, row.born or (), row.record
