"""Marks of damage: what no text of a record holds, whoever typed it.

A slip of the hand is none of them (`FAILURE TO AOPEAR`): it reads as any other text does.
"""

import re
from collections.abc import Iterator
from unicodedata import category

from eyre.model.issue import IssueCode
from eyre.sources.read_name import is_mojibake
from eyre.sources.target import NAME_HOMES
from eyre.sources.told_by_text import ToldByText

LONGEST_WORD = 250
"""Characters between two blanks or commas. The longest address of electronic mail has 254, of which two are `@` and a
dot; what is longer was never typed."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufff9-\ufffc\ufffe\uffff]")
_AS_BLANK = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029\ue000-\uf8ff]|\r(?!\n)")
_MARK_OF_ORDER = re.compile("\ufeff|\xff\xfe|\xfe\xff|\xef\xbb\xbf")
"""The byte order mark, and what one looks like that was read in Windows-1252."""
_WORD = re.compile(rf"[^\s,;/|]{{{LONGEST_WORD + 1}}}")
_BRACES = re.compile("[{}^|\xac\xa6\xa4\xaf\xb8]")
_STRUCTURE = "td|tr|th|dd|dt|dl|li|ul|br|div|span|table|tbody|html|body"
_MARKUP = re.compile(rf"</?(?:{_STRUCTURE})\b|\b(?:{_STRUCTURE})\s*/?>", re.IGNORECASE)
_NO_NAME = re.compile(r"[<>=\[\]~\\%$!_]|[0-9]{3}")
_NO_NUMBER = re.compile(r"""[<>=\[\]~\\%$!?"`@]""")
_MAY_BE_SIGNS = frozenset({"middle", "suffix"})
"""Parts of names in whose place a dash or a full stop says that there is none."""
_NUMBERS = frozenset({"booking.booking_number", "case.docket_number", "charge.statute"})
_OF_NAMES = frozenset("0123456789 `+*\xb4")
"""Signs and digits that do stand in names: `O`BRIEN`, `SMITH 3RD`, `*SEE NOTE`."""


def tell_damage(text: str, told: ToldByText) -> None:
    """Tells what is wrong with the letters of a whole text, white space as it came."""
    if text.isalnum() and len(text) <= LONGEST_WORD:
        return
    if _CONTROL.search(text):
        told.fail(IssueCode.BAD_VALUE, "a control character stands in the text")
    if _MARK_OF_ORDER.search(text):
        told.fail(IssueCode.BAD_VALUE, "a byte order mark stands in the text")
    if _AS_BLANK.search(text):
        told.warn(IssueCode.ENCODING, "a character that is no letter stands in the text, and was read as a blank")
    if len(text) > LONGEST_WORD and _WORD.search(text):
        told.fail(IssueCode.BAD_VALUE, f"a word has more than {LONGEST_WORD} characters")


def marks_of_damage(value: str, target: str) -> Iterator[str]:
    """Why a single value for `target` is hardly what was meant, in words that do not repeat it."""
    if value.isalnum():
        return
    if _BRACES.search(value):
        yield "a sign stands in the text that nobody types: several values in one, a template, or damage"
    if _MARKUP.search(value):
        yield "markup stands in the text"
    home, _, part = target.partition(".")
    if home in NAME_HOMES and part not in _MAY_BE_SIGNS and not any(each.isalpha() for each in value):
        yield "no letter stands in it, as in every name"
    elif home in NAME_HOMES and _marks_no_name_has(value):
        yield "a sign stands in it that no name has"
    elif (target in _NUMBERS or target.startswith("identifier.")) and _NO_NUMBER.search(value):
        yield "a sign stands in it that no number has"


def _marks_no_name_has(value: str) -> bool:
    if _NO_NAME.search(value) or value.count('"') % 2:
        return True
    if value.isascii() or is_mojibake(value):  # that is told by itself
        return False
    return any(category(each)[0] in "SNC" for each in value if each not in _OF_NAMES)
