"""Law L5: both drivers give the same persons."""

from dataclasses import replace

import pytest
from hypothesis import given

from eyre.model.view import view_of
from eyre.resolve.model import Model, default_model
from eyre.resolve.resolve_all import Resolution
from eyre.resolve.resolve_around import Around, resolve_around
from tests.laws.answers import Groups, groups_around, person_of, resolve_everybody
from tests.laws.families import CLASSES, Said, families
from tests.laws.houses import MemoryHouse, fill
from tests.laws.thoroughness import QUICK, THOROUGH

ALL = view_of("test", CLASSES.values())
MODELS = {
    "default": default_model(),
    "blocks capped": replace(default_model(), most_in_block=3),
    "components too large": replace(default_model(), most_in_component=3),
    "no doubtful key suffices": replace(default_model(), most_alone=0),
    "both": replace(default_model(), most_in_block=4, most_alone=2, most_in_component=2, floor=-6.0),
}


def both_agree(said: Said, model: Model) -> None:
    with fill(MemoryHouse(model, sighted=True), said).opened(ALL) as opened:
        resolution, ids = resolve_everybody(opened, model)
        everybody = resolve_around(ids, opened, model)
        alone = {record: resolve_around([record], opened, model) for record in ids}
    all_persons: Groups = frozenset(
        frozenset(ids[row] for row in range(len(ids)) if resolution.person[row] == root)
        for root in resolution.person.tolist()
    )
    assert groups_around(everybody) == all_persons
    assert _ties(everybody) == _ties(resolution)
    assert everybody.capped_keys == resolution.capped_keys
    expected = person_of(all_persons)
    for record, found in alone.items():
        assert record in found.records
        assert groups_around(found) == {expected[each] for each in found.records.tolist()}
        assert found.same_person(record) == sorted(expected[record])


@pytest.mark.parametrize("model", MODELS)
@QUICK
@given(families())
def test_every_seed_gives_the_persons_that_all_records_give(model: str, said: Said) -> None:
    both_agree(said, MODELS[model])


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
@THOROUGH
@given(families())
def test_every_seed_gives_the_persons_that_all_records_give_at_length(model: str, said: Said) -> None:
    both_agree(said, MODELS[model])


def _ties(found: Around | Resolution) -> list[tuple[int, int, int]]:
    left, right, weight = found.ties
    return sorted(zip(left.tolist(), right.tolist(), weight.tolist(), strict=True))
