"""What asking a source gave."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from eyre.errors import SourceError


@dataclass(frozen=True, slots=True)
class Fetched:
    """The pages of one delivery, and what to ask with the next time. `spoken_at` is the instant (UTC) for which the
    publisher says that it speaks, where it says so."""

    pages: tuple[bytes, ...]
    validators: Mapping[str, str] = field(default_factory=dict)
    spoken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NotChanged:
    """The publisher says that it has nothing new."""


class TroubleKind(StrEnum):
    """Why a source could not be fetched. Stable, shown and counted."""

    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed-out"
    REFUSED = "refused"
    NOT_FOUND = "not-found"
    BUSY = "busy"
    BROKEN_OFF = "broken-off"
    TOO_LARGE = "too-large"
    FORBIDDEN = "forbidden"
    BAD_HOST_KEY = "bad-host-key"
    SHIFTED = "shifted"


class FetchError(SourceError):
    """A source could not be fetched. `retry_after` are the seconds that it asks to be left alone for."""

    code = "EYRE-310"

    def __init__(self, kind: TroubleKind, message: str, *, remedy: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, remedy=remedy)
        self.kind = kind
        self.retry_after = retry_after
