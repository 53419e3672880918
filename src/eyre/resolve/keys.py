"""Blocking keys: what two records must share for their pair to be weighed at all.

A key is a conjunction of values (two name tokens; surname sound and birth date; house and street and given name ...)
that is *rare enough*: the bits of its values under the frozen frequencies reach the model's budget. A common
conjunction is made longer by the birth year, the birth day, the postal code or the address; a rare one is left short.
Both records of a pair come to the same key from the values that they share, whatever else they say. A key is a 64-bit
hash of values, the same in every process, and carries the field groups that it was built from, so that a view that
hides one hides the key.
"""

from typing import NamedTuple

import numpy as np

from eyre.model.field_group import FieldGroup
from eyre.resolve.in_threads import in_threads
from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.key_atoms import (
    LETTER_BITS,
    OF_A_DATE,
    OF_ONE_WORD,
    OF_SLIPS,
    OF_TWO_WORDS,
    Atoms,
    blend,
    gather_atoms,
    room_for_atoms,
)
from eyre.resolve.layout import SCALE, Features, Int32, Int64, NameFeatures, UInt64, units, word
from eyre.resolve.model import DOUBTFUL, Model
from eyre.resolve.text_hash import fold_hash

_NAME = int(FieldGroup.NAME)
_BIRTH = int(FieldGroup.BIRTH)
_PLACE = int(FieldGroup.ADDRESS)
_NUMBER = int(FieldGroup.IDENTIFIER)
_CONTACT = int(FieldGroup.CONTACT)

MOST_KEYS = 384
MOST_KEYS_OF_GROUPS = 48
"""Keys that one record may have from the same field groups; those beyond are not made (a record with dozens of
aliases). Counted for each set of groups alone: what a view hides may not crowd out what it sees."""

_NONE = -1
_BELOW_FLAGS = DOUBTFUL - 1
_MOST_TOKENS = 8
_ROWS_AT_ONCE = 1 << 13


class Keys(NamedTuple):
    """Parallel columns, ordered by row and, as unsigned numbers, by key: a key, the row that has it, the field groups
    that it is built from. The number of a loose key (`MostInBlock`) is negative, that of a doubtful one has the bit
    `DOUBTFUL`."""

    key: Int64
    row: Int32
    groups: Int32


def keys_of(features: Features, model: Model) -> Keys:
    """The blocking keys of every record. At most `MOST_KEYS` a record."""
    found = in_threads(lambda rows: fill_keys(features, model, rows), lots_of_rows(len(features.sex)))
    if len(found) == 1:
        return found[0]
    empty = Keys(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32))
    return Keys(*(np.concatenate(columns) for columns in zip(empty, *found, strict=True)))


def lots_of_rows(count: int) -> list[range]:
    """`count` rows, some thousand at a time."""
    return [range(start, min(start + _ROWS_AT_ONCE, count)) for start in range(0, count, _ROWS_AT_ONCE)]


def fill_keys(features: Features, model: Model, rows: range) -> Keys:
    """The blocking keys of some rows."""
    of_rows = keys_of_rows(features, model, np.arange(rows.start, rows.stop, dtype=np.int64))
    return of_rows._replace(row=of_rows.row + np.int32(rows.start)) if rows.start else of_rows


def keys_of_rows(features: Features, model: Model, rows: Int64) -> Keys:
    """The blocking keys of `rows`; the rows of the answer are positions in them."""
    key, groups, used = made_keys(features, model, rows)
    _sort_keys(key, groups, used)
    many = int(used.sum())
    row = np.repeat(np.arange(len(rows), dtype=np.int32), used)
    return Keys(key[:many].view(np.int64).copy(), row, groups[:many].copy())


def made_keys(features: Features, model: Model, rows: Int64) -> tuple[UInt64, Int32, Int32]:
    """The blocking keys of `rows` in no order, those of one after those of the other, with what they are built from;
    and how many each row has. The arrays are longer than that."""
    year_bits = round(float(np.log2(model.frequencies.years)) * SCALE)
    key = np.empty(len(rows) * MOST_KEYS, dtype=np.uint64)  # most of it is never touched, and takes no memory
    groups = np.empty(len(rows) * MOST_KEYS, dtype=np.int32)
    used = np.zeros(len(rows), dtype=np.int32)
    _fill_keys(features, (rows, model.key_bits, year_bits), room_for_atoms(), key, groups, used)
    return key, groups, used


