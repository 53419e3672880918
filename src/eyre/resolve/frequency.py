"""How common values are: the frozen public knowledge that rare agreement counts for more.

A frequency is the share of people who carry a value, given as *bits*, `-log2(share)`. It is a parameter of resolution:
it never counts the records of a store, so that no answer can depend on a record that its view hides.
"""

import gzip
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import log2
from typing import Any

import numpy as np
import pyarrow.csv as arrow_csv

from eyre.normalise.sound import sound_of
from eyre.resolve.texts.buffers import texts_from

MOST_SURNAME_BITS = 17.5  # rarer than 1 in 185,000 cannot be told from a slip of the pen
MOST_GIVEN_BITS = 14.0
MOST_STREET_BITS = 13.0
MOST_POSTAL_BITS = 14.0
MOST_CITY_BITS = 12.0
HOUSE_BITS = 7.0  # about a hundred houses in a street
MOST_ADDRESS_BITS = 16.0


@dataclass(frozen=True)
class Frequencies:
    """Shares by folded value; what is not listed has the rarest bits of its kind.

    `january_first` is the share of birth dates on 1 January, the commonest placeholder. `years` is over how many years
    birth dates spread. `address` lists only addresses that house many (a shelter, a college, a jail), by house and
    street.
    """

    given: Mapping[str, float]
    surname: Mapping[str, float]
    sound: Mapping[str, float] = field(default_factory=dict)
    street: Mapping[str, float] = field(default_factory=dict)
    postal: Mapping[str, float] = field(default_factory=dict)
    city: Mapping[str, float] = field(default_factory=dict)
    address: Mapping[str, float] = field(default_factory=dict)
    january_first: float = 0.02
    years: float = 70.0
    unlisted_street_bits: float = 11.0
    unlisted_postal_bits: float = 10.0
    unlisted_city_bits: float = 5.0


def bits_of(values: Iterable[str], shares: Mapping[str, float], unlisted: float, most: float) -> list[float]:
    """`-log2(share)` of each value, at most `most`; `unlisted` for a value that the table does not have."""
    return [unlisted if (share := shares.get(value)) is None else min(-log2(share), most) for value in values]


@cache
def us_name_frequencies() -> Frequencies:
    """Shares of names among people in the United States, from the 1990 census (public domain): 88,799 surnames and
    5,163 given names, which 90 % of people bear."""
    packed = files("eyre.resolve").joinpath("models/us_name_frequencies.csv.gz").read_bytes()
    unthreaded = arrow_csv.ReadOptions(use_threads=False)  # threads take longer to start than to read this
    table = arrow_csv.read_csv(io.BytesIO(gzip.decompress(packed)), unthreaded)
    names: list[Any] = table["name"].to_pylist()
    given: list[Any] = table["given_per_million"].to_pylist()
    surname: list[Any] = table["surname_per_million"].to_pylist()
    surnames = {name: share / 1e6 for name, share in zip(names, surname, strict=True) if share > 0}
    return Frequencies(
        given={name: share / 1e6 for name, share in zip(names, given, strict=True) if share > 0},
        surname=surnames,
        sound=sound_shares(surnames),
    )


def sound_shares(surnames: Mapping[str, float]) -> dict[str, float]:
    """The share of people whose surname has each sound."""
    sounds: Any = texts_from(list(map(sound_of, surnames))).dictionary_encode()
    shares = np.bincount(np.asarray(sounds.indices), weights=np.fromiter(surnames.values(), float, len(surnames)))
    return dict(zip(sounds.dictionary.to_pylist(), shares.tolist(), strict=True))
