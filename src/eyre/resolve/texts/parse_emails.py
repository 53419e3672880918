"""`normalise.email` of many texts: their hashes. Plain is ASCII without spaces around it, but for fillers."""

import numpy as np

from eyre.normalise.email import LONGEST_EMAIL, NO_MAILBOX, parse_email
from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.layout import UInt8, UInt64, Units, units, word
from eyre.resolve.text_hash import fold_hash, hash_texts, raw_hashes
from eyre.resolve.texts.buffers import Bools, Buffers, Texts, buffers_of, not_plain
from eyre.resolve.texts.fold_texts import is_ascii
from eyre.resolve.texts.word_table import empty_hash, is_listed, with_byte, word_table

_AT, _PLUS, _POINT, _SPACE = map(ord, "@+. ")
_MARK = "email:"
_BEGUN = raw_hashes([_MARK])
_FILLERS = word_table(NO_MAILBOX)
_LOWER = np.array([ord(chr(byte).lower()) if byte < 128 else byte for byte in range(256)], dtype=np.uint8)


def parse_emails(texts: Texts) -> UInt64:
    """The hash of `email:` and what `parse_email` makes of each; 0 for what is none."""
    hashes = np.zeros(len(texts), dtype=np.uint64)
    plain = np.empty(len(texts), dtype=np.bool_)
    _parse(buffers_of(texts), (_LOWER, _FILLERS, _BEGUN), plain, hashes)
    rows, at, parsed = not_plain(texts, plain, parse_email)
    hashes[rows] = hashes_of_emails(parsed)[at]
    return hashes


def hashes_of_emails(emails: list[str]) -> UInt64:
    """The hash of `email:` and each address; 0 for an empty one."""
    hashed = hash_texts([f"{_MARK}{email}" for email in emails])
    hashed[np.array([not email for email in emails], dtype=bool)] = 0
    return hashed


@kernel
def _parse(said: Buffers, tables: tuple[UInt8, UInt64, UInt64], plain: Bools, hashes: UInt64) -> None:
    lower = tables[0]
    for i in range(len(plain)):
        start, stop = units(said.begin[i]), units(said.begin[i + 1])
        parting = _first(said.body, start, stop, _AT)
        local = _first(said.body, start, parting, _PLUS)
        whole = parting < stop and local > start and stop - start <= LONGEST_EMAIL
        whole &= _first(said.body, parting, stop, _POINT) < stop
        box = empty_hash()
        hashed = word(tables[2][0])
        for at in range(start, local if whole else start):
            box = with_byte(box, lower[said.body[at]])
            hashed = with_byte(hashed, lower[said.body[at]])
        for at in range(parting, stop if whole else parting):
            hashed = with_byte(hashed, lower[said.body[at]])
        bare = start == stop or (said.body[start] > _SPACE and said.body[stop - 1] > _SPACE)
        plain[i] = bare and is_ascii(said, i) and not is_listed(tables[1], box)
        hashes[i] = fold_hash(hashed) if whole else word(0)


@inline_kernel
def _first(body: UInt8, start: int, stop: int, letter: int) -> Units:
    """Where a letter first stands, `stop` if nowhere."""
    at = units(start)
    while at < stop and body[at] != letter:
        at += 1
    return at
