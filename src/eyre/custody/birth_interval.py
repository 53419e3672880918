"""When somebody was born, from the ages that a source told over time.

Each sighting of an age narrows it, and the day on which the age flips pins the birthday.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from eyre.model.person import Birth, BirthBasis
from eyre.normalise.birth import MAX_AGE, birth_from_age

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class AgeSeen:
    """An age that a source told from the day `first` to the day `last`, days where the source is. `birth` is what it
    meant on one of them. For a source that tells the age at booking both are the day of booking."""

    birth: Birth
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class BirthInterval:
    """The days of birth, both included, that `agreeing` of all sightings allow; `contradicted` if others do not."""

    earliest: date
    latest: date
    agreeing: int
    contradicted: bool


def birth_interval(sightings: Iterable[AgeSeen]) -> BirthInterval | None:
    """The days that the most sightings allow; of several such intervals the widest, then the earliest. Each different
    sighting counts once, and one that is no age is left out. `None` without any."""
    ages = {each for each in sightings if each.birth.basis is BirthBasis.AGE and each.first <= each.last}
    allowed = sorted(_allowed(each) for each in ages)
    if not allowed:
        return None
    agreeing, _, earliest, latest = min(
        (-many, earliest - latest, earliest, latest) for many, earliest, latest in _shared(allowed)
    )
    return BirthInterval(_day(earliest), _day(latest), -agreeing, -agreeing < len(allowed))


def _shared(allowed: list[tuple[int, int]]) -> Iterable[tuple[int, int, int]]:
    """For each day on which an interval begins, how many hold it, and how long all of those go on."""
    for start, _ in allowed:
        holding = [(a, b) for a, b in allowed if a <= start <= b]
        yield len(holding), start, min(b for _, b in holding)


def _allowed(seen: AgeSeen) -> tuple[int, int]:
    """The days of birth, as days since 1970, that give the age on the first and on the last day; where the two exclude
    each other (an age that was not counted on for more than a year) or the age cannot be told, what `birth` says."""
    said = (seen.birth.earliest - _EPOCH).days, (seen.birth.latest - _EPOCH).days
    age = _age_of(seen)
    first = birth_from_age(age, seen.first) if age is not None else None
    last = birth_from_age(age, seen.last) if age is not None else None
    if first is None or last is None or last.earliest > first.latest:
        return said
    return last.earliest, first.latest


def _age_of(seen: AgeSeen) -> int | None:
    """The age that gives `birth` on a day from the first to the last."""
    about = seen.first.year - seen.birth.latest.year
    for age in range(max(0, about - 1), min(MAX_AGE, about + 2 + seen.last.year - seen.first.year)):
        born = birth_from_age(age, seen.first)
        if born is None:
            continue
        moved = (seen.birth.latest - _EPOCH).days - born.latest
        if 0 <= moved <= (seen.last - seen.first).days:
            return age
    return None


def _day(days: int) -> date:
    return _EPOCH + timedelta(days=days)
