"""Ages in completed years, for many people at once."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from eyre.sim.streams import Int64

_UNKNOWN = -1


def ages_on(born: NDArray[Any], day: NDArray[Any] | int) -> Int64:
    """The age of each person on a day (days since 1970, one for all or one each); -1 where `born` is -1, none known.

    Who is born on 29 February is a year older on 1 March of a year without one, on 29 February of a year with one.
    """
    births, days = np.asarray(born, dtype=np.int64), np.asarray(day, dtype=np.int64)
    year, in_year = _parts(births)
    year_then, in_year_then = _parts(days)
    ages: Int64 = year_then - year - (in_year_then < in_year)
    return np.where(births == _UNKNOWN, _UNKNOWN, ages)


def _parts(days: Int64) -> tuple[Int64, Int64]:
    """The year of each day (since 1970), and where in a year it is: month and day as one number."""
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    years = dates.astype("datetime64[Y]").astype(np.int64)
    in_year = (months.astype(np.int64) - years * 12) * 32 + (dates - months).astype(np.int64)
    return years, in_year
