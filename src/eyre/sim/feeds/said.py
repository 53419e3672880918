"""What a place says of one row at an instant, in its own local time, before any format is put on it."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(slots=True)
class NameSaid:
    """A name and what else tells who it is. `born` None: the place has no birth date. `seat` is the row's number."""

    seat: int
    given: str
    middle: str
    surname: str
    suffix: str
    born: date | None
    sex: str

    @property
    def last_first(self) -> str:
        """`LAST SUFFIX, FIRST MIDDLE`."""
        last = f"{self.surname} {self.suffix}" if self.suffix else self.surname
        return f"{last}, {self.given} {self.middle}" if self.middle else f"{last}, {self.given}"


@dataclass(slots=True)
class ChargeSaid:
    """A charge; `bond` in cents, -1 when there is none."""

    sequence: int
    statute: str
    description: str
    severity: str
    bond_type: str
    bond: int


@dataclass(slots=True)
class StaySaid(NameSaid):
    """A stay in a jail or prison. `today` is the local day of saying; `alias` another given
    name and surname."""

    number: str
    subject: str
    booked: datetime
    released: datetime | None
    reason: str
    projected: date | None
    today: date
    charges: list[ChargeSaid] = field(default_factory=list)
    alias: tuple[str, str] | None = None


@dataclass(slots=True)
class HomeSaid:
    """An address."""

    house_number: str
    street: str
    city: str
    state: str
    zip: str


@dataclass(slots=True)
class CaseSaid(NameSaid):
    """A defendant in a case; `disposed` None while it is pending."""

    docket: str
    party: int
    kind: str
    charge: str
    statute: str
    filed: date
    disposed: date | None
    disposition: str
    home: HomeSaid


@dataclass(slots=True)
class TermSaid(NameSaid):
    """A term of probation or parole; `ended` None while it runs."""

    number: str
    kind: str
    status: str
    began: date
    ended: date | None
    home: HomeSaid
