"""How a source misreports a person: the rates that a national criminal-justice matching service publishes."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from population import NICKNAMES, Home, Human, new_home

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass
class Saying:
    """What one record says of a person."""

    given: str
    middle: str
    surname: str
    suffix: str
    born: date
    home: Home
    sex: str

    @property
    def last_first(self) -> str:
        """`LAST SUFFIX, FIRST MIDDLE` in capitals."""
        last = " ".join(filter(None, (self.surname, self.suffix)))
        return f"{last}, {' '.join(filter(None, (self.given, self.middle)))}".upper()


def say(draw: random.Random, person: Human) -> Saying:
    """Name exact in 88 of 100, birth date in 95, middle name in 93, address in 75."""
    told = Saying(person.given, person.middle, person.surname, person.suffix, person.born, person.home, person.sex)
    _misname(draw, person, told)
    chance = draw.random()
    if chance < 0.07:
        told.middle = told.middle[0] if chance < 0.04 else ""
    told.born = _misdate(draw, person.born)
    if draw.random() < 0.25:
        told.home = new_home(draw)
    if told.suffix and draw.random() < 0.3:
        told.suffix = ""
    return told


def _misname(draw: random.Random, person: Human, told: Saying) -> None:
    chance = draw.random()
    if chance < 0.07:
        which = "given" if draw.random() < 0.5 else "surname"
        setattr(told, which, typo(draw, getattr(told, which)))
    elif chance < 0.09:
        told.given = NICKNAMES.get(person.given, person.given)
    elif chance < 0.11 and person.aliases:
        told.given, told.surname = person.aliases[0]
    elif chance < 0.112:
        told.given, told.surname = told.surname, told.given


def _misdate(draw: random.Random, born: date) -> date:
    chance = draw.random()
    if chance < 0.012:
        return born.replace(day=min(28, max(1, born.day + draw.choice((-10, -1, 1, 10)))))
    if chance < 0.017 and born.day <= 12:
        return born.replace(month=born.day, day=born.month)
    if chance < 0.032:
        return born.replace(month=1, day=1)
    return born + timedelta(days=draw.randint(-1800, 1800)) if chance < 0.042 else born


def typo(draw: random.Random, word: str) -> str:
    """One letter swapped, left out, doubled or replaced."""
    at = draw.randrange(1, max(2, len(word) - 1))
    kind = draw.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :] if at < len(word) else word
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + word[at : at + 1] + word[at:]
    return word[:at] + draw.choice(_LETTERS) + word[at + 1 :]


def age_on(born: date, day: date) -> int:
    """Completed years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
