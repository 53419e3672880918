"""The model: everything that resolution knows before it sees a record. Frozen, versioned, public."""

from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib.resources import files
from math import log2
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray

from eyre.errors import InputError
from eyre.resolve.frequency import Frequencies, us_name_frequencies
from eyre.resolve.layout import SCALE, Int32, Int64
from eyre.resolve.weights import NAMES, weight_array

DOUBTFUL = 1 << 62
"""The bit of a blocking key that tells that it is doubtful (`MostInBlock`)."""

ENOUGH = 2
"""What the keys that two records share must count for the two to be weighed (`MostInBlock.counts`)."""

_MILLION = 1_000_000
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""LibYAML's, three times as fast, where it was built in."""

_DERIVED = {"prior", "silence", "years_bits"}
_SHARES = {"household_share", "twin_share", "namesake_share"}


class MostInBlock(NamedTuple):
    """How many visible records may share a blocking key that is followed: any key, and a loose one. Loose is what an
    address is part of, or a birth date without a word of a name: a street, a shelter and the date that a form begins
    with bring strangers together, while many records of one name and birth year may be one person's.

    Two records that share one followed key alone are weighed if it is of names, of a number or of a contact. A key that
    a birth date or an address is part of is doubtful: not more than `alone` records may have it then. Strangers mostly
    share one key by chance, records of one person eight.
    """

    any: int
    loose: int
    alone: int

    def follows(self, key: Int64, many: Int64) -> NDArray[np.bool_]:
        """Whether keys that so many records have are followed."""
        return np.asarray(many <= np.where(key < 0, self.loose, self.any))

    def counts(self, key: Int64, many: Int64) -> Int64:
        """What sharing a key counts that so many records have: 0 if it is not followed, `ENOUGH` if it need be the only
        one, else 1."""
        suffices = (key & DOUBTFUL == 0) | (many <= self.alone)
        return np.where(self.follows(key, many), np.where(suffices, ENOUGH, 1), 0)


@dataclass(frozen=True)
class Model:
    """Weights in bits by name (`resolve.weights.NAMES`), frequencies, and the few settings of keys and clusters.

    `population` is the number of people among whom a record's person is sought: it sets the prior and how rare a
    blocking key must be. It is a parameter, never a count of a store. `shares`: of a fitted model, how often the file
    that it was fitted to showed some levels, against which a closed file's own are held (`adapt_levels`).
    """

    name: str
    version: int
    provenance: str
    population: float
    duplicates: float
    bar: float
    floor: float
    weak: float
    clip: float
    conflict: float
    clash: float
    silence: float
    trust: float
    block_size: float
    most_in_block: int
    most_in_loose: int
    most_alone: int
    most_in_component: int
    weights: dict[str, float]
    frequencies: Frequencies
    shares: dict[str, float] = field(default_factory=dict)

    def weight_array(self) -> Int32:
        """The kernels' weights, the prior and the shares of kin among pairs included. Not to be written to."""
        return self._weights

    @cached_property
    def _weights(self) -> Int32:
        chance = log2(self.population)
        bits = dict(self.weights)
        for name in _SHARES:
            bits[name] -= chance
        bits["prior"] = log2(self.duplicates) - chance
        bits["silence"] = self.silence
        bits["years_bits"] = log2(self.frequencies.years)
        return weight_array(bits)

    @property
    def key_bits(self) -> int:
        """How rare what a blocking key is made of must be, in 1/1024 bit."""
        return round((log2(self.population) - log2(self.block_size)) * SCALE)

    @property
    def most(self) -> MostInBlock:
        """How many records may share a key. `most_alone` is said for a million people or more: of fewer, fewer
        share one key by chance, and all of them are soon looked at."""
        alone = round(self.most_alone * max(_MILLION / self.population, 1.0))
        return MostInBlock(self.most_in_block, self.most_in_loose, min(alone, self.most_in_block))

    @property
    def label(self) -> str:
        """`us-people@4`: what a store notes beside keys that were made with it."""
        return f"{self.name}@{self.version}"

    def for_population(self, population: float) -> "Model":
        """The same knowledge for a search among another number of people (at least 64)."""
        return replace(self, population=max(float(population), 64.0))


@cache
def default_model() -> Model:
    """The model that ships: people in United States public records."""
    text = files("eyre.resolve").joinpath("models/us_people.yaml").read_text(encoding="utf-8")
    return model_from_yaml(text, "us_people.yaml")


def load_model(path: Path) -> Model:
    """A model file, laid out as the one that ships. Raises `InputError` that names what is wrong with it."""
    try:
        return model_from_yaml(path.read_text(encoding="utf-8"), path.name)
    except OSError as error:
        raise InputError(f"model file `{path}` cannot be read: {error.strerror}") from error


def model_from_yaml(text: str, place: str) -> Model:
    """The model that a YAML text says; `place` is named in errors."""
    try:
        said: dict[str, Any] = yaml.load(text, Loader=_Loader)  # noqa: S506 - both are safe
        weights = {name: float(bits) for name, bits in said["weights"].items()}
        return Model(
            name=str(said["name"]),
            version=int(said["version"]),
            provenance=str(said["provenance"]).strip(),
            population=float(said["population"]),
            duplicates=float(said["duplicates"]),
            bar=float(said["bar"]),
            floor=float(said["floor"]),
            weak=float(said["weak"]),
            clip=float(said["clip"]),
            conflict=float(said["conflict"]),
            clash=float(said["clash"]),
            silence=float(said["silence"]),
            trust=float(said["trust"]),
            block_size=float(said["block_size"]),
            most_in_block=int(said["most_in_block"]),
            most_in_loose=int(said["most_in_loose"]),
            most_alone=int(said["most_alone"]),
            most_in_component=int(said["most_in_component"]),
            weights=_complete(weights, place),
            frequencies=us_name_frequencies(),
            shares={name: _share(name, share) for name, share in said.get("shares", {}).items()},
        )
    except (KeyError, TypeError, AttributeError, ValueError, yaml.YAMLError) as error:
        raise InputError(
            f"model file `{place}` is not a model: {error}",
            remedy="start from `resolve/models/us_people.yaml`, which ships with Eyre",
        ) from error


def _share(name: str, share: object) -> float:
    """Raises `ValueError` for what is no share, or of no weight."""
    if name not in NAMES or not isinstance(share, float | int) or not 0 < share <= 1:
        raise ValueError(f"`{share}` is no share of `{name}`")
    return float(share)


def _complete(weights: dict[str, float], place: str) -> dict[str, float]:
    wanted = set(NAMES) - _DERIVED
    if missing := sorted(wanted - set(weights)):
        raise InputError(f"model file `{place}` lacks the weight `{missing[0]}`", remedy="add it under `weights`")
    if unknown := sorted(set(weights) - wanted):
        raise InputError(f"model file `{place}` has the unknown weight `{unknown[0]}`", remedy="remove it")
    return weights
