"""Counts of a delivery, and what its manifest asserts of it as a whole."""

from collections import Counter

from eyre.model.issue import Issue, IssueCode, Severity
from eyre.sources.formats import CsvFormat, ExcelFormat, ParquetFormat
from eyre.sources.manifest import Manifest
from eyre.sources.opened_delivery import Notes
from eyre.sources.outcome import Accepted, DeliverySummary, Quarantined, RowOutcome
from eyre.sources.raw_row import RawRow
from eyre.sources.refusal import LAYOUT, refusal

_MOST_BESIDE = 50  # names; a list with more is another one
_NOT_UTF8 = "the text is not UTF-8, and no encoding is declared: it was read as Windows-1252"
_TABLES = (CsvFormat, ExcelFormat, ParquetFormat)


class Tally:
    """Counts raw rows as they are read and outcomes as they are given."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._fill_asserted = tuple(manifest.assertions.fill)
        self._rows_in = 0
        self._data_rows = 0
        self._filled: Counter[str] = Counter()
        self._named: set[str] = set()
        self._accepted = self._quarantined = self._ignored = 0
        self._records = 0
        self.dropped: Counter[str] = Counter()
        self._declared = frozenset((*manifest.fields, *manifest.ignored, *manifest.sensitive))
        self._beside: set[str] = set()

    def seen(self, row: RawRow) -> RawRow:
        """Counts a row as read, and gives it on."""
        self._rows_in += row.rows
        if not row.skip:
            self._data_rows += row.rows
            self._named.update(row.values)
            if row.lists:
                self._named.update(row.lists)
            for name in self._fill_asserted:
                self._filled[name] += bool(row.values.get(name, "").strip())
        return row

    def count(self, outcome: RowOutcome) -> None:
        """Counts what became of a row."""
        if isinstance(outcome, Accepted):
            self._accepted += outcome.rows
            self._records += 1
        elif isinstance(outcome, Quarantined):
            self._quarantined += outcome.rows
        else:
            self._ignored += outcome.rows

    def listed(self, row: RawRow) -> None:
        """Takes the names that a list tells of a row of which its own page tells what it says, and those of values that
        have become lists. `row` is clean."""
        if self._manifest.hook:
            return
        if not row.values.keys() <= self._declared:
            told = {name for name, text in row.values.items() if text.strip()}
            self._beside |= told - self._declared
        if row.lists:
            known = self._manifest.lists.keys() | {*self._manifest.ignored, *self._manifest.sensitive}
            self._beside |= {name for name, items in row.lists.items() if items} - known

    def refuse_other_layout(self) -> None:
        """Raises `SourceError` when no row has a field that some must have."""
        missing = [name for name in self._manifest.assertions.present if name not in self._named]
        if missing and self._data_rows and self._named:
            others = f", and {len(missing) - 1} others are not there" if len(missing) > 1 else ""
            raise refusal(
                LAYOUT,
                f"no row has the field `{missing[0]}`{others}",
                "see whether the publisher renamed or dropped it, and correct the manifest",
            )

    def summary(self, notes: Notes) -> DeliverySummary:
        """The summary, with the issues of the delivery as a whole."""
        columns = self._columns(notes)
        issues = [*self._bounds(notes), *self._fill(), *columns, *self._parts(), *self._envelope(notes)]
        if notes.truncated:
            issues.insert(0, _issue(IssueCode.TRUNCATED, "", notes.truncated))
        if notes.last_resort:
            issues.append(Issue(IssueCode.ENCODING, Severity.WARNING, "delivery", "", _NOT_UTF8))
        if notes.moved:
            issues.insert(0, _issue(IssueCode.ASSERTION, "", notes.moved))
        return DeliverySummary(
            rows_in=self._rows_in,
            accepted=self._accepted,
            quarantined=self._quarantined,
            ignored=self._ignored,
            records=self._records,
            dropped=dict(sorted(self.dropped.items())),
            issues=tuple(issues),
            complete=not any(
                issue.severity is Severity.ERROR and issue.code in (IssueCode.TRUNCATED, IssueCode.ASSERTION)
                for issue in issues
            ),
            declared_total=notes.declared_total,
            data_rows=self._data_rows,
            ended_early=bool(notes.truncated),
        )

    def _bounds(self, notes: Notes) -> list[Issue]:
        asserted, rows = self._manifest.assertions, self._data_rows
        issues = []
        if rows < asserted.min_rows:
            issues.append(_issue(IssueCode.ASSERTION, "", f"{rows} rows, fewer than {asserted.min_rows}"))
        if asserted.max_rows is not None and rows > asserted.max_rows:
            issues.append(_issue(IssueCode.ASSERTION, "", f"{rows} rows, more than {asserted.max_rows}"))
        if notes.declared_total is not None and notes.declared_total != rows:
            issues.append(
                _issue(IssueCode.ASSERTION, "", f"{rows} rows where the publisher declares {notes.declared_total}")
            )
        return issues

    def _fill(self) -> list[Issue]:
        if not self._data_rows:
            return []
        return [
            _issue(IssueCode.ASSERTION, name, f"filled in {self._filled[name]} of {self._data_rows} rows")
            for name, least in self._manifest.assertions.fill.items()
            if self._filled[name] < least * self._data_rows
        ]

    def _columns(self, notes: Notes) -> list[Issue]:
        """Declared columns that a table lacks; in other formats a field may well be in no row."""
        named = self._named or set(notes.columns)
        if not isinstance(self._manifest.format, _TABLES) or self._manifest.hook or not named:
            return []
        return [
            Issue(IssueCode.MISSING_FIELD, Severity.WARNING, "delivery", name, "the declared column is not there")
            for name in (*self._manifest.fields, *(self._manifest.group.columns if self._manifest.group else ()))
            if name not in named
        ]

    def _parts(self) -> list[Issue]:
        """Declared fields that have become objects: told even where these are empty, for what is left out is the end
        of a stay, perhaps, that nobody has reached yet."""
        if self._manifest.hook:
            return []
        parts = ((name, name.rpartition(".")[0]) for name in sorted(self._named - self._declared))
        return [
            Issue(IssueCode.UNKNOWN_FIELD, Severity.WARNING, "delivery", name[:200], "a declared field has parts")
            for name, whole in parts
            if whole in self._manifest.fields
        ]

    def _envelope(self, notes: Notes) -> list[Issue]:
        return [
            Issue(IssueCode.UNKNOWN_FIELD, Severity.WARNING, "delivery", name[:200], "the manifest does not declare it")
            for name in (*notes.unknown, *sorted(self._beside)[:_MOST_BESIDE])
        ]


def _issue(code: IssueCode, name: str, reason: str) -> Issue:
    return Issue(code, Severity.ERROR, "delivery", name, reason)
