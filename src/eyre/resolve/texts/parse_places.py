"""`normalise.address` of many texts: house numbers, streets, units and postal codes."""

import numpy as np

from eyre.normalise.address import PLACELESS, STREET_WORDS, parse_postal_code, parse_street
from eyre.resolve.kernel import kernel
from eyre.resolve.layout import Int32, UInt8, UInt64
from eyre.resolve.texts.buffers import Bools, Buffers, Texts, buffers_of, mended, room_for, texts_of
from eyre.resolve.texts.fold_texts import SPACE, fold_texts
from eyre.resolve.texts.rewordings import MOST_GROWTH, Rewordings, reworded, rewordings
from eyre.resolve.texts.word_table import empty_hash, is_listed, with_byte, word_table

_NOUGHT, _NINE, _HYPHEN = map(ord, "09-")
_ZIP_DIGITS, _LONG_ZIP = 5, 9
_STREET = rewordings(STREET_WORDS)
_NOWHERE = word_table(PLACELESS)


def parse_house_numbers(texts: Texts) -> Texts:
    """What `parse_house_number` makes of each."""
    return _squeezed(texts, _NOUGHT)


def parse_units(texts: Texts) -> Texts:
    """Each folded, without spaces."""
    return _squeezed(texts, SPACE)


def parse_streets(texts: Texts) -> Texts:
    """What `parse_street` makes of each."""
    folded = buffers_of(fold_texts(texts))
    plain = np.empty(len(texts), dtype=np.bool_)
    begin = np.zeros(len(texts) + 1, dtype=np.int32)
    body = np.empty(MOST_GROWTH * len(room_for(folded)), dtype=np.uint8)
    _reword(folded, (_STREET, _NOWHERE), begin, body, plain)
    return mended(texts_of(begin, body), texts, plain, parse_street)


def parse_postal_codes(texts: Texts) -> Texts:
    """What `parse_postal_code` makes of each."""
    said = buffers_of(texts)
    plain = np.empty(len(texts), dtype=np.bool_)
    begin, body = np.zeros(len(texts) + 1, dtype=np.int32), room_for(said)
    _cut_zips(said, begin, body, plain)
    return mended(texts_of(begin, body), texts, plain, parse_postal_code)


def _squeezed(texts: Texts, leading: int) -> Texts:
    """Each folded, without spaces, and without what is `leading`."""
    folded = buffers_of(fold_texts(texts))
    begin, body = np.zeros(len(texts) + 1, dtype=np.int32), room_for(folded)
    _squeeze(folded, leading, begin, body)
    return texts_of(begin, body)


@kernel
def _squeeze(folded: Buffers, leading: int, begin: Int32, body: UInt8) -> None:
    end = 0
    for i in range(len(begin) - 1):
        for at in range(folded.begin[i], folded.begin[i + 1]):
            letter = folded.body[at]
            if letter != SPACE and (letter != leading or end > begin[i]):
                body[end] = letter
                end += 1
        begin[i + 1] = end


@kernel
def _reword(folded: Buffers, tables: tuple[Rewordings, UInt64], begin: Int32, body: UInt8, plain: Bools) -> None:
    end = 0
    for i in range(len(plain)):
        start, stop = folded.begin[i], folded.begin[i + 1]
        whole = empty_hash()
        hashed = empty_hash()
        first = end  # of the word that is being read
        for at in range(start, stop):
            letter = folded.body[at]
            whole = with_byte(whole, letter)
            if letter == SPACE:
                end = first + reworded(tables[0], hashed, body, first, end)
                hashed = empty_hash()
                first = end + 1
            else:
                hashed = with_byte(hashed, letter)
            body[end] = letter
            end += 1
        end = first + reworded(tables[0], hashed, body, first, end)
        plain[i] = not is_listed(tables[1], whole)
        if not plain[i]:
            end = begin[i]
        begin[i + 1] = end


@kernel
def _cut_zips(said: Buffers, begin: Int32, body: UInt8, plain: Bools) -> None:
    """Five digits, with or without four more, of which a hyphen may part them."""
    end = 0
    for i in range(len(plain)):
        start, stop = said.begin[i], said.begin[i + 1]
        hyphen = start + _ZIP_DIGITS
        parted = stop - start == _LONG_ZIP + 1
        known = stop - start == _ZIP_DIGITS or stop - start == _LONG_ZIP or parted
        noughts = 0
        nines = 0
        for at in range(start, stop if known else start):
            letter = said.body[at]
            if at < hyphen:
                noughts += letter == _NOUGHT
                nines += letter == _NINE
                body[end + at - start] = letter
            known &= letter == _HYPHEN if parted and at == hyphen else _NOUGHT <= letter <= _NINE
        known &= noughts < _ZIP_DIGITS and nines < _ZIP_DIGITS  # 00000 and 99999, which were never given out
        plain[i] = known or start == stop
        end += _ZIP_DIGITS if known else 0
        begin[i + 1] = end
