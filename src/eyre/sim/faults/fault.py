"""Faults, how often they come, and when they do."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """What can be wrong: `WRONG` with the place's own records, `MESSAGES` with single messages, all others with what is
    served."""

    RESET = "reset"
    """The connection breaks."""
    UNAVAILABLE = "unavailable"
    """503, or no such file."""
    TIMEOUT = "timeout"
    """No answer comes."""
    MAINTENANCE = "maintenance"
    """A page for people, with status 200."""
    TRUNCATED = "truncated"
    """The body ends in the middle."""
    CAPPED = "capped"
    """The list ends at some number of rows, and says nothing of it."""
    SHRUNK = "shrunk"
    """A share of the rows is missing."""
    SHIFTED = "shifted"
    """Rows move between the questions for two pages."""
    DRIFT = "drift"
    """A column has another name, or stands elsewhere."""
    ENCODING = "encoding"
    """The text is in an encoding that it should not be in."""
    GARBAGE = "garbage"
    """No delivery at all, with status 200."""
    STALE = "stale"
    """An old copy is served again."""
    DUPLICATED = "duplicated"
    """A message is sent twice."""
    DISORDERED = "disordered"
    """A message is sent after later ones."""
    SKEWED = "skewed"
    """The clock of whoever enters bookings is wrong."""
    UNSPRUNG = "unsprung"
    """That clock was not changed with the others."""
    REUSED = "reused"
    """A booking bears a number that was another's."""
    SEALED = "sealed"
    """The place no longer speaks of a stay."""
    CORRECTED = "corrected"
    """The place corrects what it said of a stay."""


OUTAGES = (FaultKind.RESET, FaultKind.UNAVAILABLE, FaultKind.TIMEOUT)
MESSAGES = (FaultKind.DUPLICATED, FaultKind.DISORDERED)
WRONG = (FaultKind.SKEWED, FaultKind.UNSPRUNG, FaultKind.REUSED, FaultKind.SEALED, FaultKind.CORRECTED)


@dataclass(frozen=True)
class Faults:
    """How often faults come. Rates are events a day at one source, but where said.

    `outage` makes gaps of whole days, whose lengths are those that a daily collection of 77 real rosters had (2 % of
    roster-days missing); `short_outage` makes gaps of minutes to hours. `duplicated`, `disordered` are shares of
    messages, `reused` of stays, `unsprung` of sources at each change of the clocks.
    """

    outage: float = 0.0102
    short_outage: float = 0.05
    maintenance: float = 0.03
    truncated: float = 0.02
    capped: float = 0.01
    shrunk: float = 0.01
    shifted: float = 0.2
    drift: float = 0.005
    encoding: float = 0.01
    garbage: float = 0.01
    stale: float = 0.03
    skewed: float = 0.01
    duplicated: float = 0.02
    disordered: float = 0.02
    reused: float = 0.002
    unsprung: float = 0.2


NO_FAULTS = Faults(
    outage=0.0,
    short_outage=0.0,
    maintenance=0.0,
    truncated=0.0,
    capped=0.0,
    shrunk=0.0,
    shifted=0.0,
    drift=0.0,
    encoding=0.0,
    garbage=0.0,
    stale=0.0,
    skewed=0.0,
    duplicated=0.0,
    disordered=0.0,
    reused=0.0,
    unsprung=0.0,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One, from `begins` until `ends` (microseconds). `amount` is how much of it there is, by its kind: a share, a
    number of rows, or microseconds; `row` the stay (numbered within the place) that it is about, or -1."""

    kind: FaultKind
    begins: int
    ends: int
    amount: float = 0.0
    row: int = -1

    @property
    def mark(self) -> str:
        """A short text of its own."""
        return f"{self.kind.value[:2]}{self.begins // 1_000_000:x}"


@dataclass(frozen=True)
class FaultCalendar:
    """All faults of one source, by their beginning. `deliveries` are those that strike what is served."""

    faults: tuple[Fault, ...] = ()
    deliveries: tuple[Fault, ...] = ()

    def at(self, instant: int) -> Sequence[Fault]:
        """What strikes a delivery at `instant` (microseconds)."""
        return [fault for fault in self.deliveries if fault.begins <= instant < fault.ends]

    def settled(self, instant: int) -> int:
        """When the last fault that had ended by `instant` did so, 0 if none had: since then all may look otherwise."""
        return max((fault.ends for fault in self.deliveries if fault.ends <= instant), default=0)

    def of(self, kind: FaultKind) -> Sequence[Fault]:
        """Those of one kind."""
        return [fault for fault in self.faults if fault.kind is kind]


def calendar_of(faults: Sequence[Fault]) -> FaultCalendar:
    """These faults in the order of their beginning."""
    told = tuple(sorted(faults, key=lambda fault: (fault.begins, fault.kind, fault.row)))
    return FaultCalendar(told, tuple(fault for fault in told if fault.kind not in WRONG + MESSAGES))
