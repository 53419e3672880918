"""The stays that one record tells of: mostly one, but a row that is keyed by the person alone is booked again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from eyre.custody.compare_charges import compare_charges
from eyre.custody.look_line import LookLine
from eyre.custody.release_words import says_released
from eyre.custody.rule import CustodyRule
from eyre.custody.run import Run
from eyre.custody.told_moment import told_interval
from eyre.model.justice import Booking
from eyre.model.record import RecordClass
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


def tells_custody(run: Run, rule: CustodyRule) -> bool:
    """Whether a run is of a stay: it tells a booking, or nothing at all where its source keeps people."""
    stay = run.stay
    keeps = rule.kind in {RecordClass.CUSTODY, RecordClass.CORRECTIONS}
    return stay.booking is not None or (keeps and stay.case is None and stay.supervision is None)


def custody_part(history: History) -> History | None:
    """The history from the first run on that is of a stay; `None` without one."""
    return _from_first(history, [tells_custody(run, history.rule) for run in history.runs])


def court_part(history: History) -> History | None:
    """The history from the first run on that is of a case; `None` without one."""
    return _from_first(history, [run.stay.case is not None for run in history.runs])


def supervision_part(history: History) -> History | None:
    """The history from the first run on that is of a supervision; `None` without one."""
    return _from_first(history, [run.stay.supervision is not None for run in history.runs])


def _from_first(history: History, told: Sequence[bool]) -> History | None:
    """What a source tells once, and leaves out later, it has not taken back."""
    if True not in told:
        return None
    start = told.index(True)
    since = history.runs[start - 1].last if start else history.since
    return replace(history, runs=history.runs[start:], since=since)


def booking_of(run: Run) -> Booking:
    """The booking that a run tells, empty if it tells none."""
    return run.stay.booking or Booking()


def stays_of(history: History) -> Iterator[History]:
    """The history of each stay by itself, in order."""
    starts = [0]
    for at, (_, later, missing) in enumerate(history.gaps(), start=1):
        if _booked_anew(history.runs[starts[-1] : at], later, bool(missing), history.rule):
            starts.append(at)
    since = history.since
    for start, end in pairwise([*starts, len(history.runs)]):
        runs = history.runs[start:end]
        until = history.runs[end].first if end < len(history.runs) else None
        yield replace(history, runs=runs, since=since, until=until)
        since = runs[-1].last


def _booked_anew(stay: Sequence[Run], later: Run, missing: bool, rule: CustodyRule) -> bool:
    """Whether `later` is another booking than the stay until then, not the same one seen again or corrected.

    A number, or a booking instant, that the stay told before is the same booking; but a number is given again where the
    booking may have begun after the last sighting, and the row was gone (`missing`) or told a release in between, or
    has other charges altogether: a booking that is corrected keeps its charges. Another number or instant is another
    booking if it began after the last sighting, or if the row was gone or told a release in between; a number that
    changes under a present row is a correction.
    """
    last, one, other = stay[-1], booking_of(stay[-1]), booking_of(later)
    number, booked = fold(other.booking_number), told_interval(other.booked_at, rule.zone)
    formers = [booking_of(run) for run in stay]
    if booked is not None and any(told_interval(each.booked_at, rule.zone) == booked for each in formers):
        return False
    interrupted = missing or bool(one.released_at) or says_released(one.status)
    since = booked is not None and booked.earliest > last.last
    perhaps_since = booked is not None and booked.latest > last.last
    if number and any(fold(each.booking_number) == number for each in formers):
        return perhaps_since and (interrupted or _charged_otherwise(last, later))
    if since:
        return True
    if not interrupted:
        return False
    renumbered = bool(number) and bool(fold(one.booking_number))
    return renumbered or perhaps_since


def _charged_otherwise(one: Run, other: Run) -> bool:
    """Whether both tell charges, and not one that they share."""
    before, after = one.stay.charges, other.stay.charges
    return bool(before and after) and compare_charges(before, after).added == len(after)
