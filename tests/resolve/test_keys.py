"""Blocking keys: rare, lawful under a mask, and the same for ever under one version of the model."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eyre.model.field_group import PERSON_GROUPS, FieldGroup
from eyre.model.parts import person_from_parts, record_to_parts
from eyre.model.person import Person
from eyre.resolve.keys import MOST_KEYS_OF_GROUPS, keys_of
from eyre.resolve.model import default_model
from eyre.resolve.search_keys import MOST_SEARCH_KEYS, search_keys_of
from tests.laws.families import crowded, record, said_of
from tests.laws.people import heads
from tests.resolve.invented import ELSEWHERE, HOME, features, keys, person

MODEL = default_model()
GOLDEN = Path(__file__).with_name("golden_keys.json")
INVENTED = {
    "a common name": person("James Allen Smith Jr", "1971-02-14", home=HOME),
    "a rare name": person("Xiomara Okonkwo-Reyes", "1983-11-05", home=ELSEWHERE, social="412-55-7810"),
    "a name alone": person("Dmitri Zwickel"),
    "numbers alone": person("", social="603-11-9024", phone="(928) 555-0142"),
    "a placeholder day": person("María van der Berg", "1990-01-01", home=HOME, phone="928-555-0187"),
}


def golden() -> dict[str, dict[str, str]]:
    """Of each invented person's keys, by the groups that they are built from, how many and a digest."""
    found: dict[str, dict[str, str]] = {}
    for name, someone in INVENTED.items():
        by_groups: dict[str, list[int]] = {}
        for key, groups in keys(someone, MODEL):
            by_groups.setdefault("+".join(str(each.name).lower() for each in groups), []).append(key)
        found[name] = {
            groups: f"{len(some)} {sha256(np.array(sorted(some), dtype='<i8').tobytes()).hexdigest()[:16]}"
            for groups, some in sorted(by_groups.items())
        }
    return found


def test_stored_keys_do_not_change_unnoticed() -> None:
    """A change of keys needs another version of the model, by which stores know to make theirs anew."""
    assert {"model": MODEL.label, "keys": golden()} == json.loads(GOLDEN.read_text(encoding="utf-8"))


def masked(someone: Person, hidden: FieldGroup) -> Person:
    parts = record_to_parts(record("k1", "az/jail", someone))
    return person_from_parts({group: body for group, body in parts.items() if not group & hidden})


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(crowded(), st.sampled_from([FieldGroup(bits) for bits in range(64)]))
def test_keys_that_a_mask_leaves_are_those_of_what_it_leaves(someone: Person, hidden: FieldGroup) -> None:
    left = {(key, groups) for key, groups in keys(someone, MODEL) if not groups & hidden}
    assert left == keys(masked(someone, hidden), MODEL)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(crowded())
def test_keys_are_bounded_distinct_and_of_a_persons_groups(someone: Person) -> None:
    made = keys(someone, MODEL)
    assert len({key for key, _ in made}) == len(made)
    for groups in {groups for _, groups in made}:
        assert groups
        assert groups & ~PERSON_GROUPS == 0
        assert sum(each == groups for _, each in made) <= MOST_KEYS_OF_GROUPS


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(heads().flatmap(said_of), min_size=1, max_size=6))
def test_keys_of_many_are_those_of_each(persons: list[Person]) -> None:
    made = keys_of(features(persons, MODEL), MODEL)
    found: list[set[tuple[int, FieldGroup]]] = [set() for _ in persons]
    for key, row, groups in zip(made.key.tolist(), made.row.tolist(), made.groups.tolist(), strict=True):
        found[row].add((key, FieldGroup(groups)))
    assert found == [keys(each, MODEL) for each in persons]


@pytest.mark.parametrize("name", ["James Smith", "Xiomara Okonkwo"])
def test_a_larger_population_makes_no_key_of_fewer_values(name: str) -> None:
    few, many = (replace(MODEL, population=float(1 << bits)) for bits in (10, 30))
    someone = person(name)  # of two words: the first letter of a third lengthens what is not rare enough
    alone = {key for key, groups in keys(someone, few) if groups == FieldGroup.NAME}
    assert {key for key, groups in keys(someone, many) if groups == FieldGroup.NAME} < alone


@pytest.mark.parametrize(
    "someone",
    [
        Person(),
        person("John Doe"),
        person("LNU, FNU"),
        person("", social="000-00-0000", phone="999-999-9999"),
        person("James Smith"),
    ],
    ids=["nothing", "nobody", "unknown", "placeholders", "a common name alone"],
)
def test_what_would_bring_strangers_together_is_no_key(someone: Person) -> None:
    assert keys(someone, MODEL) == set()


def test_anybody_is_found_by_name_however_common() -> None:
    asked = [person("James Smith"), person("Jim Smith"), person("SMITH, JAMES"), person("J Smith")]
    made = search_keys_of(features(asked, MODEL))
    found = [set(made.key[made.row == row].tolist()) for row in range(len(asked))]
    assert all(found[0] & other for other in found)
    assert all(len(each) <= MOST_SEARCH_KEYS for each in found)
    assert not {key for each in found for key in each} & {key for each in asked for key, _ in keys(each, MODEL)}


def test_a_key_tells_whether_it_is_loose() -> None:
    made = keys_of(features([*INVENTED.values()], MODEL), MODEL)
    loose, groups = made.key < 0, made.groups
    assert loose[groups & FieldGroup.ADDRESS != 0].all()
    assert not loose[np.isin(groups, [FieldGroup.NAME, FieldGroup.IDENTIFIER, FieldGroup.CONTACT])].any()
    dated = loose[groups == FieldGroup.NAME | FieldGroup.BIRTH]
    assert dated.any()  # a date with a letter
    assert not dated.all()  # a name with a year
