"""Opaque identifiers.

A record's id is a keyed hash of what its source calls it, so that any order of deliveries, and a second import after a
loss, give the same id, while nobody without the store's key can tell a booking number from it. It is a positive 63-bit
integer (what PostgreSQL's `bigint` holds) and is written as `r` and thirteen characters of Crockford's base 32.
"""

import hashlib

RECORD_PREFIX = "r"
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford: no i, l, o, u
_DIGITS = {letter: value for value, letter in enumerate(_ALPHABET)} | {"i": 1, "l": 1, "o": 0}
_LENGTH = 13  # 13 * 5 = 65 bits hold 63
_MASK = (1 << 63) - 1


def record_id(store_key: bytes, source: str, record_key: str) -> int:
    """The id of the record that `source` calls `record_key`, under a store's secret key (16 to 64 bytes)."""
    said = f"{len(source)}:{source}:{record_key}".encode()
    digest = hashlib.blake2b(said, digest_size=8, key=store_key, person=b"eyre-record").digest()
    return int.from_bytes(digest, "big") & _MASK


def format_record_id(record: int) -> str:
    """`r` and thirteen characters."""
    if not 0 <= record <= _MASK:
        raise ValueError(f"`{record}` is not a 63-bit record id")
    letters = [_ALPHABET[(record >> shift) & 31] for shift in range(60, -1, -5)]
    return RECORD_PREFIX + "".join(letters)


def parse_record_id(text: str) -> int:
    """The number behind a written record id; case, and i/l/o for 1/1/0, are forgiven. Raises `ValueError`."""
    body = text.strip().lower().removeprefix(RECORD_PREFIX)
    if len(body) != _LENGTH or any(letter not in _DIGITS for letter in body):
        raise ValueError("a record id is `r` and thirteen letters or digits")
    value = 0
    for letter in body:
        value = value << 5 | _DIGITS[letter]
    if value > _MASK:
        raise ValueError("a record id is `r` and thirteen letters or digits")
    return value
