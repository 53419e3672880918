"""Stores with sources registered in them."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from eyre.store.open_store import Store, StoreSettings, open_store
from tests.store.town import Town


@pytest.fixture
def town(store: Store) -> Town:
    return Town(store)


@pytest.fixture
def other_town(fresh_database: Callable[[], str]) -> Iterator[Callable[[Store], tuple[Town, str]]]:
    """Makes further towns that name records as the given store does, so that their contents can be compared."""
    opened: list[Store] = []

    def make(like: Store) -> tuple[Town, str]:
        url = fresh_database()
        opened.append(replace(open_store(StoreSettings(url)), record_key=like.record_key))
        return Town(opened[-1]), url

    yield make
    for each in opened:
        each.close()
