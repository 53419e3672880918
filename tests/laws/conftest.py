"""Houses in which the laws are held: in memory, and on PostgreSQL."""

from collections.abc import Callable, Iterator

import pytest

from eyre.resolve.model import default_model
from tests.laws.houses import House, MemoryHouse
from tests.laws.stored_house import StoredHouse, build_house

NewHouse = Callable[[], House]
"""Gives an empty house; the last one given is then of no use any more."""


@pytest.fixture(scope="session")
def stored_house(new_database: Callable[[], str]) -> Iterator[StoredHouse]:
    house = build_house(new_database(), default_model())
    yield house
    house.store.close()


@pytest.fixture(scope="session", params=["memory", "postgres"])
def new_house(request: pytest.FixtureRequest, stored_house: StoredHouse) -> NewHouse:
    return stored_house.empty if request.param == "postgres" else lambda: MemoryHouse(default_model())
