"""What reading a field needs to know of its source."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """`source` is its id, `state` two letters or empty, `zone` that of its local times."""

    source: str
    state: str
    zone: ZoneInfo
