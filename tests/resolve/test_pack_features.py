"""Features that were kept as bytes compare, and make keys, exactly as those that were made of what was said."""

from collections.abc import Sequence
from itertools import combinations, product
from string import ascii_lowercase

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from eyre.model.field_group import PERSON_GROUPS, FieldGroup
from eyre.model.parts import person_from_parts, record_to_parts
from eyre.model.person import Person, PersonName
from eyre.resolve.keys import keys_of
from eyre.resolve.layout import Features
from eyre.resolve.model import default_model
from eyre.resolve.pack_features import PART_GROUPS, each_record, pack_features
from eyre.resolve.search_keys import search_keys_of
from eyre.resolve.unpack_features import unpack_features
from eyre.resolve.weigh import room_for, weigh_pairs
from tests.laws.families import Said, crowded, families, record
from tests.laws.thoroughness import QUICK
from tests.resolve.feature_parts import of_parts, parts_of
from tests.resolve.invented import features

MODEL = default_model()


def unpacked(persons: Sequence[Person], shown: Sequence[FieldGroup], order: Sequence[int] = ()) -> Features:
    """The features of `persons` from those of their parts that are `shown`, which stand somewhere in a body."""
    kept = [
        of_parts({group: body for group, body in parts_of(each).items() if group in shown})
        for each in each_record(pack_features(features(persons, MODEL)))
    ]
    place = [at for at in order if at < len(kept)] + [at for at in range(len(kept)) if at not in order]
    ends = np.cumsum([0, *(len(kept[at]) for at in place)])
    body = np.frombuffer(b"".join(kept[at] for at in place), dtype=np.uint8)
    put = np.argsort(place)
    return unpack_features(ends[:-1][put], ends[1:][put], body)


def masked(person: Person, shown: Sequence[FieldGroup]) -> Person:
    parts = record_to_parts(record("k", "az/jail", person))
    return person_from_parts({group: body for group, body in parts.items() if group in shown})


def everything(of: Features) -> list[list[object]]:
    """The weights of all pairs, part by part, and all keys."""
    pairs = np.array(list(combinations(range(len(of.sex)), 2)), dtype=np.int32).reshape(-1, 2)
    out = room_for(len(pairs), explained=True)
    weigh_pairs(of, MODEL.weight_array(), pairs[:, 0].copy(), pairs[:, 1].copy(), out)
    return [column.tolist() for column in (*out, *keys_of(of, MODEL), *search_keys_of(of))]


@QUICK
@given(
    st.lists(crowded(), max_size=2),
    families(),
    st.lists(st.sampled_from(PART_GROUPS), unique=True),
    st.permutations(range(12)),
)
def test_what_was_packed_weighs_as_what_was_said(
    persons: list[Person], said: Said, hidden: list[FieldGroup], order: list[int]
) -> None:
    persons += [each.person for each in said.records]
    shown = [group for group in PART_GROUPS if group not in hidden]
    expected = features([masked(each, shown) for each in persons], MODEL)
    assert everything(unpacked(persons, shown, order)) == everything(expected)


def test_nobody_has_no_parts() -> None:
    (nobody,) = each_record(pack_features(features([Person()], MODEL)))
    assert parts_of(nobody) == {}
    nothing = np.zeros(2, dtype=np.int64)
    assert everything(unpack_features(nothing, nothing, np.zeros(0, dtype=np.uint8))) == everything(
        features([Person()] * 2, MODEL)
    )
    assert everything(unpacked([Person(), Person()], PART_GROUPS)) == everything(features([Person()] * 2, MODEL))


def test_somebody_of_very_many_names_comes_back_whole() -> None:
    words = ["xq" + "".join(letters) for letters in product(ascii_lowercase, repeat=2)]
    many = Person(names=tuple(PersonName(given=word, surname="Okonkwo") for word in words))
    again = unpacked([many, many], PART_GROUPS)
    assert again.names.offset.tolist() == [0, 676, 1352]
    assert again.names.given[:676].tolist() == again.names.given[676:].tolist()
    assert len(set(again.names.given.tolist())) > 256


def test_every_group_that_resolution_reads_has_its_part() -> None:
    assert {group for group in FieldGroup if group & PERSON_GROUPS} == set(PART_GROUPS)
