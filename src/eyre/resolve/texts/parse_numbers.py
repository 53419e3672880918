"""`normalise.identifier` of many texts: their hashes, and the digits of social security numbers."""

import numpy as np

from eyre.normalise.identifier import (
    IDENTIFIER_PLACEHOLDERS,
    SHORT_SSN_DIGITS,
    SSN_DIGITS,
    SSN_PLACEHOLDERS,
    parse_identifier,
    parse_ssn,
)
from eyre.normalise.text import LONGEST
from eyre.resolve.kernel import kernel
from eyre.resolve.layout import Int64, UInt64, units, word
from eyre.resolve.text_hash import fold_hash, hash_texts
from eyre.resolve.texts.buffers import Bools, Buffers, Texts, buffers_of, not_plain
from eyre.resolve.texts.fold_texts import SPACE, fold_texts, is_ascii
from eyre.resolve.texts.word_table import empty_hash, is_listed, with_byte, word_table

_NOUGHT, _NINE = ord("0"), ord("9")
_NO_SSN = np.array(sorted(int(each) for each in SSN_PLACEHOLDERS if len(each) == SSN_DIGITS), dtype=np.int64)
_NO_NUMBER = word_table(IDENTIFIER_PLACEHOLDERS)


def parse_ssns(texts: Texts) -> tuple[UInt64, Int64]:
    """The hash of what `parse_ssn` makes of each, without zeros before it, and its digits as a number; 0 for a
    placeholder."""
    hashes = np.zeros(len(texts), dtype=np.uint64)
    digits = np.zeros(len(texts), dtype=np.int64)
    plain = np.empty(len(texts), dtype=np.bool_)
    _parse_ssns(buffers_of(texts), _NO_SSN, plain, hashes, digits)
    rows, at, parsed = not_plain(texts, plain, parse_ssn)
    hashes[rows] = hashes_of_numbers(parsed)[at]
    digits[rows] = np.array([int(each or 0) for each in parsed], dtype=np.int64)[at]
    return hashes, digits


def parse_identifiers(texts: Texts) -> UInt64:
    """The hash of what `parse_identifier` makes of each, without zeros before it; 0 for a placeholder."""
    hashes = np.zeros(len(texts), dtype=np.uint64)
    plain = np.empty(len(texts), dtype=np.bool_)
    _parse_identifiers(buffers_of(fold_texts(texts)), _NO_NUMBER, plain, hashes)
    rows, at, parsed = not_plain(texts, plain, parse_identifier)
    hashes[rows] = hashes_of_numbers(parsed)[at]
    return hashes


def hashes_of_numbers(values: list[str]) -> UInt64:
    """The hash of each value without zeros before it; 0 for an empty one."""
    hashed = hash_texts([value.lstrip("0") or value for value in values])
    hashed[np.array([not value for value in values], dtype=bool)] = 0
    return hashed


@kernel
def _parse_ssns(said: Buffers, placeholders: Int64, plain: Bools, hashes: UInt64, number: Int64) -> None:
    for i in range(len(number)):
        plain[i] = is_ascii(said, i) and said.begin[i + 1] - said.begin[i] <= LONGEST
        digits = units(0)
        value = units(0)
        seen = units(0)
        hashed = empty_hash()
        for at in range(said.begin[i], said.begin[i + 1]):
            digit = units(said.body[at]) - _NOUGHT
            if 0 <= digit <= 9:
                digits += 1
                if digits <= SSN_DIGITS:
                    value = value * 10 + digit
                    seen |= units(1) << digit
                    if value > 0:
                        hashed = with_byte(hashed, said.body[at])
        known = plain[i] and SHORT_SSN_DIGITS <= digits <= SSN_DIGITS
        seen &= seen - 1  # the lowest digit seen, and then the next, are forgotten: a third one must be left
        seen &= seen - 1
        known &= seen != 0
        if known and digits == SSN_DIGITS:
            for each in placeholders:
                known &= value != each
        number[i] = value if known else 0
        hashes[i] = fold_hash(hashed) if known else word(0)


@kernel
def _parse_identifiers(folded: Buffers, placeholders: UInt64, plain: Bools, hashes: UInt64) -> None:
    for i in range(len(plain)):
        first = units(0)
        several = False
        whole = empty_hash()
        hashed = empty_hash()
        begun = False
        for at in range(folded.begin[i], folded.begin[i + 1]):
            letter = units(folded.body[at])
            if letter == SPACE:
                continue
            several |= first != 0 and letter != first
            first = letter if first == 0 else first
            whole = with_byte(whole, letter)
            begun |= letter != _NOUGHT
            if begun:
                hashed = with_byte(hashed, letter)
        plain[i] = not is_listed(placeholders, whole)
        hashes[i] = fold_hash(hashed) if several else word(0)
