"""A snapshot that was read, before anything of it is committed."""

from dataclasses import dataclass
from datetime import datetime

from eyre.service.look_seen import LookSeen
from eyre.service.read_delivery import DeliveryReading


@dataclass(frozen=True, slots=True)
class ReadLook:
    """A snapshot for the instant `at` that was read: its rows, what they were understood with, the hash of its bytes,
    and how many pages it had."""

    at: datetime
    reading: DeliveryReading
    seen: LookSeen
    made_with: bytes
    content_hash: bytes
    pages: int
