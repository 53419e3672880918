"""Law L1: any order and any batching of deliveries gives the same persons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eyre.model.record import Record
from eyre.model.view import view_of
from eyre.resolve.model import default_model
from tests.laws.answers import every_answer
from tests.laws.families import CLASSES, START, Said, families, said_of
from tests.laws.houses import House, MemoryHouse, fill, judgements_of, taken_back
from tests.laws.people import heads
from tests.laws.stored_house import StoredHouse
from tests.laws.thoroughness import QUICK, QUICK_STORE, THOROUGH, THOROUGH_STORE

ALL = view_of("test", CLASSES.values())
MODEL = default_model()
NOW = 9


@dataclass(frozen=True)
class History:
    """What stands in the end, and the deliveries by which it came: older versions, repetitions and what was taken
    back among them, in any order."""

    stands: Said
    deliveries: Sequence[Sequence[Record]]


@st.composite
def histories(draw: st.DrawFn) -> History:
    said = draw(families(most=8))
    current = [replace(each, as_of=START + timedelta(hours=NOW)) for each in said.records]
    spoken = list(current)
    for each in draw(st.lists(st.sampled_from(current), max_size=4)):
        hour = draw(st.integers(0, NOW - 1))
        before = draw(said_of(draw(heads())))
        spoken.append(replace(each, as_of=START + timedelta(hours=hour), person=before))
    for each in draw(st.lists(st.sampled_from(current), max_size=2)):
        spoken.append(taken_back(each, draw(st.integers(0, NOW - 1))))
    spoken += draw(st.lists(st.sampled_from(spoken), max_size=2))
    spoken = draw(st.permutations(spoken))
    cuts = sorted(draw(st.lists(st.integers(1, len(spoken)), max_size=3)))
    bounds = [0, *cuts, len(spoken)]
    return History(replace(said, records=tuple(current)), [spoken[a:b] for a, b in pairwise(bounds)])


def same_in_any_order(house: House, history: History) -> None:
    for some in history.deliveries:
        house.take(some)
    for each in reversed(judgements_of(history.stands)):
        house.judge(each)
    with house.opened(ALL) as opened:
        found = every_answer(opened, MODEL)
    with fill(MemoryHouse(MODEL), history.stands).opened(ALL) as once:
        assert found == every_answer(once, MODEL)


@QUICK
@given(histories())
def test_in_memory(history: History) -> None:
    same_in_any_order(MemoryHouse(MODEL), history)


@QUICK_STORE
@given(histories())
def test_in_the_store(stored_house: StoredHouse, history: History) -> None:
    same_in_any_order(stored_house.empty(), history)


@pytest.mark.slow
@THOROUGH
@given(histories())
def test_in_memory_at_length(history: History) -> None:
    same_in_any_order(MemoryHouse(MODEL), history)


@pytest.mark.slow
@THOROUGH_STORE
@given(histories())
def test_in_the_store_at_length(stored_house: StoredHouse, history: History) -> None:
    same_in_any_order(stored_house.empty(), history)
