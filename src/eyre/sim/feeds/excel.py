"""A supervision agency's caseload: a workbook."""

from collections.abc import Sequence

from eyre.sim.feeds.feed import AgeShown, Feed
from eyre.sim.feeds.said import TermSaid
from eyre.sim.feeds.shape import Declared, Sheet
from eyre.sim.feeds.workbook import cells, workbook

_HEAD = (
    "Supervision No", "Client", "Birth Date", "Sex", "Type", "Status", "Start", "End", "Street", "City", "State", "Zip",
    "Officer",
)  # fmt: skip
_SEXES = {"M": "Male", "F": "Female"}
_DAY = ["%Y-%m-%d"]


class Excel:
    """One agency's. A closed term stays listed for a while, with its end."""

    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    drift = (b"<t>Start</t>", b"<t>Begin Date</t>")

    def __init__(self, feed: Feed) -> None:
        """`feed` says what is shown."""
        self._feed = feed
        year = feed.age is AgeShown.YOB
        self._head = tuple("Year of Birth" if year and name == "Birth Date" else name for name in _HEAD)

    def declare(self) -> Declared:
        """Days are ISO text."""
        date_of_birth: Declared = {"Birth Date": {"to": "birth.date", "formats": _DAY}}
        born = {"Year of Birth": {"to": "birth.year"}} if self._feed.age is AgeShown.YOB else date_of_birth
        statuses = {"Active": "active", "Absconded": "absconded", "Closed": "closed"}
        return {
            "format": {"type": "excel", "sheet": "Caseload"},
            "fields": {
                "Supervision No": {"to": "supervision.supervision_number"},
                "Client": {"to": "name.full", "split": "last_comma_first", "required": True},
                **born,
                "Sex": {"to": "sex", "categories": {"Male": "M", "Female": "F"}},
                "Type": {"to": "supervision.kind"},
                "Status": {"to": "supervision.status", "categories": statuses},
                "Start": {"to": "supervision.started_on", "formats": _DAY},
                "End": {"to": "supervision.ends_on", "formats": _DAY, "none": ["Unknown"]},
                "Street": {"to": "address.full"},
                "City": {"to": "address.city"},
                "State": {"to": "address.state"},
                "Zip": {"to": "address.postal_code"},
            },
            "ignored": ["Officer"],
            "identity_keys": ["Supervision No"],
            "booking_number_scope": "absent",
        }

    def row(self, said: TermSaid, *, thin: bool = False) -> bytes:
        """A row of cells."""
        home = said.home
        born = "" if not said.born else str(said.born.year) if self._feed.age is AgeShown.YOB else str(said.born)
        return cells((
            said.number, said.last_first, born, _SEXES.get(said.sex, ""), said.kind, said.status, str(said.began),
            str(said.ended) if said.ended else "Unknown", f"{home.house_number} {home.street}", home.city, home.state,
            home.zip, f"UNIT {1 + said.seat % 4}",
        ))  # fmt: skip

    def whole(self, rows: Sequence[bytes], sheet: Sheet) -> bytes:
        """The workbook."""
        return workbook("Caseload", [cells(self._head), *rows])
