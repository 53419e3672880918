"""One tree of errors: each kind has a code of its own, and the tree that is drawn is the tree that is there."""

import inspect
import re

import pytest

from eyre import errors
from eyre.errors import EyreError, InputError, fault_steps, fault_text

KINDS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, EyreError)]


def test_every_kind_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in KINDS]
    assert len(set(codes)) == len(KINDS)
    assert all(re.fullmatch(r"EYRE-\d00", code) for code in codes)


def test_the_tree_at_the_top_names_every_kind_with_its_range() -> None:
    drawn = dict(re.findall(r"── (\w+) .*EYRE-(\d)xx", errors.__doc__ or ""))
    assert drawn == {kind.__name__: kind.code[5] for kind in KINDS if kind is not EyreError}


@pytest.mark.parametrize("kind", KINDS)
def test_the_remedy_follows_the_message(kind: type[EyreError]) -> None:
    assert str(kind("`x.csv` has no rows")) == "`x.csv` has no rows"
    assert str(kind("`x.csv` has no rows", remedy="name another file")) == "`x.csv` has no rows: name another file"


def test_a_code_can_be_narrower_than_its_kind_without_changing_the_kind() -> None:
    assert InputError("no such file", code="EYRE-401").code == "EYRE-401"
    assert InputError("no such file").code == "EYRE-400"


def test_a_fault_is_told_by_its_kind_and_its_place_and_not_in_its_own_words() -> None:
    def fail() -> None:
        raise KeyError("QUILLFEATHER")

    with pytest.raises(KeyError) as caught:
        fail()
    told, steps = fault_text(caught.value), fault_steps(caught.value)
    assert told == f"unexpected KeyError at {steps[-1]}"
    assert len(steps) == 2
    assert all(re.fullmatch(r"test_errors\.py:\d+", step) for step in steps)
    assert "QUILLFEATHER" not in told + "".join(steps)
    assert fault_text(ValueError("never raised")) == "unexpected ValueError"
