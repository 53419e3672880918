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
    What is published may be as old as `lag`: a look speaks for some instant within that time before it. What stands
    only on a row's own page may not have been read for `unread` (0: all stands in the list).
    """

    kind: RecordClass
    release: ReleaseSignal
    zone: ZoneInfo
    window: timedelta | None = None
    confirm: int = 2
    most_shrink: float = 0.02
    list_cap: int | None = None
    lag: timedelta = timedelta(0)
    unread: timedelta = timedelta(0)

    @property
    def lists_all(self) -> bool:
        """Whether a look tells everybody of whom the source speaks just then. One that does, and is much shorter all at
        once, was cut: also where it is no release that a row is gone."""
        return self.release not in {ReleaseSignal.DELTA_FILE, ReleaseSignal.PUSH_DELETE}

    @property
    def absence_speaks(self) -> bool:
        """Whether it means anything that a row is gone. A file of changes, and a message, are silent on everybody else.
        Courts and supervision agencies close and archive what they list: there it does only when the source's manifest
        declares drop-off."""
        if not self.lists_all:
            return False
        kept = self.kind in {RecordClass.CUSTODY, RecordClass.CORRECTIONS}
        return kept or self.release is ReleaseSignal.DROP_OFF
