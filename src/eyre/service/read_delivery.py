"""One pass over a delivery: rows become records with keys, in batches; what cannot be taken is set aside."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from eyre.errors import SourceError
from eyre.model.issue import Issue, IssueCode, Severity
from eyre.resolve.model import Model
from eyre.service.make_keys import BATCH, in_batches, made_of_persons
from eyre.sources.detail_pages import NOT_HAD
from eyre.sources.manifest import Manifest
from eyre.sources.outcome import Accepted, DeliverySummary, Quarantined, RowOutcome
from eyre.sources.parse_delivery import KnownRows, parse_delivery
from eyre.sources.refusal import LAYOUT, refusal
from eyre.store.commit_delivery import Delivered
from eyre.store.delivery import KeyedRecord, QuarantinedRow

MOST_SET_ASIDE = 0.5
MANY = 5
"""Of a list of fewer rows than twice as many nothing is known by what a few of them are like."""

Progress = Callable[[int], None]
"""Told now and then how many records were taken so far."""


@dataclass
class DeliveryReading:
    """A delivery of the source that `manifest` declares, being read; at the end it has a summary.

    `content` is a document or the pages of a list. `known` are rows that say nothing new; `noted` is told every
    outcome as it is read.
    """

    manifest: Manifest
    content: BinaryIO | Sequence[bytes]
    as_of: datetime
    model: Model
    progress: Progress | None = None
    known: KnownRows | None = None
    as_list: bool = False
    """Whether it is a list: one of which most rows cannot be taken is of another layout, and what can be taken of it is
    not to be believed either."""
    listed_before: int = 0
    """How many rows the look before listed."""
    noted: Callable[[RowOutcome], None] | None = None
    summary: DeliverySummary | None = None
    issues: list[Issue] = field(default_factory=list)
    misread: int = 0
    """Rows that were set aside for what they say, not for a page of their own that was not had."""
    taken: int = 0

    @property
    def all_issues(self) -> list[Issue]:
        """What was wrong with rows and, once it was read to its end, with the delivery as a whole."""
        return [*self.issues, *(self.summary.issues if self.summary is not None else ())]

    def records(self, delivered: Delivered) -> Iterator[KeyedRecord]:
        """The accepted records with their keys; what else came is added to `delivered` meanwhile."""
        for batch in in_batches(self._accepted(delivered), BATCH):
            every = made_of_persons([each.record.person for each in batch], self.model)
            for accepted, made in zip(batch, every, strict=True):
                yield KeyedRecord(accepted.record, made, accepted.rows)
            self.taken += len(batch)
            if self.progress is not None:
                self.progress(self.taken)

    def _accepted(self, delivered: Delivered) -> Iterator[Accepted]:
        for outcome in parse_delivery(self.manifest, self.content, as_of=self.as_of, known=self.known):
            if isinstance(outcome, DeliverySummary):
                self.summary = outcome
                if self.as_list:
                    _refuse_another_layout(self.misread, outcome.data_rows, self.listed_before)
                delivered.issues.extend(outcome.issues)
                continue
            if self.noted is not None:
                self.noted(outcome)
            if isinstance(outcome, Accepted):
                delivered.issues.extend(outcome.warnings)
                self.issues.extend(outcome.warnings)
                yield outcome
            else:
                if isinstance(outcome, Quarantined):
                    self.issues.extend(outcome.issues)
                    if any(each.reason != NOT_HAD for each in outcome.issues):
                        self.misread += outcome.rows
                _set_aside(outcome, delivered)


def _refuse_another_layout(misread: int, rows: int, before: int) -> None:
    if misread and misread == rows and before >= MANY:
        raise refusal(
            LAYOUT,
            f"none of {rows} rows can be taken, and {before} were listed before",
            "see what came in the place of the list",
        )
    if misread >= MANY and misread > MOST_SET_ASIDE * rows:
        raise refusal(
            LAYOUT,
            f"{misread} of {rows} rows cannot be taken",
            "see what is wrong with them, and correct the manifest",
        )


def _set_aside(outcome: RowOutcome, delivered: Delivered) -> None:
    if isinstance(outcome, Quarantined):
        delivered.issues.extend(outcome.issues)
        reasons = tuple(f"{each.code} {each.field}: {each.reason}" for each in outcome.issues)
        delivered.quarantined.append(
            QuarantinedRow(outcome.place, outcome.raw, reasons, outcome.record_key, outcome.rows)
        )
    else:
        delivered.ignored += outcome.rows


def refused_issue(error: SourceError) -> Issue:
    """Why a delivery could not be taken at all."""
    return Issue(IssueCode.BAD_VALUE, Severity.ERROR, "delivery", "", f"{error.code}: {error.message}")
