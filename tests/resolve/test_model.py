"""Model files and their errors, and the kernels' index of weights."""

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from eyre.errors import InputError
from eyre.resolve import weight_index
from eyre.resolve.layout import SCALE
from eyre.resolve.model import default_model, load_model, model_from_yaml
from eyre.resolve.weights import INDEX, NAMES, weight_array

TEXT = files("eyre.resolve").joinpath("models/us_people.yaml").read_text(encoding="utf-8")


def test_the_kernels_find_every_weight_where_it_is() -> None:
    constants = {name.lower(): at for name, at in vars(weight_index).items() if name.isupper()}
    assert constants == INDEX
    assert list(constants.values()) == list(range(len(NAMES)))


def test_the_shipped_model_says_what_it_is() -> None:
    model = default_model()
    assert model.label == f"{model.name}@{model.version}"
    assert model.provenance
    assert len(model.weight_array()) == len(NAMES)


def test_the_prior_is_the_chance_of_a_partner_among_the_population() -> None:
    model = replace(default_model(), population=1024.0, duplicates=4.0)
    assert model.weight_array()[weight_index.PRIOR] == -8 * SCALE
    assert model.for_population(1).population == 64.0
    assert model.for_population(2048).weight_array()[weight_index.PRIOR] == -9 * SCALE


def test_a_larger_population_asks_for_rarer_keys() -> None:
    model = default_model()
    assert model.for_population(1 << 20).key_bits - model.for_population(1 << 10).key_bits == 10 * SCALE


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  given_exact:", "  given_exakt:", "lacks the weight `given_exact`"),
        ("weights:\n", "weights:\n  given_guess: 1.0\n", "unknown weight `given_guess`"),
        ("bar: 0.0", "bar: high", "is not a model"),
        ("name: us-people", "nome: us-people", "is not a model"),
        ("weights:\n", "weights: none\nmore:\n", "is not a model"),
        ("weights:\n", "shares: {given_exact: 1.5}\nweights:\n", "`1.5` is no share of `given_exact`"),
        ("weights:\n", "shares: {given_guess: 0.5}\nweights:\n", "is no share of `given_guess`"),
        ("weights:\n", "shares: 0.5\nweights:\n", "is not a model"),
        ("name: us-people", "name: [", "is not a model"),
    ],
)
def test_a_bad_model_file_is_refused_by_name(old: str, new: str, message: str) -> None:
    assert TEXT.count(old) == 1
    with pytest.raises(InputError, match=message) as refusal:
        model_from_yaml(TEXT.replace(old, new), "mine.yaml")
    assert "`mine.yaml`" in refusal.value.message


@pytest.mark.parametrize("text", ["", "- 1\n", "3", "weights:\n"])
def test_what_is_no_model_at_all_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"`mine\.yaml`"):
        model_from_yaml(text, "mine.yaml")


def test_a_model_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(TEXT.replace("name: us-people", "name: mine"), encoding="utf-8")
    assert load_model(path) == replace(default_model(), name="mine")
    path.write_text(TEXT + "shares: {given_exact: 0.9}\n", encoding="utf-8")
    assert load_model(path).shares == {"given_exact": 0.9}
    with pytest.raises(InputError, match="cannot be read"):
        load_model(tmp_path / "none.yaml")


def test_weights_are_complete_and_known() -> None:
    bits = dict.fromkeys(NAMES, 0.5)
    assert set(weight_array(bits).tolist()) == {SCALE // 2}
    with pytest.raises(ValueError, match="`given_guess`"):
        weight_array(bits | {"given_guess": 1.0})
    with pytest.raises(KeyError):
        weight_array(dict.fromkeys(NAMES[1:], 1.0))
