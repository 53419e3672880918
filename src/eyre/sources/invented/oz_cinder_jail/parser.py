"""Hold reasons of the Zuercher kind: HTML free text that mixes charges, warrants, holds and sentences.

`Charge: 565.056 - ASSAULT 4TH; Bond - CASH, $500.00; Set By Judge QUILL<br />Hold for PIKE CO SO<br />RE-BOOK`
"""

import html
import re
from dataclasses import replace

from eyre.sources.raw_row import RawRow, Values

_BREAK = re.compile(r"<\s*/?\s*(?:br|p|div|li)\b[^<>]{0,100}>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|i|u|em|strong|small|span|font|a)\b[^<>]{0,200}>", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>\s][^<>]{0,200}>")
_CHARGE = re.compile(
    r"^(Charge|Warrant Charge|Warrant|Probation Revocation|Sentenced|Weekender Sentence)\s*:\s*(.+)$", re.IGNORECASE
)
_HOLD = re.compile(r"^(?:Hold for|Extraditi?on(?: to)?|RE-?BOOK)\b[\s:]*", re.IGNORECASE)
_BOND = re.compile(r"^Bond\s*-\s*(.+)$", re.IGNORECASE)
_STATUTE = re.compile(r"^(\d{2,3}\.\d{3})\s*-\s*(.+)$")


def part_hold_reasons(row: RawRow) -> RawRow:
    """`hold_reasons` becomes the lists `holds` and `charges`; a line of another kind stays, and so is an issue."""
    values = dict(row.values)
    holds: list[Values] = []
    charges: list[Values] = []
    left: list[str] = []
    for line in _BREAK.split(values.pop("hold_reasons", "")):
        told = _TAG.sub(" ", line)
        text = " ".join(html.unescape(told).split())
        if not text:
            continue
        if _MARKUP.search(told):
            left.append(text)
        elif (match := _CHARGE.match(text)) and (charge := _charge(match[1], match[2])) is not None:
            charges.append(charge)
        elif _HOLD.match(text):
            holds.append({"text": text, "agency": _HOLD.sub("", text)})
        else:
            left.append(text)
    if left:
        values["hold_reasons"] = "; ".join(left)
    return replace(row, values=values, lists={**row.lists, "holds": holds, "charges": charges})


def _charge(kind: str, text: str) -> Values | None:
    """The charge; nothing where one of its notes is told twice, which parts of two charges in one line are."""
    what, *notes = [piece.strip() for piece in text.split(";")]
    charge = {"kind": kind.title(), "description": what}
    if match := _STATUTE.match(what):
        charge |= {"statute": match[1], "description": match[2]}
    for note in notes:
        match = _BOND.match(note)
        name = "bond" if match else _note_kind(note)
        if name in charge:
            return None
        charge[name] = match[1].replace(", $", " $") if match else note
    return charge


def _note_kind(note: str) -> str:
    """The field name of a note: its first words, when they are known."""
    known = ("set by", "arrest date")
    return next((words.replace(" ", "_") for words in known if note.lower().startswith(words)), "note")
