"""Strategies: what several sources say, well and badly, of families."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from eyre.model.field_group import ALL_GROUPS, PERSON_GROUPS, FieldGroup
from eyre.model.judgement import Verdict
from eyre.model.person import Address, Birth, BirthBasis, Identifier, NameKind, Person, PersonName
from eyre.model.record import Record, RecordClass
from eyre.model.view import View
from tests.laws.people import NICKNAMES, Soul, addresses, heads, households, slipped

START = datetime(2026, 1, 1, tzinfo=UTC)
SOURCES = {"az/jail": RecordClass.CUSTODY, "az/court": RecordClass.COURT, "az/probation": RecordClass.SUPERVISION}
"""Each under terms of its own: its records are of the terms class 1, 2 or 3, in this order."""
CLASSES = {source: number for number, source in enumerate(SOURCES, start=1)}
MOST_RECORDS = 12

_SILENCES = ("middle", "suffix", "birth", "sex", "social", "phone", "email", "homes")
_SLIPS = (
    "nickname", "swapped names", "typo", "initial", "day and month", "year only", "age only", "birth digit",
    "second birth", "placeholders", "first of january", "social digit", "alias", "former name", "full name",
    "comma name", "second home", "full address", "no given name", "own number", "nobody",
    "street only", "city only",
)  # fmt: skip


@dataclass(frozen=True)
class Verdicts:
    """What was decided on records `left` and `right` (positions), `hour` hours after the start."""

    left: int
    right: int
    verdict: Verdict
    hour: int


@dataclass(frozen=True)
class Said:
    """Records of families, each of a source and key of its own, and judgements on them."""

    records: tuple[Record, ...]
    verdicts: tuple[Verdicts, ...] = ()


@st.composite
def families(draw: st.DrawFn, *, most: int = MOST_RECORDS) -> Said:
    """Records of one or two households, one to three of each soul, and a few judgements."""
    souls = [soul for house in draw(st.lists(households(), min_size=1, max_size=2)) for soul in house]
    persons = [draw(said_of(soul)) for soul in souls for _ in range(draw(st.integers(1, 3)))][:most]
    sources = draw(st.lists(st.sampled_from(list(SOURCES)), min_size=len(persons), max_size=len(persons)))
    records = tuple(
        record(f"k{at}", source, person) for at, (source, person) in enumerate(zip(sources, persons, strict=True))
    )
    return Said(records, tuple(draw(st.lists(verdicts(len(records)), max_size=3))) if len(records) > 1 else ())


def record(key: str, source: str, person: Person, hour: int = 0) -> Record:
    """What `source` says of `person`."""
    return Record(source, key, SOURCES[source], START + timedelta(hours=hour), person, place="row 1")


@st.composite
def verdicts(draw: st.DrawFn, count: int) -> Verdicts:
    """A judgement on two of `count` records."""
    left, right = sorted(draw(st.lists(st.integers(0, count - 1), min_size=2, max_size=2, unique=True)))
    return Verdicts(left, right, draw(st.sampled_from(list(Verdict))), draw(st.integers(0, 1)))


@st.composite
def views(draw: st.DrawFn) -> View:
    """Some of the terms classes, each less some of the groups of a person."""
    groups = st.sampled_from([group for group in FieldGroup if group & PERSON_GROUPS])
    masks = st.lists(groups, max_size=3).map(lambda hidden: ALL_GROUPS & ~_union(hidden))
    return View("test", draw(st.dictionaries(st.sampled_from(sorted(CLASSES.values())), masks, min_size=1)))


def _union(groups: Sequence[FieldGroup]) -> FieldGroup:
    union = FieldGroup(0)
    for group in groups:
        union |= group
    return union


@st.composite
def said_of(draw: st.DrawFn, soul: Soul) -> Person:
    """What one source says of a soul: silent on some things, wrong on at most three."""
    silences = set(draw(st.lists(st.sampled_from(_SILENCES), max_size=4)))
    slips = set(draw(st.lists(st.sampled_from(_SLIPS), max_size=3)))
    elsewhere = draw(addresses()) if "second home" in slips else None
    heard = replace(soul, **{name: _NOTHING[name] for name in silences if name != "birth"})
    return Person(
        names=_names(heard, slips),
        births=() if "birth" in silences else _births(soul.birth, slips),
        sexes=(heard.sex,) if heard.sex else (),
        identifiers=_identifiers(heard, slips),
        addresses=_homes((*heard.homes, *([elsewhere] if elsewhere else [])), slips),
        phones=("999-999-9999",) if "placeholders" in slips else tuple(filter(None, (heard.phone,))),
        emails=tuple(filter(None, (heard.email,))),
    )


@st.composite
def crowded(draw: st.DrawFn) -> Person:
    """Records that say very much: many aliases, births, homes, numbers."""
    several = draw(st.lists(heads().flatmap(said_of), min_size=1, max_size=8))
    return Person(
        names=tuple(name for each in several for name in each.names),
        births=tuple(birth for each in several for birth in each.births),
        sexes=several[0].sexes,
        identifiers=tuple(number for each in several for number in each.identifiers),
        addresses=tuple(home for each in several for home in each.addresses),
        phones=tuple(phone for each in several for phone in each.phones),
        emails=tuple(email for each in several for email in each.emails),
    )


_NOTHING: dict[str, Any] = dict.fromkeys(_SILENCES, "") | {"homes": ()}


def _names(soul: Soul, slips: set[str]) -> tuple[PersonName, ...]:
    given, surname = soul.given, soul.surname
    if "nobody" in slips:
        return (PersonName(given="John", surname="Doe"),)
    if "nickname" in slips:
        given = NICKNAMES.get(given, given)
    if "typo" in slips:
        surname = surname[:2] + surname[3:4] + surname[2:3] + surname[4:]
    if "initial" in slips:
        given = given[:1]
    if "former name" in slips and soul.former:
        surname = soul.former
    if "no given name" in slips:
        given = ""
    if "swapped names" in slips:
        given, surname = surname, given
    name = PersonName(given, soul.middle, surname, soul.suffix)
    if "full name" in slips:
        name = PersonName(full=" ".join(filter(None, (given, soul.middle, surname, soul.suffix))))
    elif "comma name" in slips:
        name = PersonName(full=f"{surname}, {given} {soul.middle} {soul.suffix}".upper())
    alias = PersonName(given="Ace", surname="Valdivieso", kind=NameKind.ALIAS)
    return (name, alias) if "alias" in slips else (name,)


def _births(born: date, slips: set[str]) -> tuple[Birth, ...]:
    if "year only" in slips:
        return (Birth(date(born.year, 1, 1), date(born.year, 12, 31), BirthBasis.YEAR),)
    if "age only" in slips:
        return (Birth(date(born.year - 1, 11, 20), date(born.year, 11, 19), BirthBasis.AGE),)
    if "first of january" in slips:
        born = born.replace(month=1, day=1)
    if "birth digit" in slips:
        born = born.replace(day=born.day - 1 or 2)
    if "day and month" in slips and born.day <= 12:
        born = born.replace(month=born.day, day=born.month)
    days = [born, born.replace(year=born.year - 20, day=1)] if "second birth" in slips else [born]
    return tuple(Birth(day, day, BirthBasis.DATE, day.isoformat()) for day in days)


def _identifiers(soul: Soul, slips: set[str]) -> tuple[Identifier, ...]:
    social = slipped(soul.social) if "social digit" in slips else soul.social
    if "placeholders" in slips:
        social = "000-00-0000"
    own = Identifier("sid", f"{soul.given[:2]}{soul.birth:%y}-{soul.suffix}77", "az")
    return (*((Identifier("ssn", social),) if social else ()), *((own,) if "own number" in slips else ()))


def _homes(homes: tuple[Address, ...], slips: set[str]) -> tuple[Address, ...]:
    if "placeholders" in slips:
        return (Address(full="HOMELESS"),)
    if "street only" in slips:
        homes = tuple(Address(house_number=home.house_number, street=home.street) for home in homes)
    if "city only" in slips:
        homes = (*homes[1:], *(Address(city=home.city, state=home.state) for home in homes[:1]))
    if "full address" in slips:
        return tuple(Address(full=f"{h.house_number} {h.street}, {h.city}, {h.state} {h.postal_code}") for h in homes)
    return homes
