"""Where the parts are of records that `pack_features` made, and how much is in them: read once to make room, before
they are read to fill it."""

from typing import NamedTuple

import numpy as np

from eyre.resolve.kernel import called_kernel, kernel
from eyre.resolve.layout import Int64, UInt8, Units, units
from eyre.resolve.pack_features import PART_GROUPS


class Sizes(NamedTuple):
    """How many of each there are; of words, counted before equal ones are put together."""

    name_words: int
    families: int
    names: int
    given: int
    surname: int
    births: int
    numbers: int
    place_words: int
    addresses: int
    phones: int
    emails: int


@called_kernel
def read_number(body: UInt8, at: int, width: int) -> Units:
    """A signed whole number of `width` bytes."""
    value = units(0)
    for byte in range(width):
        value |= units(body[at + byte]) << (8 * byte)
    unused = 64 - 8 * width
    return (value << unused) >> unused


@called_kernel
def read_short(body: UInt8, at: int) -> tuple[int, int]:
    """A count, and where it ends."""
    value = units(0)
    shift = 0
    while body[at] & 0x80:
        value |= units(body[at] & 0x7F) << shift
        shift += 7
        at += 1
    return value | (units(body[at]) << shift), at + 1


NAME_WORD = 8 + 4 + 4 + 8 + 4
PLACE_WORD = 8 + 4
BIRTH_BYTES = 16
NUMBER_BYTES = 25


@called_kernel
def _skip_words(body: UInt8, at: int, named: bool) -> tuple[int, int, int]:
    """How many words there are, and families of them, and where they end."""
    many, at = read_short(body, at)
    families = units(0)
    for _ in range(many):
        at += 1 + units(body[at])
        if named:
            some, at = read_short(body, at + NAME_WORD)
            families += some
            at += 8 * some
        else:
            at += PLACE_WORD
    return many, families, at


@called_kernel
def _skip_places(body: UInt8, at: int) -> tuple[int, int]:
    many, at = read_short(body, at)
    for _ in range(many):
        _, at = read_short(body, at)
    return many, at


def find_parts(start: Int64, stop: Int64, body: UInt8) -> Int64:
    """Where in `body` part `g` of record `i` begins and ends: `[i, g, 0]` and `[i, g, 1]`."""
    span = np.empty((len(start), len(PART_GROUPS), 2), dtype=np.int64)
    _find_parts(start, stop, body, span)
    return span


@kernel
def _find_parts(start: Int64, stop: Int64, body: UInt8, span: Int64) -> None:
    for i in range(len(start)):
        at = start[i] + 4 * span.shape[1]
        for part in range(span.shape[1]):
            many = read_number(body, start[i] + 4 * part, 4) if start[i] < stop[i] else units(0)
            span[i, part, 0] = at
            span[i, part, 1] = at + many
            at += many


def measure(span: Int64, body: UInt8) -> Sizes:
    """The sizes of parts at `span[record, group]` of `body`."""
    sizes = np.zeros(len(Sizes._fields), dtype=np.int64)
    _measure(span, body, sizes)
    return Sizes(*sizes.tolist())


@kernel
def _measure(span: Int64, body: UInt8, sizes: Int64) -> None:
    name_words = families = names = given = surname = units(0)
    births = numbers = place_words = addresses = phones = emails = units(0)
    for i in range(len(span)):
        at = span[i, 0, 0]
        if at < span[i, 0, 1]:
            words, some, at = _skip_words(body, at, True)
            name_words += words
            families += some
            many, at = read_short(body, at)
            names += many
            for _ in range(many):
                tokens, at = _skip_places(body, at + 1)
                given += tokens
                tokens, at = _skip_places(body, at)
                surname += tokens
                _, at = read_short(body, at)
        births += (span[i, 1, 1] - span[i, 1, 0]) // BIRTH_BYTES
        numbers += (span[i, 3, 1] - span[i, 3, 0]) // NUMBER_BYTES
        at = span[i, 4, 0]
        if at < span[i, 4, 1]:
            words, _, at = _skip_words(body, at, False)
            place_words += words
            many, at = read_short(body, at)
            addresses += many
        at = span[i, 5, 0]
        if at < span[i, 5, 1]:
            many, at = read_short(body, at)
            phones += many
            emails += (span[i, 5, 1] - at) // 8 - many
    measured = (name_words, families, names, given, surname, births, numbers, place_words, addresses, phones, emails)
    for each in range(len(measured)):
        sizes[each] = measured[each]
