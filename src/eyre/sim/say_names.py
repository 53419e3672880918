"""What a facility has down of a person: mostly what is true, else a slip of the keyboard, an alias, parts swapped, a
wrong or a placeholder birth date.

The rates are those recommended for generators from what linked court, probation and prison records show of true
matches. A facility has one person down in the same way from stay to stay, most of the time.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eyre.sim.name_pool import as_texts, name_pool, numbers_of
from eyre.sim.slips import mistyped
from eyre.sim.streams import Int64
from eyre.sim.world import Persons, Texts

_EXACT, _GIVEN_SLIP, _SURNAME_SLIP, _ALIAS, _SWAPPED, _ONE_DIFFERS, _BOTH_DIFFER, _UNKNOWN = range(8)
NAME_SHARES = np.cumsum([0.885, 0.035, 0.036, 0.020, 0.002, 0.012, 0.009, 0.001])
_DAY_EXACT, _DIGIT, _TURNED, _OTHER_DAY, _NEAR_YEARS, _PLACEHOLDER, _ANY_DAY, _NO_DAY = range(8)
BIRTH_SHARES = np.cumsum([0.948, 0.012, 0.005, 0.011, 0.010, 0.011, 0.002, 0.001])
_MIDDLES = np.cumsum([0.930, 0.035, 0.030, 0.005])  # exact, initial, none, a slip
_SUFFIX_TOLD, _SENIOR_TOLD = 0.85, 0.4
_WRONG_SEX = 0.002
_AGAIN = 0.10  # of stays: put down anew, whatever was there
_SHORT = 0.75  # of other given names, where there is a short form
_NEW_SUBJECT = 0.10  # of those: not recognised, so that the subject gets another number
_NO_BIRTH = -1


@dataclass(frozen=True)
class Said:
    """A row a stay, case or term. `subject` numbers whom the facility takes to be one person: rows of one facility with
    the same number; it is the row where it was met first."""

    given: Texts
    middle: Texts
    surname: Texts
    suffix: Texts
    born: NDArray[np.int32]
    sex: Texts
    subject: Int64


def say_names(persons: Persons, person: Int64, facility: Int64, random: np.random.Generator, surname: Texts) -> Said:
    """What each facility says of each person, who bears `surname` then; rows are in the order in which the facility
    meets them."""
    many = len(person)
    _, first, of = np.unique(facility * len(persons.born) + person, return_index=True, return_inverse=True)
    rows = np.arange(many)
    again = random.random(many) < _AGAIN
    source = np.where(again, rows, first[of])
    new = again & (random.random(many) < _NEW_SUBJECT)
    needed = np.zeros(many, dtype=np.bool_)
    needed[source] = True  # what only repeats another row need not be drawn
    own = np.flatnonzero(needed)
    at = (np.cumsum(needed) - 1)[source]
    given, surname = _names(persons, person[own], surname[own], random)
    middle = _middles(persons.middle[person[own]], random)
    suffix = persons.suffix[person[own]]
    told = random.random(len(own)) < np.where(suffix == "SR", _SENIOR_TOLD, _SUFFIX_TOLD)
    suffix[~told] = ""
    sex = persons.sex[person[own]]
    wrong = random.random(len(own)) < _WRONG_SEX
    sex[wrong] = np.where(sex[wrong] == "M", "F", "M")
    born = _births(persons.born[person[own]].astype(np.int64), random).astype(np.int32)
    return Said(given[at], middle[at], surname[at], suffix[at], born[at], sex[at], np.where(new, rows, first[of]))


def _names(persons: Persons, person: Int64, surname: Texts, random: np.random.Generator) -> tuple[Texts, Texts]:
    """Given name and surname as they are put down; changes `surname`."""
    texts, names = name_pool()
    given = persons.given[person]
    kind = np.searchsorted(NAME_SHARES, random.random(len(person)) * NAME_SHARES[-1], side="right")
    alias_given, alias_surname = persons.alias_given[person], persons.alias_surname[person]
    bears = (alias_given != "") | (alias_surname != "")
    kind = np.where((kind == _ALIAS) & ~bears, np.where(random.random(len(person)) < 0.5, _ONE_DIFFERS, _ALIAS), kind)
    alias = (kind == _ALIAS) & bears
    _replace(given, alias & (alias_given != ""), alias_given)
    _replace(surname, alias & (alias_surname != ""), alias_surname)
    _slip(given, (kind == _GIVEN_SLIP) | ((kind == _ALIAS) & ~bears), random)
    _slip(surname, kind == _SURNAME_SLIP, random)
    female = (persons.sex[person] == "F").astype(np.int64)
    rows = np.flatnonzero((kind == _ONE_DIFFERS) | (kind == _BOTH_DIFFER))
    other_given = texts[names.draw_given(1 - female[rows], random)]
    short = names.nicknames[np.maximum(numbers_of(given[rows]), 0), random.integers(0, 3, len(rows))]
    short = np.where(random.random(len(rows)) < _SHORT, short, -1)
    other_given[short >= 0] = texts[short[short >= 0]]
    other_surname = texts[names.draw_surname(len(rows), random)]
    both = kind[rows] == _BOTH_DIFFER
    given_differs = both | (random.random(len(rows)) < np.where(female[rows] == 1, 0.3, 0.6))
    given[rows[given_differs]] = other_given[given_differs]
    surname_differs = both | ~given_differs
    surname[rows[surname_differs]] = other_surname[surname_differs]
    swapped = np.flatnonzero(kind == _SWAPPED)
    given[swapped], surname[swapped] = surname[swapped], given[swapped]
    unknown = np.flatnonzero(kind == _UNKNOWN)
    first_name = random.random(len(unknown)) < 0.6
    given[unknown[first_name]] = "FNU"  # first name unknown
    surname[unknown[~first_name]] = "LNU"
    return given, surname


def _middles(middle: Texts, random: np.random.Generator) -> Texts:
    kind = np.searchsorted(_MIDDLES, random.random(len(middle)) * _MIDDLES[-1], side="right")
    initial = np.flatnonzero(kind == 1)
    middle[initial] = middle[initial].astype(np.str_).astype("U1").astype(np.object_)
    middle[kind == 2] = ""
    _slip(middle, (kind == 3) & (middle != ""), random)
    return middle


def _births(born: Int64, random: np.random.Generator) -> Int64:
    kind = np.searchsorted(BIRTH_SHARES, random.random(len(born)) * BIRTH_SHARES[-1], side="right")
    date = born.astype("datetime64[D]")
    year = date.astype("datetime64[Y]").astype(np.int64)
    month = date.astype("datetime64[M]").astype(np.int64) - year * 12
    day = (date - date.astype("datetime64[M]")).astype(np.int64)
    which = random.integers(0, 4, len(born))
    step = np.where(random.random(len(born)) < 0.5, 1, -1)
    digit = kind == _DIGIT
    year = year + np.where(digit & (which == 0), 10 * step, 0) + np.where(digit & (which == 1), step, 0)
    month = np.where(digit & (which == 2), (month + step) % 12, month)
    day = np.where(digit & (which == 3), (day + np.where(day % 10 < 5, 10, 1) * step) % 28, day)
    turned = (kind == _TURNED) & (day < 12)
    month, day = np.where(turned, day, month), np.where(turned, month, day)
    placeholder = kind == _PLACEHOLDER
    month, day = np.where(placeholder, 0, month), np.where(placeholder, 0, day)
    changed = digit | turned | placeholder
    day = np.where(changed, np.minimum(day, np.where(month == 1, 27, 29)), day)
    firsts = (year * 12 + month).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    found = firsts + day
    other = (kind == _OTHER_DAY) | (kind == _ANY_DAY)
    found = np.where(other, born + random.integers(-2_500, 2_500, len(born)), found)
    found = np.where(kind == _NEAR_YEARS, born + random.integers(1, 1_826, len(born)) * step, found)
    found = np.where(found == _NO_BIRTH, _NO_BIRTH - 1, found)
    return np.where(kind == _NO_DAY, _NO_BIRTH, found)


def _replace(texts: Texts, rows: NDArray[np.bool_], others: Texts) -> None:
    texts[rows] = others[rows]


def _slip(texts: Texts, rows: NDArray[np.bool_], random: np.random.Generator) -> None:
    chosen = np.flatnonzero(rows)
    if len(chosen):
        lower = np.char.lower(texts[chosen].astype(np.str_))
        typed = mistyped(lower.astype(np.bytes_), np.ones(len(chosen), dtype=np.bool_), random)
        texts[chosen] = as_texts(np.char.upper(typed))
