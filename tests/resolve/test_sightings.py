"""Where two records were made, and when their people were held: evidence for and against."""

from datetime import date

import numpy as np
import pytest

from eyre.model.person import Birth, BirthBasis, Person, PersonName
from eyre.resolve.explain import PairExplanation, explain_pair
from eyre.resolve.features import code, features_of
from eyre.resolve.keys import keys_of
from eyre.resolve.layout import Int64
from eyre.resolve.model import default_model
from eyre.resolve.neighbourhood import Asked, Near, Sighted, Told, told_of
from eyre.resolve.pack_features import each_record, pack_features
from eyre.resolve.resolve_all import resolve_all
from eyre.resolve.resolve_around import resolve_around
from eyre.resolve.said import said_by_persons
from eyre.resolve.sightings import NO_SIGHTINGS, UNSEEN, sightings_of_rows, state_number, with_sightings

MODEL = default_model()
DAY = 24 * 60
OZ, AU = state_number("OZ"), state_number("au")
JAIL, OTHER = 1, 2
NOWHERE = (0, JAIL, UNSEEN, UNSEEN, UNSEEN, 0)

Line = tuple[int, int, int, int, int, int]


def somebody(age_from: int = 1990) -> Person:
    """Of one name, and of an age that two people may well have."""
    birth = Birth(date(age_from, 5, 5), date(age_from + 1, 5, 4), BirthBasis.AGE, "35")
    return Person((PersonName(given="Gregory", surname="Haid"),), (birth,), ("M",))


def explained(one: Line, other: Line) -> PairExplanation:
    features = features_of(code(said_by_persons([somebody(), somebody()])), MODEL.frequencies)
    lines = np.array([one, other], dtype=np.int64)
    return explain_pair(with_sightings(features, sightings_of_rows(2, np.arange(2), list(lines.T))), MODEL, 0, 1)


def bits_of(found: PairExplanation, key: str) -> float:
    return next(part.bits for part in found.parts if part.key == key)


def held(since: int, until: int, *, state: int = OZ, source: int = JAIL, over: bool = False) -> Line:
    """Somebody who was booked on day `since` and last seen on day `until`."""
    return state, source, since * DAY, since * DAY, until * DAY, int(over)


def test_the_same_state_says_nothing_and_another_speaks_against() -> None:
    here = explained((OZ, JAIL, UNSEEN, UNSEEN, UNSEEN, 0), (OZ, OTHER, UNSEEN, UNSEEN, UNSEEN, 0))
    away = explained((OZ, JAIL, UNSEEN, UNSEEN, UNSEEN, 0), (AU, OTHER, UNSEEN, UNSEEN, UNSEEN, 0))
    nowhere = explained(NOWHERE, NOWHERE)
    assert bits_of(here, "state") == bits_of(nowhere, "state") == 0
    assert bits_of(away, "state") == MODEL.weights["state_differs"]
    assert here.total == nowhere.total > away.total


def test_two_stays_at_once_are_two_people() -> None:
    apart = explained(held(0, 3, over=True), held(9, 12, source=OTHER))
    elsewhere = explained(held(0, 5), held(3, 8, source=OTHER))
    same_list = explained(held(0, 5), held(3, 8))
    assert bits_of(apart, "stay") == 0
    assert bits_of(elsewhere, "stay") == MODEL.weights["stay_together"]
    assert bits_of(same_list, "stay") == MODEL.weights["stay_together_here"]
    assert apart.total > elsewhere.total > same_list.total


def test_two_lists_may_name_somebody_for_less_than_a_day_while_they_are_moved() -> None:
    moved = explained(held(0, 5, over=True), (OZ, OTHER, 5 * DAY - 300, 5 * DAY - 300, 9 * DAY, 0))
    assert bits_of(moved, "stay") == MODEL.weights["stay_follows"]


@pytest.mark.parametrize("first_is_over", [True, False])
def test_a_stay_that_begins_as_another_ends_speaks_for_one_person(first_is_over: bool) -> None:
    found = explained(held(0, 5, over=first_is_over), held(6, 9, source=OTHER))
    assert bits_of(found, "stay") == (MODEL.weights["stay_follows"] if first_is_over else 0)
    turned = explained(held(6, 9, source=OTHER), held(0, 5, over=first_is_over))
    assert turned == found


def test_a_stay_under_another_name_of_the_record_is_the_same_one() -> None:
    """A corrected name makes another record where rows have no numbers: its stay began when the other's did."""
    later = (OZ, JAIL, 0, 6 * DAY, 9 * DAY, 0)
    assert bits_of(explained(held(0, 5, over=True), later), "stay") == MODEL.weights["stay_follows"]


def test_what_nobody_knows_of_is_not_compared() -> None:
    """Files have no sightings: the weight is what it was, and no pair is left out for them."""
    persons = [somebody(), somebody()]
    features = features_of(code(said_by_persons(persons)), MODEL.frequencies)
    assert explain_pair(features, MODEL, 0, 1).total == explained(NOWHERE, NOWHERE).total
    said = said_by_persons(persons)
    assert resolve_all(said, MODEL).person.tolist() == resolve_all(said, MODEL, (), NO_SIGHTINGS).person.tolist()


def test_persons_follow() -> None:
    """A name and an age that are rare are one person; not if both were in custody in two places."""
    persons = [Person((PersonName(given="Gregory", surname="Haid"),), somebody().births, ("M",)) for _ in range(2)]
    said = said_by_persons(persons)
    lines = np.array([held(0, 9), held(3, 8)], dtype=np.int64)
    at_once = sightings_of_rows(2, np.arange(2), list(lines.T))
    assert resolve_all(said, MODEL).persons == 1
    assert resolve_all(said, MODEL, (), at_once).persons == 2


@pytest.mark.parametrize(
    ("code_", "is_number"), [("ga", True), (" GA ", True), ("", False), ("g4", False), ("gax", False)]
)
def test_states_have_numbers(code_: str, is_number: bool) -> None:
    assert bool(state_number(code_)) == is_number
    assert not is_number or state_number(code_) == state_number("GA")


class Asking:
    """A neighbourhood in memory that notes of whom it was asked where and when they were seen."""

    def __init__(self, persons: list[Person]) -> None:
        features = features_of(code(said_by_persons(persons)), MODEL.frequencies)
        self.packed = dict(enumerate(each_record(pack_features(features))))
        self.keys = keys_of(features, MODEL)
        self.asked: list[int] = []

    def told(self, records: Int64) -> Told:
        return told_of({record: self.packed[record] for record in records.tolist()})

    def sighted(self, records: Int64) -> Sighted:
        self.asked += records.tolist()
        return Sighted()

    def near(self, asked: Asked) -> Near:
        wanted = np.isin(self.keys.key, asked.keys)
        return Near(self.keys.key[wanted], self.keys.row[wanted].astype(np.int64), np.zeros(0, dtype=np.int64), ())


def test_who_is_no_near_match_is_not_asked_where_they_were() -> None:
    """A key is shared with many; it is weighed first whether they come near."""
    others = [
        Person((PersonName(given="Gregory", surname="Haid"),), (born(year),), ("F",)) for year in range(1930, 1980)
    ]
    asking = Asking([somebody(), somebody(), *others])
    found = resolve_around([0], asking, MODEL)
    assert found.records.tolist() == [0, 1]
    assert sorted(asking.asked) == [0, 1]


def born(year: int) -> Birth:
    return Birth(date(year, 2, 3), date(year, 2, 3), BirthBasis.DATE)
