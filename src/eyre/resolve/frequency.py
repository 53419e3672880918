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
import pyarrow as pa
import pyarrow.csv as arrow_csv

from eyre.resolve.share_column import ShareColumn, Shares, shares_of
from eyre.resolve.texts.buffers import Texts, kept_texts, picked_texts
from eyre.resolve.texts.number_texts import number_texts
from eyre.resolve.texts.sounds import sounds_of

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


def bits_of_column(texts: Texts, shares: Mapping[str, float], unlisted: float, most: float) -> Shares:
    """As `bits_of`, for many values."""
    share = shares_of(texts, shares)
    return np.where(np.isnan(share), unlisted, np.minimum(-np.log2(share), most))


@cache
def us_name_frequencies() -> Frequencies:
    """Shares of names among people in the United States, from the 1990 census (public domain): 88,799 surnames and
    5,163 given names, which 90 % of people bear."""
    packed = files("eyre.resolve").joinpath("models/us_name_frequencies.csv.gz").read_bytes()
    unthreaded = arrow_csv.ReadOptions(use_threads=False)  # threads take longer to start than to read this
    table = arrow_csv.read_csv(io.BytesIO(gzip.decompress(packed)), unthreaded).combine_chunks()
    surname = _shares_in(table, "surname_per_million")
    return Frequencies(
        given=_shares_in(table, "given_per_million"),
        surname=surname,
        sound=sound_shares(surname),
    )


def _shares_in(table: pa.Table, column: str) -> ShareColumn:
    per_million = np.asarray(table[column], dtype=np.float64)
    listed = per_million > 0
    names: Any = table["name"].chunk(0)
    return ShareColumn(kept_texts(names, listed), per_million[listed] / 1e6)


def sound_shares(surnames: ShareColumn) -> ShareColumn:
    """The share of people whose surname has each sound."""
    sounds = sounds_of(surnames.texts)
    number, first = number_texts(sounds)
    share = np.bincount(number, weights=surnames.share).astype(np.float64, copy=False)
    return ShareColumn(picked_texts(sounds, first), share)
