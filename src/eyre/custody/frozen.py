"""Pages that stand still: a list that says the same, byte for byte, for longer than people leave one another alone.

A cache that hangs serves yesterday's roster under today's address. Nothing on it tells; what tells is that nobody came
or went for so long. What such a page says was true when it was first seen, and perhaps no longer.
"""

from datetime import datetime, timedelta

from eyre.custody.judge_looks import LEAVING_PER_DAY

CHANGES_MISSED = 4.6
"""So many departures expected, and none seen: once in a hundred honest stretches, whose interval is then only wider. A
roster of 230 stands still for seven hours before it is doubted, one of ten for a week."""


def is_frozen(first: datetime, last: datetime, rows: int) -> bool:
    """Whether a list of so many rows that said the same from `first` to `last` was hardly true all the time."""
    return rows * LEAVING_PER_DAY * ((last - first) / timedelta(days=1)) > CHANGES_MISSED
