"""Asking for what many records say before it is compared.

A record's values lie in some thirty places of memory. Asked for one record after the other the answers overlap; waited
for one by one, as comparing does, they take most of its time.
"""

from eyre.resolve.kernel import inline_kernel
from eyre.resolve.layout import Features, Int32, Units, units

AT_ONCE = 16
"""Records that are asked for at once: what they say fits a core's own cache."""


@inline_kernel
def fetch_features(f: Features, rows: Int32, first: int, last: int) -> Units:
    """Asks for what `rows[first:last]` say. What comes of it is nothing but that it was read."""
    seen = units(0)
    for at in range(first, last):
        seen += _offsets(f, rows[at])
    for at in range(first, last):
        seen += _names(f, rows[at]) + _births(f, rows[at]) + _numbers(f, rows[at]) + _addresses(f, rows[at])
    for at in range(first, last):
        seen += _words(f, rows[at])
    return seen


@inline_kernel
def _offsets(f: Features, row: int) -> Units:
    seen = units(f.names.offset[row]) + f.births.offset[row] + f.numbers.offset[row] + f.addresses.offset[row]
    return seen + f.phones.offset[row] + f.emails.offset[row] + f.sex[row]


@inline_kernel
def _names(f: Features, row: int) -> Units:
    seen = units(0)
    at = f.names.offset[row]
    if at < f.names.offset[row + 1]:
        seen += f.names.given_offset[at] + f.names.surname_offset[at] + f.names.whole_surname[at]
        seen += f.names.generation[at]
    return seen


@inline_kernel
def _births(f: Features, row: int) -> Units:
    seen = units(0)
    at = f.births.offset[row]
    if at < f.births.offset[row + 1]:
        seen += f.births.digits[at] + f.births.earliest[at] + f.births.latest[at] + f.births.bits[at]
    return seen


@inline_kernel
def _numbers(f: Features, row: int) -> Units:
    seen = units(0)
    at = f.numbers.offset[row]
    if at < f.numbers.offset[row + 1]:
        seen += units(f.numbers.scope[at]) + units(f.numbers.hash[at]) + f.numbers.kind[at] + f.numbers.digits[at]
    at = f.phones.offset[row]
    if at < f.phones.offset[row + 1]:
        seen += f.phones.value[at]
    at = f.emails.offset[row]
    if at < f.emails.offset[row + 1]:
        seen += units(f.emails.value[at])
    return seen


@inline_kernel
def _addresses(f: Features, row: int) -> Units:
    seen = units(0)
    at = f.addresses.offset[row]
    if at < f.addresses.offset[row + 1]:
        seen += f.addresses.house[at] + f.addresses.street[at] + f.addresses.unit[at]
        seen += f.addresses.city[at] + f.addresses.postal[at] + f.addresses.bits[at]
    return seen


@inline_kernel
def _words(f: Features, row: int) -> Units:
    seen = units(0)
    at = f.names.offset[row]
    if at < f.names.offset[row + 1]:
        given = f.names.given_offset[at]
        if given < f.names.given_offset[at + 1]:
            seen += f.names.given[given]
    return seen
