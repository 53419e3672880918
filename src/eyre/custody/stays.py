"""The stays that one record tells of: mostly one, but a row that is keyed by the person alone is booked again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from eyre.custody.look_line import LookLine
from eyre.custody.release_words import says_released
from eyre.custody.rule import CustodyRule
from eyre.custody.run import Run
from eyre.custody.told_moment import told_interval
from eyre.model.justice import Booking
from eyre.model.record import RecordClass
from eyre.model.release_signal import ReleaseSignal
from eyre.normalise.text import fold


@dataclass(frozen=True, slots=True)
class History:
    """What is to be judged of one record: `runs` laid out (never empty, none withdrawn), and what they are judged by.

    `since` is an instant at which it surely was not there: the last sighting of an earlier stay, or a withdrawal.
    `until` is the first sighting of the stay that followed.
    """

    record: int
    runs: tuple[Run, ...]
    line: LookLine
    rule: CustodyRule
    since: datetime | None = None
    until: datetime | None = None

    def stood_until(self, at: int) -> datetime:
        """The last instant by which nothing else was said than by run number `at`."""
        if at + 1 < len(self.runs):
            return self.runs[at + 1].first
        return self.until if self.until is not None else max((self.runs[at].last, *self.line.every[-1:]))

    def missing_after(self, run: Run, before: datetime | None) -> tuple[datetime, ...]:
        """The complete looks that were without the record, from `run` to its next sighting."""
        return self.line.complete_between(run.last, before)

    def gaps(self) -> Iterator[tuple[Run, Run, tuple[datetime, ...]]]:
        """Every two neighbouring runs, with the complete looks between them that were without the record."""
        for earlier, later in pairwise(self.runs):
            yield earlier, later, self.missing_after(earlier, later.first)


def absence_speaks(rule: CustodyRule) -> bool:
    """Whether it means anything that a row is gone. Courts and supervision agencies close and archive what they list:
    there it does only when the source's manifest declares drop-off."""
    return rule.kind in {RecordClass.CUSTODY, RecordClass.CORRECTIONS} or rule.release is ReleaseSignal.DROP_OFF


def tells_custody(history: History) -> bool:
    """Whether the record is of a stay: it tells a booking, or nothing else while its source keeps people."""
    said = [run.stay for run in history.runs]
    if any(stay.booking for stay in said):
        return True
    keeps = history.rule.kind in {RecordClass.CUSTODY, RecordClass.CORRECTIONS}
    return keeps and not any(stay.case or stay.supervision for stay in said)


def tells_case(history: History) -> bool:
    """Whether the record is of a court case."""
    return any(run.stay.case for run in history.runs)


def tells_supervision(history: History) -> bool:
    """Whether the record is of a term of supervision."""
    return any(run.stay.supervision for run in history.runs)


def booking_of(run: Run) -> Booking:
    """The booking that a run tells, empty if it tells none."""
    return run.stay.booking or Booking()


def stays_of(history: History) -> Iterator[History]:
    """The history of each stay by itself, in order."""
    starts = [0]
    starts += [at for at, gap in enumerate(history.gaps(), start=1) if _booked_anew(*gap, history.rule)]
    since = history.since
    for start, end in pairwise([*starts, len(history.runs)]):
        runs = history.runs[start:end]
        until = history.runs[end].first if end < len(history.runs) else None
        yield History(history.record, runs, history.line, history.rule, since, until)
        since = runs[-1].last


def _booked_anew(earlier: Run, later: Run, missing: Sequence[datetime], rule: CustodyRule) -> bool:
    """Whether `later` is another booking than `earlier`, not the same one seen again or corrected.

    One number is one booking. Another number is another one if it was booked after the other was last seen, or if the
    row was gone or told a release in between; a number that changes under a present row is a correction.
    """
    one, other = booking_of(earlier), booking_of(later)
    numbers = fold(one.booking_number), fold(other.booking_number)
    if all(numbers) and numbers[0] == numbers[1]:
        return False
    booked, former = told_interval(other.booked_at, rule.zone), told_interval(one.booked_at, rule.zone)
    if booked is not None and booked != former and booked.earliest > earlier.last:
        return True
    apart = bool(missing) or bool(one.released_at) or says_released(one.status)
    if not apart or (booked is not None and booked == former):
        return False
    return all(numbers) or (booked is not None and booked.latest > earlier.last)
