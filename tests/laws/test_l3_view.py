"""Law L3: every answer under a view is that of a house which holds only what the view may see."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from eyre.model.field_group import ALL_GROUPS, FieldGroup
from eyre.model.person import Birth, BirthBasis, Identifier, Person, PersonName
from eyre.model.view import View, view_of
from eyre.resolve.model import Model, default_model
from tests.laws.answers import all_groups, every_answer
from tests.laws.conftest import NewHouse
from tests.laws.families import CLASSES, Said, families, record, views
from tests.laws.houses import House, MemoryHouse, fill, id_of, only_visible
from tests.laws.stored_house import StoredHouse
from tests.laws.thoroughness import QUICK, QUICK_STORE, THOROUGH, THOROUGH_STORE

MODEL = default_model()
CAPPED = replace(MODEL, most_in_block=2, most_alone=0)


def nothing_hidden_matters(full: House, said: Said, view: View, model: Model) -> None:
    fill(full, said)
    less = only_visible(said, view)
    with full.opened(view) as narrow:
        found = every_answer(narrow, model)
    with fill(MemoryHouse(MODEL), less).opened(view_of("test", CLASSES.values())) as whole:
        assert found == every_answer(whole, model)


@pytest.mark.parametrize("model", [MODEL, CAPPED], ids=["default", "blocks capped"])
@QUICK
@given(families(), views())
def test_in_memory(model: Model, said: Said, view: View) -> None:
    nothing_hidden_matters(MemoryHouse(MODEL), said, view, model)


@QUICK_STORE
@given(families(), views())
def test_through_row_level_security(stored_house: StoredHouse, said: Said, view: View) -> None:
    nothing_hidden_matters(stored_house.empty(), said, view, MODEL)


@pytest.mark.slow
@pytest.mark.parametrize("model", [MODEL, CAPPED], ids=["default", "blocks capped"])
@THOROUGH
@given(families(), views())
def test_in_memory_at_length(model: Model, said: Said, view: View) -> None:
    nothing_hidden_matters(MemoryHouse(MODEL), said, view, model)


@pytest.mark.slow
@THOROUGH_STORE
@given(families(), views())
def test_through_row_level_security_at_length(stored_house: StoredHouse, said: Said, view: View) -> None:
    nothing_hidden_matters(stored_house.empty(), said, view, MODEL)


def _born(year: int) -> Birth:
    return Birth(date(year, 5, 9), date(year, 5, 9), BirthBasis.DATE)


MAIDEN = PersonName(given="Xiomara", surname="Okonkwo")
MARRIED = PersonName(given="Xiomara", surname="Zwickel")
BEFORE = record("k1", "az/jail", Person(names=(MAIDEN,), births=(_born(1988),)))
AFTER = record("k2", "az/jail", Person(names=(MARRIED,), phones=("9285550187",)))
BRIDGE = record("k3", "az/court", Person(names=(MAIDEN, MARRIED), births=(_born(1988),), phones=("9285550187",)))


def test_a_restricted_record_bridges_two_others_only_in_a_view_that_sees_it(new_house: NewHouse) -> None:
    house = fill(new_house(), Said((BEFORE, AFTER, BRIDGE)))
    before, after, bridge = map(id_of, (BEFORE, AFTER, BRIDGE))
    with house.opened(view_of("test", [1, 2])) as wide:
        assert all_groups(wide, MODEL) == {frozenset({before, after, bridge})}
    with house.opened(view_of("test", [1])) as narrow:
        assert all_groups(narrow, MODEL) == {frozenset({before}), frozenset({after})}
        assert every_answer(narrow, MODEL).alone[before].records == (before,)


def test_a_key_that_is_built_of_a_masked_field_is_not_used(new_house: NewHouse) -> None:
    numbered = Identifier("ssn", "412-55-7810")
    left = record("k1", "az/jail", Person(names=(MAIDEN,), identifiers=(numbered,)))
    right = record("k2", "az/jail", Person(names=(MAIDEN,), identifiers=(numbered,)))
    house = fill(new_house(), Said((left, right)))
    with house.opened(View("test", {1: ALL_GROUPS})) as wide:
        assert len(all_groups(wide, MODEL)) == 1
    with house.opened(View("test", {1: ALL_GROUPS & ~FieldGroup.NAME & ~FieldGroup.IDENTIFIER})) as narrow:
        found = every_answer(narrow, MODEL).alone[id_of(left)]
        assert found.records == (id_of(left),)
        assert found.said == ({},)
