"""How sure an event is that no source told: every number that is no measurement says so."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from eyre.custody.look_line import LookLine

FALSE_ABSENCE = 0.2
"""The chance that a row which one complete look is without comes back: rosters shift under their pages, people are at
court or in hospital. A cautious assumption; the reappearances of a source are its measure."""
DOUBLED_DOUBT = timedelta(days=32)
"""An interval as long as the mean stay in a US jail (32 days, Bureau of Justice Statistics 2023) halves the confidence:
a transfer, or a second stay, may lie unseen within it."""
AFTER_A_GAP = 0.8
"""What is left of the confidence when the source was down, or broken, between the two looks. An assumption: a system
that changes or moves drops and renames rows without anybody being released."""
OUTAGE_STEPS = 3
"""An interval of more than so many usual steps between looks spans an outage; two can be one look that was late."""
LOOKS_BEFORE = 4
"""The complete looks before the last sighting that show what a usual step is."""

BOOKED_BETWEEN = 0.95
"""Somebody who is first listed after a complete look without them was booked in between, unless the jail lists late. An
assumption."""
LISTED_BEFORE = timedelta(days=365)
"""Somebody who is there at the first look was booked within a year before: 70 % of those held await trial, and a
sentence to jail is below a year."""
THERE_ALREADY = 0.5
"""How sure that bound is: an assumption that promises little, for nothing was seen."""


def confidence_gone(looks: int, missing: tuple[datetime, datetime], after_a_gap: bool) -> float:
    """That a row which `looks` complete looks in a row are without is gone for good; `missing` is from its last
    sighting to the first of them. `(1 - 0.2 ** looks) * 0.5 ** (days / 32)`, and four fifths of it after a gap."""
    width = (missing[1] - missing[0]) / DOUBLED_DOUBT
    sure = (1 - FALSE_ABSENCE**looks) * 0.5**width * (AFTER_A_GAP if after_a_gap else 1.0)
    return round(float(sure), 4)


def spans_outage(line: LookLine, last: datetime, missing: Sequence[datetime]) -> bool:
    """Whether the source was down or broken between the last sighting and the first look without the row: a look there
    was incomplete, or it took far longer than from one complete look to the next. `missing` are the looks without it
    that count, so that later ones change nothing."""
    if line.every_between(last, missing[0]):
        return True
    steps = sorted(b - a for side in (line.complete_until(last, LOOKS_BEFORE), missing) for a, b in pairwise(side))
    return bool(steps) and missing[0] - last > OUTAGE_STEPS * steps[len(steps) // 2]
