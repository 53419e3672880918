"""What a source declares of how its custody data is to be understood."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from eyre.model.record import RecordClass
from eyre.model.release_signal import ReleaseSignal


@dataclass(frozen=True, slots=True)
class CustodyRule:
    """`zone` is that of the days that the source tells. A row that is gone is released after `confirm` complete looks
    without it, where `release` is `DROP_OFF`. With `WINDOW` released rows stay listed for `window`. A look with
    `list_cap` rows or more may be cut; one that shrank by more than `most_shrink` (a share) is not believed.
    """

    kind: RecordClass
    release: ReleaseSignal
    zone: ZoneInfo
    window: timedelta | None = None
    confirm: int = 2
    most_shrink: float = 0.2
    list_cap: int | None = None
