"""Values of many records in the layout that kernels read.

Text is replaced by codes into tables of distinct values; multi-valued fields are ragged: the values of record `i`
stand at `offset[i]:offset[i + 1]`. Weights and frequencies are whole numbers of 1/1024 bit, so that sums are exact
and no order of adding them can change an answer.
"""

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from eyre.resolve.arguments import LaidOnce

Int8 = NDArray[np.int8]
Int16 = NDArray[np.int16]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
UInt8 = NDArray[np.uint8]
UInt32 = NDArray[np.uint32]
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


class NameFeatures(NamedTuple):
    """A record's names, each with given tokens (middle names among them) and surname tokens. The first given token is
    -1 where a middle name was said without one."""

    offset: Int32
    given_offset: Int32
    given: Int32
    surname_offset: Int32
    surname: Int32
    whole_surname: Int32
    generation: Int8
    words: Words


class BirthFeatures(NamedTuple):
    """Birth intervals in days since 1970-01-01, full dates as eight digits, and how rare each of those is."""

    offset: Int32
    earliest: Int32
    latest: Int32
    digits: Int32
    bits: Int32


class NumberFeatures(NamedTuple):
    """Typed identifiers; `scope`: hash of type and issuer, within which two values of one person would be the same;
    `digits` only of social security numbers, whose slips are compared."""

    offset: Int32
    kind: Int8
    scope: UInt64
    hash: UInt64
    digits: Int64


class AddressFeatures(NamedTuple):
    """Addresses, each part a word's number or -1; `bits`: how rare house and street together are."""

    offset: Int32
    house: Int32
    street: Int32
    unit: Int32
    city: Int32
    state: Int32
    postal: Int32
    bits: Int32
    words: Words


class PhoneFeatures(NamedTuple):
    """Telephone numbers in E.164, 0 for none."""

    offset: Int32
    value: Int64


class EmailFeatures(NamedTuple):
    """Hashes of e-mail addresses, 0 for none."""

    offset: Int32
    value: UInt64


class SightingFeatures(NamedTuple):
    """Where and when the source of each record had its person before it; arrays of no length where nobody knows that.

    `state`: the number of the state whose source it is (`sightings.state_number`), 0 for none. `source`: a number of
    the source. Minutes since 1970-01-01T00:00Z: `begun`, when the latest stay began, -1 where that is not known; from
    `since` to `until` the source had them in its lists, `until` being -1 where nothing is known; `over` is 1 where the
    stay ended soon after `until`.
    """

    state: Int16
    source: Int32
    begun: Int32
    since: Int32
    until: Int32
    over: Int8


class FeatureColumns(NamedTuple):
    """The columns of `Features`."""

    names: NameFeatures
    births: BirthFeatures
    sex: Int8
    numbers: NumberFeatures
    addresses: AddressFeatures
    phones: PhoneFeatures
    emails: EmailFeatures
    sightings: SightingFeatures


class Features(FeatureColumns, LaidOnce):
    """What kernels compare; `sex` holds bits of `normalise.sex`, one number a record."""


Units: TypeAlias = Any
"""What `units` gives: an int64 inside a kernel."""

units: Any = np.int64
"""A whole number of 1/1024 bit inside a kernel. Numba sees NumPy's type; type checkers are not asked to follow it."""

word: Any = np.uint64
"""A hash inside a kernel."""
