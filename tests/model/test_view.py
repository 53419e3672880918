"""A view shows the classes that it names, less what it masks, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eyre.model.field_group import ALL_GROUPS, FieldGroup
from eyre.model.view import View, view_of

groups = st.integers(min_value=0, max_value=1023).map(FieldGroup)
visibles = st.dictionaries(st.integers(min_value=1, max_value=6), groups, max_size=4)


@given(visibles, st.integers(min_value=1, max_value=6), groups)
def test_all_of_the_groups_asked_for_must_be_visible(
    visible: dict[int, FieldGroup], number: int, asked: FieldGroup
) -> None:
    allowed = View("victim-notification", visible).allows(number, asked)
    assert allowed == (number in visible and all(group in visible[number] for group in asked))


@given(visibles, groups)
def test_a_class_that_is_not_named_is_not_visible(visible: dict[int, FieldGroup], asked: FieldGroup) -> None:
    assert not View("custody-status", visible).allows(7, asked)


@given(visibles)
def test_a_view_is_a_value(visible: dict[int, FieldGroup]) -> None:
    backwards = dict(reversed(visible.items()))
    assert View("research", visible) == View("research", backwards)
    assert hash(View("research", visible)) == hash(View("research", backwards))


def test_a_view_does_not_change_with_the_mapping_that_it_was_made_from() -> None:
    visible = {1: ALL_GROUPS}
    view = View("research", visible)
    visible[2] = ALL_GROUPS
    assert not view.allows(2, FieldGroup.NAME)
    with pytest.raises(TypeError):
        view.visible[2] = ALL_GROUPS  # type: ignore[index]


@given(st.sets(st.integers(min_value=1, max_value=6)), groups)
def test_the_same_mask_in_each_class(classes: set[int], masked: FieldGroup) -> None:
    view = view_of("research", classes, masked)
    assert set(view.visible) == classes
    for number in classes:
        assert view.allows(number, ALL_GROUPS & ~masked)
        assert not any(view.allows(number, group) for group in masked)
