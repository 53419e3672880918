"""The manifest: everything that Eyre must be told about a source before it reads a word of it."""

import hashlib
from enum import StrEnum
from typing import Annotated, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from eyre.model.record import RecordClass
from eyre.model.release_signal import ReleaseSignal
from eyre.sources.check_manifest import contradictions
from eyre.sources.custody_terms import CustodyDeclared
from eyre.sources.declared import Declared
from eyre.sources.fetch_rule import Fetch
from eyre.sources.field_rule import FieldRule, GroupRule, ListRule
from eyre.sources.formats import Format
from eyre.sources.limits import Limits
from eyre.sources.sensitive import SensitiveKind

OCD_PATTERN = r"^ocd-division/country:[a-z]{2}(/[a-z_]+:[a-z0-9_~.-]+)*$"


class BookingNumberScope(StrEnum):
    """Within what a booking number is unique."""

    GLOBAL = "global"
    PER_YEAR = "per_year"
    PER_PERSON = "per_person"
    ABSENT = "absent"


class AgeBasis(StrEnum):
    """What the source tells of somebody's age, and as of when."""

    DOB = "dob"
    YOB = "yob"
    AGE_CURRENT = "age_current"
    AGE_AT_BOOKING = "age_at_booking"


class Assertions(Declared):
    """What a whole delivery must look like; what does not is reported with the delivery, not with a row.

    `fill` gives, for a field, the least share (0 to 1) of rows in which it is not empty. `present` names fields and
    lists that every delivery with rows has in at least one of them; one without is refused.
    """

    min_rows: Annotated[int, Field(ge=0)] = 0
    max_rows: Annotated[int, Field(ge=0)] | None = None
    fill: dict[str, Annotated[float, Field(ge=0, le=1)]] = Field(default_factory=dict)
    present: tuple[str, ...] = ()


class PollBounds(Declared):
    """How often the publisher lets itself be asked: seconds between two requests for a delivery."""

    min_seconds: Annotated[int, Field(ge=1)]
    max_seconds: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min_seconds > self.max_seconds:
            raise ValueError(f"`min_seconds` {self.min_seconds} is more than `max_seconds` {self.max_seconds}")
        return self


class SampleDelivery(Declared):
    """A delivery that ships with the source: a path below the manifest's folder and the instant it speaks for."""

    file: Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_./-]*$")]
    as_of: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]


class Manifest(Declared):
    """A source as declared. `fields` maps its field names to targets; what is not mapped must be named too."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{2,63}$")]
    title: Annotated[str, Field(min_length=1)]
    publisher: Annotated[str, Field(min_length=1)]
    jurisdiction: Annotated[str, Field(pattern=OCD_PATTERN)]
    kind: RecordClass
    terms: Annotated[str, Field(min_length=1)]
    format: Format
    encoding: str | None = None
    time_zone: str
    hook: str | None = None
    group: GroupRule | None = None
    fields: dict[str, FieldRule]
    lists: dict[str, ListRule] = Field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    sensitive: dict[str, SensitiveKind] = Field(default_factory=dict)
    identity_keys: Annotated[tuple[str, ...], Field(min_length=1)]
    booking_number_scope: BookingNumberScope
    age_basis: AgeBasis
    release_signal: ReleaseSignal
    assertions: Assertions = Assertions()
    limits: Limits = Limits()
    custody: CustodyDeclared = CustodyDeclared()
    fetch: Fetch | None = None
    poll: PollBounds | None = None
    sample: SampleDelivery | None = None

    @property
    def digest(self) -> bytes:
        """SHA-256 of what is declared: the same for the same declaration, however it is written."""
        return hashlib.sha256(self.model_dump_json(exclude_defaults=True).encode()).digest()

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"`{value}` is not a time zone of the IANA database") from error
        return value

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        found = contradictions(
            {
                "fields": self.fields,
                "lists": self.lists,
                "ignored": self.ignored,
                "sensitive": tuple(self.sensitive),
                "identity_keys": self.identity_keys,
                "group": self.group,
                "scope": self.booking_number_scope.value,
                "release": self.release_signal.value,
            }
        )
        if found:
            raise ValueError("; ".join(found))
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the local times that the source tells."""
        return ZoneInfo(self.time_zone)

    @property
    def state(self) -> str:
        """The two letters of the state, from the jurisdiction; empty for a national source."""
        parts = [part for part in self.jurisdiction.split("/") if part.startswith("state:")]
        return parts[0].removeprefix("state:").upper() if parts else ""

    @property
    def pushes(self) -> bool:
        """Whether a delivery is a list of messages, so that one record may be named more than once."""
        return self.release_signal is ReleaseSignal.PUSH_DELETE
