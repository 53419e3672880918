"""A delivery, from bytes to outcomes: the one way in."""

import hashlib
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import BinaryIO

from eyre.clock import in_utc
from eyre.model.issue import IssueCode
from eyre.model.record import Record
from eyre.sources.build_record import RecordBuilder
from eyre.sources.detail_pages import NOT_HAD, row_of_page
from eyre.sources.drop_sensitive import Sieve
from eyre.sources.findings import Findings
from eyre.sources.group_rows import group_rows
from eyre.sources.hooks import HOOKS
from eyre.sources.join_pages import Seams
from eyre.sources.manifest import Manifest
from eyre.sources.opened_delivery import Notes, OpenedDelivery, spool
from eyre.sources.outcome import Accepted, DeliverySummary, Ignored, Quarantined, RowOutcome, Unchanged
from eyre.sources.plan import plan_of
from eyre.sources.quarantined_text import quarantined_text
from eyre.sources.raw_row import RawRow
from eyre.sources.read_rows import read_rows
from eyre.sources.record_key import record_key
from eyre.sources.row_digest import row_digest, words_of
from eyre.sources.tally import Tally
from eyre.sources.undo_encoding import undone

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class KnownRows:
    """Digests of rows, made with `key` (`row_digest`), that say nothing new. `details` are pages of single rows, by
    their digests: where there are any, a new row is what its own page says, and a known one that has a page here is
    read anew from that."""

    key: bytes
    digests: Container[bytes]
    details: Mapping[bytes, bytes] | None = None


def parse_delivery(
    manifest: Manifest,
    data: BinaryIO | bytes | Sequence[bytes],
    *,
    as_of: datetime,
    known: KnownRows | None = None,
) -> Iterator[RowOutcome | DeliverySummary]:
    """An outcome for each row, in order, and last the summary. `as_of` is the instant that the delivery speaks for.

    `data` is a document, or the pages in which one list was told. Rows that are among `known` come out as `Unchanged`,
    others with their digest.

    Raises `SourceError` for a delivery that cannot be read as a whole, possibly after some outcomes: take the outcomes
    in one transaction. A delivery that ends early is not refused: the rows told whole stand, and the summary has an
    issue `TRUNCATED` and is not `complete`.
    """
    notes = Notes()
    tally = Tally(manifest)
    reading = _Reading(manifest, in_utc(as_of), tally, known)
    pages = data if isinstance(data, Sequence) and not isinstance(data, bytes | bytearray) else [data]
    with ExitStack() as opened:
        for row in _rows(manifest, _pages(manifest, pages, notes, opened), tally):
            outcome = reading.outcome(row)
            tally.count(outcome)
            yield outcome
    tally.refuse_other_layout()
    yield tally.summary(notes)


def _pages(manifest: Manifest, pages: Sequence[BinaryIO | bytes], notes: Notes, opened: ExitStack) -> Iterator[RawRow]:
    """The rows of all pages; their places say which page where there are several."""
    seams = Seams(manifest, notes)
    for number, page in enumerate(pages, 1):
        delivery = OpenedDelivery(
            opened.enter_context(spool(page, manifest.limits, notes)),
            manifest.limits,
            manifest.encoding,
            list_names=frozenset(manifest.lists),
            key_names=() if manifest.hook else manifest.identity_keys,
            notes=notes,
        )
        for row in seams.rows(number, read_rows(delivery, manifest.format)):
            yield row if len(pages) == 1 else replace(row, place=f"page {number}, {row.place}")


def _rows(manifest: Manifest, raw: Iterator[RawRow], tally: Tally) -> Iterator[RawRow]:
    rows = (tally.seen(_bounded(row, manifest.limits.max_line)) for row in raw)
    if manifest.group is not None:
        rows = (row for row in group_rows(rows, manifest.group))
    return rows


def _bounded(row: RawRow, most: int) -> RawRow:
    """A row with a value that is too long, or that no database could keep as text, has a fault."""
    parts = [*row.values, *row.values.values()]
    for item in chain.from_iterable(row.lists.values()):
        parts += item
        parts += item.values()
    whole = "".join(parts)
    if len(whole) <= most and not _NO_TEXT.search(whole):
        return row
    for values in (row.values, *chain.from_iterable(row.lists.values())):
        for text in chain(values, values.values()):
            if len(text) > most:
                return RawRow(row.place, {}, fault=f"a name or value is longer than {most} characters", rows=row.rows)
            if _NO_TEXT.search(text):
                return RawRow(row.place, {}, fault="a name or value is not Unicode text", rows=row.rows)
    return row


