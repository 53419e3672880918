"""A row that names somebody else is no correction of a name."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from eyre.model.parts import record_to_parts
from eyre.model.person import Birth, BirthBasis, Person, PersonName
from eyre.model.record import Record, RecordClass
from eyre.service.another_person import another_person
from eyre.service.open_issues import issues_open
from eyre.store.open_store import Store
from tests.service.rosters import jail, look, page, row


def said(given: str, surname: str, born: int | None = 1984) -> dict[str, Any]:
    births = () if born is None else (Birth(date(born, 5, 6), date(born, 5, 6), BirthBasis.DATE, f"{born}-05-06"),)
    person = Person((PersonName(given=given, surname=surname),), births)
    record = Record("a", "1", RecordClass.CUSTODY, datetime(2026, 5, 4, tzinfo=UTC), person)
    return {str(int(group)): body for group, body in record_to_parts(record).items()}


@pytest.mark.parametrize(
    "now",
    [
        said("BRENDA", "KOWALSKI", 1991),
        said("BRENDA", "KOWALSKI", None),
        said("MICHAEL", "KOWALSKI", 1991),  # a first name that many bear
    ],
)
def test_another_name_is_another_person(now: dict[str, Any]) -> None:
    assert another_person(said("MICHAEL", "ASHCROFT"), now)
    assert another_person(now, said("MICHAEL", "ASHCROFT"))


@pytest.mark.parametrize(
    "now",
    [
        said("MICHAEL", "ASHCROFT", 1985),
        said("MICHEAL", "ASHCRAFT", 1948),
        said("ASHCROFT", "MICHAEL"),
        said("MIKE", "ASHCROFT"),
        said("MICHAEL", "KOWALSKI"),  # married, or known by another surname: born on the same day
        said("", ""),
        {},
    ],
)
def test_a_correction_is_not(now: dict[str, Any]) -> None:
    assert not another_person(said("MICHAEL", "ASHCROFT"), now)


def test_who_was_booked_as_unknown_is_named_later() -> None:
    assert not another_person(said("JOHN", "DOE", None), said("MICHAEL", "ASHCROFT"))


def test_a_row_that_names_somebody_else_is_told(store: Store) -> None:
    manifest = jail()
    look(store, manifest, 0, page(*(row(number) for number in range(10))))
    other = row(0, LAST="KOWALSKI", FIRST="BRENDA", DOB="1991-05-06")
    look(store, manifest, 1, page(other, *(row(number) for number in range(1, 10))))
    (issue,) = issues_open(store, manifest.id)
    assert (issue.code, issue.places) == ("number-again", 1)
    assert "KOWALSKI" not in repr(issue)
    look(store, manifest, 2, page(other, row(1, DOB="1984-03-12"), *(row(number) for number in range(2, 10))))
    assert issues_open(store, manifest.id) == ()
