"""A feed: everything that is particular to how one place publishes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

from eyre.custody.rule import CustodyRule
from eyre.model.record import RecordClass
from eyre.model.release_signal import ReleaseSignal
from eyre.sources.manifest import BookingNumberScope


class Wire(StrEnum):
    """The ten formats, by the real one that each is modelled on."""

    JAILTRACKER = "jailtracker"
    ZUERCHER = "zuercher"
    NIEM = "niem"
    CRIMESTAR = "crimestar"
    NEW_WORLD = "new_world"
    HTML_TABLE = "html_table"
    FIXED_WIDTH = "fixed_width"
    COURT_CSV = "court_csv"
    EXCEL = "excel"
    JSON_LINES = "json_lines"


class Door(StrEnum):
    """How a delivery leaves the place."""

    HTTP = "http"
    SFTP = "sftp"
    FOLDER = "folder"
    PUSH = "push"


class Posting(StrEnum):
    """When a place renews what it publishes: at each question, every quarter of an hour, every hour, each night."""

    LIVE = "live"
    QUARTER = "quarter"
    HOURLY = "hourly"
    NIGHTLY = "nightly"


class Validator(StrEnum):
    """What a client can ask with, to learn cheaply that nothing changed."""

    ETAG = "etag"
    LAST_MODIFIED = "last_modified"
    BOTH = "both"
    NONE = "none"


class AgeShown(StrEnum):
    """What a place tells of somebody's birth."""

    DOB = "dob"
    YOB = "yob"
    AGE_CURRENT = "age_current"
    AGE_AT_BOOKING = "age_at_booking"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Paging:
    """A list in pages of `size` rows: by the index of the first row (`?start=50`) or by number (`?page=3`, from 1)."""

    size: int
    by: Literal["start", "page"]


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most `requests` within `seconds` of simulated time; the next is answered 429."""

    requests: int
    seconds: int


@dataclass(frozen=True)
class Publisher:
    """Who publishes: the words and numbers of a manifest that do not depend on the format. `numbers` is within what its
    booking numbers are unique, `subjects` whether it numbers the persons themselves."""

    slug: str
    facility: int
    kind: RecordClass
    title: str
    jurisdiction: str
    state: str
    zone: str
    numbers: BookingNumberScope
    subjects: bool

    @property
    def clock(self) -> ZoneInfo:
        """The zone of the local times that it writes."""
        return ZoneInfo(self.zone)


@dataclass(frozen=True)
class Feed:
    """One source of the invented country.

    `shows` names what the place lets be seen, of `MASKED`. `lingers` is how long a released row stays listed (explicit
    and window) or a change stays in the file (delta). `list_cap` cuts the list without a word. `detail`: lists tell
    only names, the rest stands on a page for each row. `stamped`: each page bears the time at which it was made, so
    that no two are alike. `offset` is when within its period it posts. `messy`: dates in whatever format came to hand.
    `renames`: a dropped file is written elsewhere and then put in its place at once.
    """

    publisher: Publisher
    wire: Wire
    door: Door
    release: ReleaseSignal
    age: AgeShown
    shows: frozenset[str]
    upper: bool
    lingers: timedelta
    list_cap: int | None
    paging: Paging | None
    declares_total: bool
    posting: Posting
    offset: timedelta
    validator: Validator
    gzip: bool
    detail: bool
    limit: RateLimit | None
    crawl_delay: int
    stamped: bool
    messy: bool
    date_style: int
    renames: bool

    @property
    def slug(self) -> str:
        """The source's id."""
        return self.publisher.slug

    @property
    def file(self) -> str:
        """The last part of the path under which the list, or the file, is had."""
        return FILES[self.wire]

    @property
    def path(self) -> str:
        """Where the list, or the file, is had below a server's root."""
        return f"/{self.slug}/{self.file}"

    @property
    def rule(self) -> CustodyRule:
        """How this source's custody data is to be understood: what whoever reads it should have been told."""
        return CustodyRule(
            kind=self.publisher.kind,
            release=self.release,
            zone=self.publisher.clock,
            window=self.lingers if self.release is ReleaseSignal.WINDOW else None,
            list_cap=self.list_cap,
        )

    def has(self, what: str) -> bool:
        """Whether the field mask lets `what` be seen."""
        return what in self.shows


MASKED = frozenset(
    {"middle", "suffix", "sex", "subject", "projected", "charges", "bond", "race", "birthplace", "alias"}
)

FILES: Mapping[Wire, str] = {
    Wire.JAILTRACKER: "inmates",
    Wire.ZUERCHER: "inmates",
    Wire.NIEM: "messages.xml",
    Wire.CRIMESTAR: "inmates.csv",
    Wire.NEW_WORLD: "inquiry",
    Wire.HTML_TABLE: "roster",
    Wire.FIXED_WIDTH: "master.txt",
    Wire.COURT_CSV: "cases.csv",
    Wire.EXCEL: "caseload.xlsx",
    Wire.JSON_LINES: "records.jsonl",
}
