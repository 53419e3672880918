"""A delivery, from bytes to outcomes: the one way in."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import BinaryIO

from eyre.clock import in_utc
from eyre.model.issue import IssueCode
from eyre.model.record import Record
from eyre.sources.build_record import build_record, drop_sensitive
from eyre.sources.delivery import Delivery, Notes, spool
from eyre.sources.findings import Findings
from eyre.sources.group_rows import group_rows
from eyre.sources.hooks import HOOKS
from eyre.sources.manifest import Manifest
from eyre.sources.outcome import Accepted, DeliverySummary, Ignored, Quarantined, RowOutcome
from eyre.sources.quarantined_text import quarantined_text
from eyre.sources.raw_row import RawRow
from eyre.sources.read_rows import read_rows
from eyre.sources.record_key import record_key
from eyre.sources.tally import Tally

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def parse_delivery(
    manifest: Manifest, data: BinaryIO | bytes, *, as_of: datetime
) -> Iterator[RowOutcome | DeliverySummary]:
    """An outcome for each row, in order, and last the summary. `as_of` is the instant that the delivery speaks for.

    Raises `SourceError` for a delivery that cannot be read as a whole, possibly after some outcomes: take the outcomes
    in one transaction. A delivery that ends early is not refused: the rows told whole stand, and the summary has an
    issue `TRUNCATED` and is not `complete`.
    """
    notes = Notes()
    moment = in_utc(as_of)
    tally = Tally(manifest)
    seen: dict[tuple[str, datetime], bytes] = {}
    with spool(data, manifest.limits, notes) as file:
        delivery = Delivery(
            file,
            manifest.limits,
            manifest.encoding,
            list_names=frozenset(manifest.lists),
            key_names=() if manifest.hook else manifest.identity_keys,
            notes=notes,
        )
        for row in _rows(manifest, delivery, tally):
            outcome = _outcome(manifest, row, moment, seen=seen, dropped=tally.dropped)
            tally.count(outcome)
            yield outcome
    yield tally.summary(notes)


def _rows(manifest: Manifest, delivery: Delivery, tally: Tally) -> Iterator[RawRow]:
    rows = (tally.seen(_bounded(row, manifest.limits.max_line)) for row in read_rows(delivery, manifest.format))
    if manifest.group is not None:
        rows = (row for row in group_rows(rows, manifest.group))
    return rows


def _bounded(row: RawRow, most: int) -> RawRow:
    """A row with a value that is too long, or that no database could keep as text, has a fault."""
    for values in (row.values, *chain.from_iterable(row.lists.values())):
        for text in chain(values, values.values()):
            if len(text) > most:
                return RawRow(row.place, {}, fault=f"a name or value is longer than {most} characters", rows=row.rows)
            if _NO_TEXT.search(text):
                return RawRow(row.place, {}, fault="a name or value is not Unicode text", rows=row.rows)
    return row


def _outcome(
    manifest: Manifest,
    row: RawRow,
    as_of: datetime,
    *,
    seen: dict[tuple[str, datetime], bytes],
    dropped: Counter[str],
) -> RowOutcome:
    if row.skip:
        return Ignored(row.place, row.skip, row.rows)
    findings = Findings(row.place)
    clean = drop_sensitive(manifest, row, findings)
    shaped = HOOKS[manifest.hook](clean) if manifest.hook and not clean.fault else clean
    record = build_record(manifest, shaped, as_of=as_of, findings=findings)
    told = None if record is None else _told_before(record, clean, seen)
    dropped.update(findings.dropped)
    if told == "same":
        return Ignored(row.place, "told twice in the same words", row.rows)
    if told == "different":
        findings.fail(IssueCode.DUPLICATE_KEY, "", "another row of this delivery has the same identity keys")
    if record is None or findings.failed:
        text = quarantined_text(manifest, clean)
        return Quarantined(row.place, text, tuple(findings.issues), row.rows, _key_told(manifest, shaped))
    return Accepted(record, tuple(findings.issues), row.rows)


def _key_told(manifest: Manifest, row: RawRow) -> str:
    """The key of the record that a row would have been; empty where it cannot be told."""
    findings = Findings(row.place)
    key = "" if row.fault else record_key(manifest, row.values, findings)
    return "" if findings.failed else key


def _told_before(record: Record, row: RawRow, seen: dict[tuple[str, datetime], bytes]) -> str | None:
    """Messages may name one record at several instants; a snapshot names it once."""
    said = json.dumps([row.values, row.lists], sort_keys=True).encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(said, digest_size=16).digest()
    key = (record.key, record.as_of)
    if key not in seen:
        seen[key] = digest
        return None
    return "same" if seen[key] == digest else "different"
