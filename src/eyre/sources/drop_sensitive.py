"""A row without what is never taken: declared columns, and any field whose name tells that it is such."""

from collections.abc import Mapping
from dataclasses import replace

from eyre.model.issue import IssueCode
from eyre.sources.findings import Findings
from eyre.sources.manifest import Manifest
from eyre.sources.raw_row import RawRow, Values
from eyre.sources.sensitive import SensitiveKind, sensitive_field

_MOST_KEPT = 4_096  # names of fields; a hostile delivery can have as many as it has values


class Sieve:
    """Drops what is never taken from the rows of one delivery. Names found harmless are kept, for rows mostly have the
    same."""

    def __init__(self, manifest: Manifest) -> None:
        """Begins with no name known."""
        self._row = _Names(manifest.sensitive)
        self._lists = {name: _Names(rule.sensitive) for name, rule in manifest.lists.items()}
        self._other = _Names({})
        self._dropped_lists = manifest.sensitive

    def clean(self, row: RawRow, findings: Findings) -> RawRow:
        """The row without it; what was dropped is told to `findings`."""
        values = self._row.clean(row.values, findings)
        if not row.lists:
            return row if values is row.values else replace(row, values=values)
        lists = {}
        for name, items in row.lists.items():
            told = self._dropped_lists.get(name) or sensitive_field(name)
            if told is not None:
                findings.drop(told, len(items))
                continue
            names = self._lists.get(name, self._other)
            lists[name] = [names.clean(item, findings) for item in items]
        return replace(row, values=values, lists=lists)


class _Names:
    """Names of fields on one level of a row."""

    def __init__(self, declared: Mapping[str, SensitiveKind]) -> None:
        self._declared = declared
        self._harmless: set[str] = set()

    def clean(self, values: Values, findings: Findings) -> Values:
        """`values` itself, where nothing is to be dropped."""
        if values.keys() <= self._harmless:
            return values
        kept = {name: text for name, text in values.items() if self._harmless_one(name, text, findings)}
        if len(self._harmless) < _MOST_KEPT:
            self._harmless.update(kept)
        return values if len(kept) == len(values) else kept

    def _harmless_one(self, name: str, text: str, findings: Findings) -> bool:
        kind = self._declared.get(name)
        if kind is None:
            kind = sensitive_field(name)
            if kind is not None and text.strip():
                findings.warn(
                    IssueCode.UNKNOWN_FIELD, name[:200], "an undeclared field that is never taken was dropped"
                )
        if kind is not None and text.strip():
            findings.drop(kind)
        return kind is None
