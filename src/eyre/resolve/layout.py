"""Values of many records in the layout that kernels read.

Text is replaced by codes into tables of distinct values; multi-valued fields are ragged: the values of record `i`
stand at `offset[i]:offset[i + 1]`. Weights and frequencies are whole numbers of 1/1024 bit, so that sums are exact
and no order of adding them can change an answer.
"""

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Int8 = NDArray[np.int8]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
UInt8 = NDArray[np.uint8]
UInt64 = NDArray[np.uint64]

SCALE = 1024
"""Units in a bit."""


class Words(NamedTuple):
    """Distinct folded words (name tokens; streets; cities): letters, length, hash, and bits as given name or other."""

    letters: UInt8
    length: UInt8
    hash: UInt64
    bits: Int32
    surname_bits: Int32
    sound: UInt64
    sound_bits: Int32
    family_offset: Int32
    family: UInt64


class Features(NamedTuple):
    """What kernels compare. `name_*`: a record's names, each with given tokens (middle names among them) and surname
    tokens. `birth_bits`: rarity of a full date. `sex`: bits of `normalise.sex`. `number_*`: typed identifiers."""

    name_offset: Int32
    given_offset: Int32
    given: Int32
    surname_offset: Int32
    surname: Int32
    whole_surname: Int32
    generation: Int8
    birth_offset: Int32
    birth_earliest: Int32
    birth_latest: Int32
    birth_digits: Int32
    birth_bits: Int32
    sex: Int8
    number_offset: Int32
    number_kind: Int8
    number_hash: UInt64
    number_digits: Int64
    address_offset: Int32
    address_house: Int32
    address_street: Int32
    address_unit: Int32
    address_city: Int32
    address_state: Int32
    address_postal: Int32
    phone_offset: Int32
    phone: Int64
    email_offset: Int32
    email: UInt64
    names: Words
    places: Words


Units: TypeAlias = Any
"""What `units` gives: an int64 inside a kernel."""

units: Any = np.int64
"""A whole number of 1/1024 bit inside a kernel. Numba sees NumPy's type; type checkers are not asked to follow it."""

word: Any = np.uint64
"""A hash inside a kernel."""
