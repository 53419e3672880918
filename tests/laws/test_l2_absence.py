"""Law L2: after a record is purged, or taken back, every answer is that of a house which never held it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eyre.model.view import view_of
from eyre.resolve.model import default_model
from tests.laws.answers import every_answer
from tests.laws.families import CLASSES, Said, families
from tests.laws.houses import House, MemoryHouse, fill, id_of, taken_back, without
from tests.laws.stored_house import StoredHouse
from tests.laws.thoroughness import QUICK, QUICK_STORE, THOROUGH, THOROUGH_STORE

ALL = view_of("test", CLASSES.values())
MODEL = default_model()


def as_if_it_had_never_been(house: House, said: Said, gone: int, *, purged: bool) -> None:
    gone %= len(said.records)
    fill(house, said)
    with house.opened(ALL) as opened:
        assert id_of(said.records[gone]) in opened.everybody()
    if purged:
        house.purge(id_of(said.records[gone]))
        house.take(said.records)  # it does not come back
    else:
        house.take([taken_back(said.records[gone], 1)])
    with house.opened(ALL) as opened:
        found = every_answer(opened, MODEL)
    with fill(MemoryHouse(MODEL), without(said, gone)).opened(ALL) as never:
        assert found == every_answer(never, MODEL)


@QUICK
@given(families(), st.integers(0, 11), st.booleans())
def test_in_memory(said: Said, gone: int, purged: bool) -> None:
    as_if_it_had_never_been(MemoryHouse(MODEL), said, gone, purged=purged)


@QUICK_STORE
@given(families(), st.integers(0, 11), st.booleans())
def test_in_the_store(stored_house: StoredHouse, said: Said, gone: int, purged: bool) -> None:
    as_if_it_had_never_been(stored_house.empty(), said, gone, purged=purged)


@pytest.mark.slow
@THOROUGH
@given(families(), st.integers(0, 11), st.booleans())
def test_in_memory_at_length(said: Said, gone: int, purged: bool) -> None:
    as_if_it_had_never_been(MemoryHouse(MODEL), said, gone, purged=purged)


@pytest.mark.slow
@THOROUGH_STORE
@given(families(), st.integers(0, 11), st.booleans())
def test_in_the_store_at_length(stored_house: StoredHouse, said: Said, gone: int, purged: bool) -> None:
    as_if_it_had_never_been(stored_house.empty(), said, gone, purged=purged)
