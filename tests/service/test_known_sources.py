"""A manifest comes out of the store as it went in."""

from datetime import timedelta

import pytest

from eyre.service.known_sources import manifest_of, manifests_on_schedule
from eyre.service.ride_board import put_on_schedule
from eyre.sources.catalogue import invented_sources
from eyre.sources.fetch_rule import Fetch
from eyre.store.open_store import Store
from tests.service.rosters import NOON

SHIPPED = [
    folder.manifest.model_copy(update={"fetch": Fetch(url="https://jail.example/")}) for folder in invented_sources()
]


def test_a_manifest_that_is_registered_is_the_same_to_the_order_of_its_fields(store: Store) -> None:
    put_on_schedule(store, [(each, timedelta(minutes=15), NOON) for each in SHIPPED])
    found = manifests_on_schedule(store)
    assert len(found) == len(SHIPPED) > 5
    for manifest in SHIPPED:
        for same in (found[manifest.id], manifest_of(store, manifest.id)):
            assert same == manifest
            assert same is not None
            assert list(same.fields) == list(manifest.fields)
            assert same.digest == manifest.digest


@pytest.mark.parametrize("known", [True, False])
def test_one_that_nobody_registered_is_not_found(store: Store, known: bool) -> None:
    if known:
        put_on_schedule(store, [(SHIPPED[0], timedelta(minutes=15), NOON)])
    assert (manifest_of(store, SHIPPED[0].id) is not None) is known


def test_one_that_is_put_on_the_schedule_later_is_known_when_it_is_asked_for(store: Store) -> None:
    put_on_schedule(store, [(SHIPPED[0], timedelta(minutes=15), NOON)])
    known = manifests_on_schedule(store)
    with pytest.raises(KeyError):
        known[SHIPPED[1].id]
    put_on_schedule(store, [(SHIPPED[1], timedelta(minutes=15), NOON)])
    assert known[SHIPPED[1].id] == SHIPPED[1]
    assert set(known) == {SHIPPED[0].id, SHIPPED[1].id}
