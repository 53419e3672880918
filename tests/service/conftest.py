"""One store with the invented sources for each test process, for tests that only read; and empty ones."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from eyre.store.open_store import Store, StoreSettings, open_store
from tests.service.house import take_all


@pytest.fixture(scope="session")
def invented(new_database: Callable[[], str]) -> Iterator[Store]:
    """The ten invented sources; not to be written to."""
    opened = open_store(StoreSettings(new_database()))
    take_all(opened)
    yield opened
    opened.close()


@pytest.fixture
def another(fresh_database: Callable[[], str]) -> Iterator[Callable[[Store], Store]]:
    """Makes empty stores that name records as a given one does, so that answers can be compared."""
    made: list[Store] = []

    def make(like: Store) -> Store:
        made.append(replace(open_store(StoreSettings(fresh_database())), record_key=like.record_key))
        return made[-1]

    yield make
    for each in made:
        each.close()
