"""What is never taken from a source: place of birth, citizenship, immigration status, immigration holds, religion.

A declared column is dropped by its declaration; an undeclared one by its name, so that a source which starts to send
one is not answered with a store full of it. Immigration holds are known by their text. Race and ethnicity can only be
declared as ignored.
"""

import re
from enum import StrEnum
from functools import lru_cache


class SensitiveKind(StrEnum):
    """What was dropped; the words under which it is counted."""

    BIRTH_PLACE = "birth-place"
    CITIZENSHIP = "citizenship"
    IMMIGRATION_STATUS = "immigration-status"
    IMMIGRATION_HOLD = "immigration-hold"
    RELIGION = "religion"


_FIELD_WORDS = (
    (
        SensitiveKind.BIRTH_PLACE,
        re.compile(r"birth[_ ]?(place|city|state|country|county|location)|place[_ ]of[_ ]birth|\bpob\b"),
    ),
    (SensitiveKind.CITIZENSHIP, re.compile(r"citizen|\bnationality\b|country[_ ]of[_ ]origin")),
    (SensitiveKind.IMMIGRATION_HOLD, re.compile(r"(immigration|\bice|\bdhs)[_ ](hold|detainer)")),
    (SensitiveKind.IMMIGRATION_STATUS, re.compile(r"immigra|\balien\b|\bvisa\b|lawful[_ ]presence")),
    (SensitiveKind.RELIGION, re.compile(r"relig|\bfaith\b|\bdenomination\b")),
)
_RACE = re.compile(r"\brace\b|ethnic|hispanic|skin[_ ](colou?r|tone)|complexion")

_HOLD_WORD = r"(?:holds?|detainers?|custody|pick[ -]?up|transfer|release[d]?)"
_ICE = r"(?:u\.?\s?s\.?\s?)?i\.?c\.?e\.?"
_LIKELY = rf"(?:{_ICE}|d\.?h\.?s\.?|c\.?b\.?p\.?|homeland security|border patrol)"
_AGENCY = rf"(?:{_LIKELY}|i\.?n\.?s\.?|e\.?r\.?o\.?)"
_HOLD_TEXT = re.compile(
    rf"\bimmigration\b|\bdeport|\bborder patrol\b|\bhomeland security\b|\bi-?247|\b287\(?g\b|\bremoval order"
    rf"|(?<!\w){_AGENCY}(?!\w)[\s/:-]*(?:\w+\s+)?{_HOLD_WORD}\b"
    rf"|\b{_HOLD_WORD}\b[\s/:,(-]*(?:(?:for|by|to|from|per)[\s:-]*)?(?:the\s+)?(?<!\w){_AGENCY}(?!\w)"
    rf"|\b{_HOLD_WORD}\b(?:[^\w;,|]+\w+){{0,4}}?[^\w;,|]+{_LIKELY}(?!\w)"
    rf"|^\s*{_ICE}\s*$",
    re.IGNORECASE,
)
_HINTS = ("immigr", "deport", "patrol", "homeland", "247", "287", "removal", "ice", "dhs", "cbp", "ins", "ero")
"""Each text that `_HOLD_TEXT` or `_HOLD_AGENCY` finds has one of these, once its full stops are left out. To look for
them costs a twentieth of what those patterns do, and few texts have one."""
_HOLD_AGENCY = re.compile(rf"(?<!\w)(?:{_ICE}|d\.?h\.?s\.?|c\.?b\.?p\.?)(?!\w)", re.IGNORECASE)


def _words(field: str) -> str:
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", field)
    return re.sub(r"[^a-z0-9]+", " ", parted.lower()).strip()


@lru_cache(maxsize=4096)
def sensitive_field(field: str) -> SensitiveKind | None:
    """What a field of this name holds that is never taken, judged by its last dotted part (`Details.Birth Place:`)."""
    words = _words(field.rsplit(".", 1)[-1] if not field.endswith(".") else field)
    return next((kind for kind, pattern in _FIELD_WORDS if pattern.search(words)), None)


@lru_cache(maxsize=4096)
def race_field(field: str) -> bool:
    """Whether a field of this name holds race or ethnicity."""
    return _RACE.search(_words(field)) is not None


def immigration_hold(text: str, *, in_hold: bool = False) -> bool:
    """Whether `text` tells of an immigration hold. Inside a hold the agency's name alone tells it.

    A charge that only names the drug called ice is not one: `POSS ICE` does not match, `HOLD FOR ICE` does.
    """
    if text.isascii() and not _hinted(text.lower().replace(".", "")):
        return False
    if _HOLD_TEXT.search(text):
        return True
    return in_hold and _HOLD_AGENCY.search(text) is not None


def _hinted(plain: str) -> bool:
    for hint in _HINTS:  # noqa: SIM110 - a generator would cost more than the search
        if hint in plain:
            return True
    return False
