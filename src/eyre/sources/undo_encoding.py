"""Texts that were encoded twice: UTF-8 taken for Windows-1252 and written as UTF-8 once more.

Undone only where the whole text goes back without a doubt; no name reads like this by itself, for a capital letter with
a tilde is not followed by a copyright sign. Nothing is guessed: a text that does not go back stays as it is.
"""

from dataclasses import replace

from eyre.model.issue import IssueCode
from eyre.sources.findings import Findings
from eyre.sources.raw_row import RawRow, Values
from eyre.sources.read_name import is_mojibake

_TIMES = 3  # as often as it was ever seen to happen on the way from one system to the next
LOST = "\ufffd"
"""What stands for a letter that was lost."""


def undone(row: RawRow, findings: Findings) -> RawRow:
    """The row with the texts that were encoded twice set right; a text in which letters were lost forbids taking it."""
    values = _values(row.values, findings)
    if not row.lists:
        return row if values is row.values else replace(row, values=values)
    lists = {name: [_values(item, findings) for item in items] for name, items in row.lists.items()}
    return replace(row, values=values, lists=lists)


def _values(values: Values, findings: Findings) -> Values:
    garbled = [name for name, text in values.items() if is_mojibake(text)]
    if not garbled:
        return values
    told = dict(values)
    for name in garbled:
        told[name] = _set_right(values[name])
        if LOST in told[name]:
            findings.fail(IssueCode.ENCODING, name, "letters of the text were lost in a wrong encoding")
        elif told[name] != values[name]:
            findings.warn(IssueCode.ENCODING, name, "the text was encoded twice: undone")
    return told


def _set_right(text: str) -> str:
    for _ in range(_TIMES):
        if not is_mojibake(text):
            return text
        try:
            text = b"".join(_byte(letter) for letter in text).decode("utf-8")
        except UnicodeError:
            return text
    return text


def _byte(letter: str) -> bytes:
    """The byte that was taken for this letter; five that Windows-1252 does not have were taken as they are."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")
