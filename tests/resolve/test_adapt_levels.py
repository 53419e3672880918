"""What a closed file shows of its own errors moves the weights, and nothing else does."""

from datetime import date, timedelta

import pytest

from eyre.model.person import Address, Person
from eyre.resolve.adapt import adapt
from eyre.resolve.adapt_levels import fit_levels
from eyre.resolve.features import code, features_of
from eyre.resolve.marks import marks_of
from eyre.resolve.model import Model, default_model
from eyre.resolve.postings import postings_of
from eyre.resolve.said import said_by_persons
from eyre.resolve.tie import pairs_of_sample
from tests.resolve.invented import person

MODEL = default_model()
GIVEN = ("Avery", "Blake", "Carmen", "Dolores", "Emmett", "Florence", "Gideon", "Harriet", "Ignacio", "Josephine")
SURNAMES = ("Abernathy", "Birdsong", "Castellano", "Dunkley", "Eberhart", "Fontaine", "Gallardo", "Hollings", "Ives")
OTHERS = ("Quill", "Ravensworth", "Stout", "Thackeray", "Umberland", "Vox", "Wrangell")


def social_of(number: int) -> str:
    """A social security number."""
    return f"{number * 7919 % 600 + 100:03d}{number % 90 + 10:02d}{number * 31 % 9000 + 1000:04d}"


def twice(number: int, *, renamed: bool) -> list[Person]:
    """Two records of one person, of whom everything but the surname makes sure."""
    born = (date(1950, 1, 2) + timedelta(days=97 * number)).isoformat()
    home = Address(house_number=str(number + 100), street=f"{OTHERS[number % 7]} Road", city="Azure", state="AZ")
    given, surname = GIVEN[number % 10], SURNAMES[number * 5 % 9]
    other = OTHERS[number * 3 % 7] if renamed else surname
    return [person(f"{given} {name}", born, home=home, social=social_of(number)) for name in (surname, other)]


def fitted(persons: list[Person], rows: int = 10_000) -> tuple[Model, Model]:
    """The model before and after it is fitted to a file of these."""
    coded = code(said_by_persons(persons))
    model = adapt(MODEL, coded)
    features = features_of(coded, model.frequencies)
    postings = postings_of(marks_of(features, model), model.most, sampled=rows)
    return model, fit_levels(model, features, pairs_of_sample(postings, model))


@pytest.mark.parametrize(("renamed", "low", "high"), [(0, -4.0, -1.0), (10, 1.5, 3.5)])
def test_a_level_weighs_what_the_file_shows_of_it(renamed: int, low: float, high: float) -> None:
    persons = [each for number in range(400) for each in twice(number, renamed=number % 100 < renamed)]
    before, after = fitted(persons)
    assert low < after.weights["surname_differs"] - before.weights["surname_differs"] < high
    assert after.weights["ssn_differs"] < before.weights["ssn_differs"]
    assert abs(after.duplicates - 1.0) < 0.1


def test_kin_are_as_common_as_the_file_shows() -> None:
    """A file without a household makes kin rare; one with households leaves them as the model has them."""
    alone = [
        person(
            f"{GIVEN[number % 10]} {SURNAMES[number % 9]}{OTHERS[number % 7].lower()}",
            f"{1930 + number % 60}-0{1 + number % 9}-1{number % 8}",
            home=Address(house_number=str(number + 1), street=f"{OTHERS[number % 7]} Road", city="Azure", state="AZ"),
        )
        for number in range(1000)
        for _ in range(2)
    ]
    _, without = fitted(alone)
    families = [
        person(
            f"{given} {surname}",
            f"{1940 + 5 * at}-0{1 + at % 9}-1{at % 9}",
            home=Address(house_number=str(number + 1), street="Larch Court", city="Azure", state="AZ"),
        )
        for number, surname in enumerate(SURNAMES * 10)
        for at, given in enumerate(GIVEN[:5])
    ]
    _, within = fitted(families)
    assert without.weights["household_share"] < MODEL.weights["household_share"] - 3.0
    assert within.weights["household_share"] == pytest.approx(MODEL.weights["household_share"])
    for fit in (without, within):
        twins = fit.weights["twin_share"] - fit.weights["household_share"]
        assert twins == pytest.approx(MODEL.weights["twin_share"] - MODEL.weights["household_share"])


def couple(number: int, *, borrows: bool) -> list[Person]:
    """Two records each of two people of one house, who may give one social security number."""
    home = Address(house_number=str(number + 1), street=f"{OTHERS[number % 7]} Road", city="Azure", state="AZ")
    surname = f"{SURNAMES[number % 9]}{OTHERS[number % 7].lower()}"
    given = (GIVEN[number % 5], GIVEN[5 + number // 5 % 5])
    born = [(date(1950, 1, 2) + timedelta(days=31 * number + 6023 * at)).isoformat() for at in range(2)]
    social = [social_of(number), social_of(number if borrows else number + 500)]
    return [person(f"{given[at]} {surname}", born[at], home=home, social=social[at]) for at in (0, 1, 0, 1)]


@pytest.mark.parametrize(("in_hundred", "low", "high"), [(0, -3.0, -0.5), (4, 3.5, 4.0)])
def test_kin_share_numbers_as_often_as_the_file_shows(in_hundred: int, low: float, high: float) -> None:
    persons = [each for number in range(500) for each in couple(number, borrows=number % 100 < in_hundred)]
    before, after = fitted(persons)
    assert low <= after.weights["household_ssn"] - before.weights["household_ssn"] <= high


def test_without_numbers_to_compare_kin_share_them_as_often_as_the_model_has_it() -> None:
    before, after = fitted([each for number in range(200) for each in twice(number, renamed=False)])
    assert after.weights["household_ssn"] == pytest.approx(before.weights["household_ssn"])


def test_no_weight_moves_beyond_its_bounds() -> None:
    before, after = fitted([each for number in range(3000) for each in twice(number, renamed=False)])
    moved = {name: after.weights[name] - before.weights[name] for name in before.weights if not name.endswith("_share")}
    assert max(map(abs, moved.values())) <= 4.0
    assert min(moved.values()) == -4.0
    assert moved["household_given"] == 0.0


def test_a_part_of_the_records_shows_nearly_what_all_of_them_do() -> None:
    persons = [each for number in range(1500) for each in twice(number, renamed=number % 10 == 0)]
    _, whole = fitted(persons)
    _, part = fitted(persons, rows=1000)
    assert abs(whole.weights["surname_differs"] - part.weights["surname_differs"]) < 0.6
    assert part.duplicates == pytest.approx(whole.duplicates, rel=0.1)
