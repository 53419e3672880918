"""Who a snapshot lists, gathered while it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from eyre.custody.diff_roster import NOBODY, Int64, Listed, listed
from eyre.custody.stay_parts import stay_body
from eyre.ids import record_id
from eyre.model.issue import IssueCode
from eyre.model.parts import record_to_parts
from eyre.sources.outcome import Accepted, Quarantined, RowOutcome, Unchanged

_UNKNOWN = np.uint64(0)  # what stands for the digest of a row that is there but could not be understood
_AGAIN = np.uint64(1)  # and of one that is read again the next time, so that what is wrong with it is told again


@dataclass
class LookSeen:
    """Gathers the rows of one snapshot of `source`; `store_key` makes record ids, `before` is the look before it, by
    whose digests unchanged rows are known."""

    source: str
    store_key: bytes
    before: Listed = NOBODY
    stays: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    """Of each record whose row was read anew, what it says of a stay, as JSON."""
    nameless: int = 0
    """Rows that could not be understood, not even whose they are."""
    repeated: int = 0
    """Rows that stood twice."""
    _digests: dict[int, np.uint64] = field(default_factory=dict)
    _same: list[bytes] = field(default_factory=list)
    _listed: Listed | None = None
    _last: int | bytes | None = None

    def note(self, outcome: RowOutcome) -> None:
        """Takes what became of a row."""
        if isinstance(outcome, Unchanged):
            self._same.append(outcome.digest)
            self._last = outcome.digest
        elif isinstance(outcome, Accepted):
            record = record_id(self.store_key, self.source, outcome.record.key)
            self._last = record
            garbled = any(each.code is IssueCode.ENCODING for each in outcome.warnings)
            self._digests[record] = _AGAIN if garbled else np.frombuffer(outcome.digest, dtype="<u8")[0]
            self.stays[record] = stay_body(record_to_parts(outcome.record))
        elif isinstance(outcome, Quarantined):
            if outcome.record_key:
                self._last = record_id(self.store_key, self.source, outcome.record_key)
                self._digests.setdefault(self._last, _UNKNOWN)
            if not outcome.record_key or any(each.code is IssueCode.ENCODING for each in outcome.issues):
                self.nameless += 1
        elif outcome.why == "told twice in the same words":
            self.repeated += 1

    def listed(self) -> Listed:
        """Who is listed, once all rows are noted. A row that could not be understood counts where its record is known
        already."""
        if self._listed is None:
            self._listed = self._put_together()
        return self._listed

    def last(self) -> int | None:
        """The record in the last row; nothing where there is none."""
        if not isinstance(self._last, bytes):
            return self._last
        at = np.flatnonzero(self.before.digests == np.frombuffer(self._last, dtype="<u8")[0])
        return int(self.before.records[at[0]]) if len(at) else None

    def listed_records(self) -> Int64:
        """The ids of those who are listed."""
        return self.listed().records

    def _put_together(self) -> Listed:
        same = np.frombuffer(b"".join(self._same), dtype="<u8")
        order = np.argsort(self.before.digests, kind="stable")
        at = order[np.searchsorted(self.before.digests, np.unique(same), sorter=order)] if len(same) else order[:0]
        self.repeated += len(same) - len(np.unique(same))
        known = set(self.before.records.tolist())
        fresh = {r: d for r, d in self._digests.items() if d != _UNKNOWN or r in known}
        records = np.concatenate([np.fromiter(fresh, np.int64, len(fresh)), self.before.records[at]])
        digests = np.concatenate([np.fromiter(fresh.values(), np.uint64, len(fresh)), self.before.digests[at]])
        return listed(records, digests)