@inline_kernel
def _put(keys: UInt64, groups: Int32, used: int, key: int, group: int, loose: bool) -> int:
    """Append a key unless it is there or there is no more room; returns how many there are. A key that comes of two
    sets of groups is there with both, so that a mask that hides one leaves the other. Its highest bits tell whether it
    is loose, and whether it is doubtful."""
    doubtful = group & (_BIRTH | _PLACE) != 0
    key = word(key) & word(_BELOW_FLAGS) | word(loose) << word(63) | word(doubtful) << word(62)
    alike = 0
    for at in range(used):
        if groups[at] == group:
            if keys[at] == key:
                return used
            alike += 1
    if used == MOST_KEYS or alike == MOST_KEYS_OF_GROUPS:
        return used
    keys[used] = key
    groups[used] = group
    return used + 1


@inline_kernel
def _put_rare(keys: UInt64, groups: Int32, used: int, base: int, bits: int, budget: int) -> int:
    """Append `base`, a value of names, if it is rare enough."""
    return _put(keys, groups, used, fold_hash(base), _NAME, False) if bits >= budget else used


@inline_kernel
def _put_with(
    keys: UInt64,
    groups: Int32,
    used: int,
    base: int,
    bits: int,
    group: int,
    atoms: Atoms,
    many: int,
    asked: tuple[int, int],
) -> int:
    """Append `base` if it is rare enough; else it with each atom that makes it so; else with each two atoms that
    together do. Atoms of its own group add nothing new to it, and two atoms are of one group. `asked` are the budget
    and the kinds of atoms that count."""
    budget, kinds = asked
    if bits >= budget:
        return _put(keys, groups, used, fold_hash(base), group, group == _BIRTH)
    for a in range(many):
        if atoms.group[a] == group or not kinds >> atoms.kind[a] & 1:
            continue
        longer = bits + atoms.bits[a]
        once = blend(base, atoms.hash[a])
        if longer >= budget:
            used = _put(keys, groups, used, once, group | atoms.group[a], group == _BIRTH or atoms.group[a] == _PLACE)
            continue
        for b in range(a + 1, many):
            if atoms.group[a] != atoms.group[b] or atoms.kind[a] == atoms.kind[b] or not kinds >> atoms.kind[b] & 1:
                continue
            if longer + atoms.bits[b] >= budget and atoms.bits[b] + bits < budget:
                used = _put(
                    keys, groups, used, fold_hash(base + blend(atoms.hash[a], atoms.hash[b])),
                    group | atoms.group[a] | atoms.group[b], group == _BIRTH or atoms.group[a] == _PLACE,
                )  # fmt: skip
    return used


_SALT_DATE = 0x44000000
_SALT_PHONE = 0x50000000
_SALT_MIDDLE = 0x4E000000
_SALT_FIRST = 0x46000000


@inline_kernel
def _name_keys(
    f: NameFeatures, name: int, keys: UInt64, groups: Int32, used: int, atoms: Atoms, many: int, budget: int
) -> int:
    words = f.words
    whole = f.whole_surname[name]
    first = f.given_offset[name]
    last = min(f.given_offset[name + 1], first + _MOST_TOKENS)
    if whole >= 0:
        used = _put_rare(keys, groups, used, words.hash[whole], units(words.surname_bits[whole]), budget)
        bits = units(words.sound_bits[whole])
        used = _put_with(keys, groups, used, words.sound[whole], bits, _NAME, atoms, many, (budget, OF_ONE_WORD))
    for at in range(first, last):
        given = f.given[at]
        if given < 0 or words.length[given] < 2:
            continue
        bits = units(min(words.bits[given], words.surname_bits[given]))
        if at - first < 2:
            used = _put_with(keys, groups, used, words.hash[given], bits, _NAME, atoms, many, (budget, OF_ONE_WORD))
        for part in range(f.surname_offset[name], f.surname_offset[name + 1]):
            token = f.surname[part]
            both = blend(words.hash[given], words.hash[token])
            rare = bits + min(words.bits[token], words.surname_bits[token])
            used = _put_with(keys, groups, used, both, rare, _NAME, atoms, many, (budget, OF_TWO_WORDS))
            if at == first and rare < budget and last > first + 1 and f.given[first + 1] >= 0:
                middle = blend(both, fold_hash(_SALT_MIDDLE + words.letters[f.given[first + 1], 0]))
                used = _put_rare(keys, groups, used, middle, rare + LETTER_BITS, budget)
        if at == first and whole >= 0:
            used = _sounded_keys(f, name, given, keys, groups, used, budget)
            letter = blend(words.hash[given], fold_hash(_SALT_FIRST + words.letters[whole, 0]))
            used = _put_with(keys, groups, used, letter, bits + LETTER_BITS, _NAME, atoms, many, (budget, OF_SLIPS))
            letter = blend(words.sound[whole], fold_hash(_SALT_FIRST + words.letters[given, 0]))
            sounds = units(words.sound_bits[whole]) + LETTER_BITS
            used = _put_with(keys, groups, used, letter, sounds, _NAME, atoms, many, (budget, OF_SLIPS))
        for other in range(at + 1, last):
            token = f.given[other]
            if words.length[token] > 1:
                both = blend(words.hash[given], words.hash[token])
                rare = bits + words.bits[token]
                used = _put_with(keys, groups, used, both, rare, _NAME, atoms, many, (budget, OF_SLIPS))
    return used