class _Reading:
    """The rows of one delivery, read one by one."""

    def __init__(self, manifest: Manifest, as_of: datetime, tally: Tally, known: KnownRows | None) -> None:
        self._manifest = manifest
        self._known = known
        self._sieve = Sieve(manifest)
        self._hook = HOOKS[manifest.hook] if manifest.hook else None
        self._builder = RecordBuilder(plan_of(manifest), as_of)
        self._seen: dict[tuple[str, datetime], bytes] = {}
        self._tally = tally

    def outcome(self, row: RawRow) -> RowOutcome:
        """What becomes of `row`."""
        if row.skip:
            return Ignored(row.place, row.skip, row.rows)
        digest = b""
        if self._known is not None and not row.fault:
            digest = row_digest(row, self._known.key)
            known, page = digest in self._known.digests, (self._known.details or {}).get(digest)
            if known and page is None:
                return Unchanged(row.place, digest, row.rows)
            if self._known.details is not None:
                own = self._told_by_page(page)
                if own is None:
                    return Unchanged(row.place, digest, row.rows) if known else self._without_page(row)
                self._tally.listed(self._sieve.clean(row, Findings(row.place)))
                row = replace(_bounded(own, self._manifest.limits.max_line), place=row.place, rows=row.rows)
        findings = Findings(row.place)
        clean = self._sieve.clean(undone(row, findings), findings)
        shaped = self._hook(clean) if self._hook and not clean.fault else clean
        record = self._builder.build(shaped, findings)
        told = None if record is None else self._told_before(record, clean)
        if findings.dropped:
            self._tally.dropped.update(findings.dropped)
        if told == "same":
            return Ignored(row.place, "told twice in the same words", row.rows)
        if told == "different":
            findings.fail(IssueCode.DUPLICATE_KEY, "", "another row of this delivery has the same identity keys")
        if record is None or findings.failed:
            text = quarantined_text(self._manifest, clean)
            key = "" if _key_lacks(self._manifest, findings) else _key_told(self._manifest, shaped)
            return Quarantined(row.place, text, tuple(findings.issues), row.rows, key)
        return Accepted(record, tuple(findings.issues), row.rows, digest)

    def _told_by_page(self, page: bytes | None) -> RawRow | None:
        return None if page is None else row_of_page(self._manifest, page)

    def _without_page(self, row: RawRow) -> Quarantined:
        """A row whose own page was not had cannot be understood yet; whose it is, the list may tell."""
        findings = Findings(row.place)
        clean = self._sieve.clean(row, findings)
        findings.fail(IssueCode.BAD_ROW, "", NOT_HAD)
        key = _key_told(self._manifest, self._hook(clean) if self._hook else clean)
        return Quarantined(row.place, quarantined_text(self._manifest, clean), tuple(findings.issues), row.rows, key)

    def _told_before(self, record: Record, row: RawRow) -> str | None:
        """Messages may name one record at several instants; a snapshot names it once."""
        digest = hashlib.blake2b(words_of(row), digest_size=16).digest()
        earlier = self._seen.setdefault((record.key, record.as_of), digest)
        return None if earlier is digest else "same" if earlier == digest else "different"


def _key_lacks(manifest: Manifest, findings: Findings) -> bool:
    """Whether a part of the key is lacking that must be there, as when its name was damaged: the others alone would be
    the key of somebody else."""
    lacking = {
        each.field for each in findings.issues if each.code is IssueCode.MISSING_FIELD and each.severity == "error"
    }
    return not lacking.isdisjoint(manifest.identity_keys)


def _key_told(manifest: Manifest, row: RawRow) -> str:
    """The key of the record that a row would have been; empty where it cannot be told."""
    findings = Findings(row.place)
    key = "" if row.fault else record_key(manifest, row.values, findings)
    return "" if findings.failed else key
