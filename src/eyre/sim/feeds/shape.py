"""What every format gives: its part of a manifest, a row, and the page around rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from eyre.sim.feeds.feed import Feed
from eyre.sim.feeds.said import NameSaid
from eyre.sources.manifest import BookingNumberScope

Said_contra = TypeVar("Said_contra", bound=NameSaid, contravariant=True)
Declared = dict[str, Any]
"""Part of a manifest, as YAML would give it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands around rows: the total that is declared (None: none is), the instant of the posting in microseconds,
    where the next page is (empty: there is none), and a stamp that makes every page its own."""

    total: int | None
    posted: int
    onward: str = ""
    stamp: str = ""


def keyed(feed: Feed, number: str, subject: str) -> Declared:
    """The identity keys and their scope, where bookings are numbered: with the subject where a number is its own."""
    own = feed.publisher.numbers is BookingNumberScope.PER_PERSON
    keys = [subject, number] if own else [number]
    return {"identity_keys": keys, "booking_number_scope": feed.publisher.numbers.value}


class Shape(Protocol[Said_contra]):
    """One of the ten formats, for one feed."""

    @property
    def media(self) -> str:
        """The media type, as an HTTP header tells it."""

    @property
    def drift(self) -> tuple[bytes, bytes]:
        """What a page says, and what it says instead after the place renamed or moved a column."""

    def declare(self) -> Declared:
        """The members of the manifest that depend on the format: from `format` to `booking_number_scope`."""

    def row(self, said: Said_contra, *, thin: bool = False) -> bytes:
        """One row; `thin`: only its keys and a name, where the rest stands on a page of its own."""

    def whole(self, rows: Sequence[bytes], sheet: Sheet) -> bytes:
        """The delivery that holds `rows`."""