@inline_kernel
def _sounded_keys(
    f: NameFeatures,
    name: int,
    given: int,
    keys: UInt64,
    groups: Int32,
    used: int,
    budget: int,
) -> int:
    """Surname by sound with the given name's initial, and with each name that the given name may stand for."""
    words = f.words
    whole = f.whole_surname[name]
    initial = blend(words.sound[whole], fold_hash(word(words.letters[given, 0])))
    rare = units(words.sound_bits[whole])
    used = _put_rare(keys, groups, used, initial, rare + 3 * SCALE, budget)
    for at in range(words.family_offset[given], min(words.family_offset[given + 1], words.family_offset[given] + 4)):
        both = blend(words.sound[whole], words.family[at])
        used = _put_rare(keys, groups, used, both, rare + 5 * SCALE, budget)
    return used


@kernel
def _sort_keys(key: UInt64, group: Int32, used: Int32) -> None:
    """Sort each row's keys, with their groups, in place."""
    end = 0
    for many in used:
        _sort(key[end : end + many], group[end : end + many], many)
        end += many


@inline_kernel
def _sort(keys: UInt64, groups: Int32, used: int) -> None:
    """Sort a row's keys, with their groups, in place."""
    for at in range(1, used):
        key = keys[at]
        group = groups[at]
        back = at
        while back > 0 and keys[back - 1] > key:
            keys[back] = keys[back - 1]
            groups[back] = groups[back - 1]
            back -= 1
        keys[back] = key
        groups[back] = group


@kernel
def _fill_keys(
    f: Features, asked: tuple[Int64, int, int], atoms: Atoms, key: UInt64, group: Int32, used: Int32
) -> None:
    """Keys of rows, end to end; `asked` are the rows, the budget and a birth year's bits."""
    rows, budget, year_bits = asked
    end = 0
    for row in range(len(used)):
        keys = key[end : end + MOST_KEYS]
        groups = group[end : end + MOST_KEYS]
        i = rows[row]
        many = gather_atoms(f, i, year_bits, atoms)
        have = 0
        for at in range(f.numbers.offset[i], f.numbers.offset[i + 1]):
            if f.numbers.hash[at] != 0:
                have = _put(keys, groups, have, f.numbers.hash[at], _NUMBER, False)
        for at in range(f.phones.offset[i], f.phones.offset[i + 1]):
            if f.phones.value[at] != 0:
                have = _put(keys, groups, have, fold_hash(_SALT_PHONE + f.phones.value[at]), _CONTACT, False)
        for at in range(f.emails.offset[i], f.emails.offset[i + 1]):
            if f.emails.value[at] != 0:
                have = _put(keys, groups, have, f.emails.value[at], _CONTACT, False)
        for at in range(f.births.offset[i], f.births.offset[i + 1]):
            if f.births.digits[at] > 0:
                date = fold_hash(_SALT_DATE + f.births.digits[at])
                bits = units(f.births.bits[at])
                have = _put_with(keys, groups, have, date, bits, _BIRTH, atoms, many, (budget, OF_A_DATE))
        for name in range(f.names.offset[i], f.names.offset[i + 1]):
            have = _name_keys(f.names, name, keys, groups, have, atoms, many, budget)
        used[row] = have
        end += have
