"""What the columns of a world hold, made ready for one place: people, days, instants, ranges of rows."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from eyre.sim.feeds.posting import MICROSECONDS
from eyre.sim.feeds.said import HomeSaid
from eyre.sim.feeds.timeline import Rows
from eyre.sim.world import NEVER, Int64, World

_EPOCH = date(1970, 1, 1).toordinal()
NO_DAY = -1


def day(number: int) -> date | None:
    """The day of so many days since 1970; None for -1."""
    return None if number == NO_DAY else date.fromordinal(_EPOCH + number)


def local(at: int, zone: ZoneInfo) -> datetime:
    """The local time, to the second, of an instant in microseconds."""
    return datetime.fromtimestamp(at // MICROSECONDS, zone)


def later(at: Int64, by: int) -> Int64:
    """Each instant moved on; never stays never."""
    return np.where(at == NEVER, NEVER, np.where(at > NEVER - by, NEVER, at + by))


def taken(columns: tuple[NDArray[Any], ...], rows: Rows) -> Iterator[tuple[Any, ...]]:
    """Some rows of several columns, as tuples of Python values."""
    return zip(*(column[rows].tolist() for column in columns), strict=True)


def moved_at(world: World, persons: NDArray[Any]) -> tuple[Rows, Int64]:
    """The row of each person's move (the last row where there is none), and its instant (`NEVER`)."""
    moves = world.moves
    if not len(moves.person):
        return np.zeros(len(persons), dtype=np.intp), np.full(len(persons), NEVER, dtype=np.int64)
    row = np.searchsorted(moves.person, persons.astype(moves.person.dtype))
    row = np.minimum(row, len(moves.person) - 1)
    return row, np.where(moves.person[row] == persons, moves.at[row], NEVER)


def homes(world: World, persons: NDArray[Any], at: Int64) -> list[HomeSaid]:
    """The addresses of these persons, each at its instant."""
    rows, instants = moved_at(world, persons)
    before, after = world.persons, world.moves
    found = [
        HomeSaid(*each)
        for each in taken((before.house_number, before.street, before.city, before.state, before.zip), persons)
    ]
    for seat in np.flatnonzero(instants <= at).tolist():
        row = rows[seat]
        found[seat] = HomeSaid(
            after.house_number[row], after.street[row], after.city[row], after.state[row], after.zip[row]
        )
    return found


def birthdays(born: NDArray[Any], first: int, last: int) -> tuple[Rows, NDArray[Any]]:
    """The rows with a birth date and the days (since 1970) of their birthdays in the years `first` to `last`.

    Somebody of 29 February grows older on 1 March of a common year.
    """
    rows = np.flatnonzero(born != NO_DAY)
    months = born[rows].astype("datetime64[D]").astype("datetime64[M]")
    day_of_month = born[rows].astype("datetime64[D]") - months
    month_of_year = months.astype(int) % 12
    found = [
        ((np.datetime64(f"{year:04}-01", "M") + month_of_year).astype("datetime64[D]") + day_of_month).astype(int)
        for year in range(first, last + 1)
    ]
    return np.tile(rows, len(found)), np.concatenate(found) if found else np.zeros(0, dtype=int)
