"""The declared fields of a row, or of an element of a list, read column by column's own rule."""

from collections.abc import Callable, Mapping

from eyre.model.issue import IssueCode
from eyre.sources.draft import Draft
from eyre.sources.field_rule import FieldRule
from eyre.sources.findings import Findings
from eyre.sources.raw_row import Values
from eyre.sources.read_field import field_reader
from eyre.sources.source_facts import SourceFacts
from eyre.sources.told_by_text import ToldByText

MOST_KEPT = 4_096  # texts of one field; those that come often come early


_Column = tuple[str, str, str, Callable[[str], ToldByText | str], dict[str, ToldByText | str]]
"""Name, home and part of its target, what reads it, and what is kept."""


class FieldReaders:
    """What reads each declared field, made once for a manifest."""

    def __init__(self, fields: Mapping[str, FieldRule], ignored: tuple[str, ...], facts: SourceFacts) -> None:
        """`ignored` names what may stand beside `fields`."""
        self.readers = [(name, rule.to, field_reader(rule, facts)) for name, rule in fields.items()]
        self.declared = frozenset((*fields, *ignored))


class Fields:
    """Reads rows of one delivery. What a text told is kept for the next row that has it, within bounds, and goes with
    the delivery."""

    def __init__(self, readers: FieldReaders) -> None:
        """Begins with nothing kept."""
        self._columns: list[_Column] = [(name, *to.partition(".")[::2], read, {}) for name, to, read in readers.readers]
        self._declared = readers.declared

    @property
    def kept(self) -> int:
        """How many texts are kept."""
        return sum(len(kept) for *_, kept in self._columns)

    def take(self, values: Values, draft: Draft, findings: Findings) -> None:
        """Every field is taken into `draft`, or is declared as ignored; one that is left over is an issue."""
        put = draft.put
        for name, home, part, read, kept in self._columns:
            text = values.get(name, "")
            told = kept.get(text)
            if told is None:
                told = read(text)
                if len(kept) < MOST_KEPT:
                    kept[text] = told
            if not told:
                continue
            if isinstance(told, str):
                put(home, part, told)
                continue
            if told.issues:
                findings.note(name, told.issues)
            for other_home, other_part, said in told.pieces:
                put(other_home, other_part, said)
            for take, whole in told.wholes:
                take(draft, whole)
        if not values.keys() <= self._declared:
            self._left_over(values, findings)

    def _left_over(self, values: Values, findings: Findings) -> None:
        for name, text in values.items():
            if name not in self._declared and text.strip():
                findings.fail(IssueCode.UNKNOWN_FIELD, name[:200], "the manifest does not declare this field")
