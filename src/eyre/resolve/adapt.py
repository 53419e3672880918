"""Frequencies of a closed file: the shipped knowledge and the file's own counts, blended.

Only for a file that is resolved whole, where nothing is hidden from anybody (`eyre link`). A store resolves under the
frozen frequencies, for a count over records that a view hides would be an answer about them.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import log2
from typing import Any

import numpy as np
import pyarrow as pa

from eyre.resolve.address_bits import address_name
from eyre.resolve.count_numbers import count_numbers, rows_of_many
from eyre.resolve.features import Coded
from eyre.resolve.frequency import MOST_GIVEN_BITS, MOST_SURNAME_BITS, Frequencies, sound_shares
from eyre.resolve.in_threads import in_threads
from eyre.resolve.kernel import kernel
from eyre.resolve.layout import Int32, Int64
from eyre.resolve.lexicon import CITY, POSTAL, STREET, words_of_role
from eyre.resolve.model import Model
from eyre.resolve.share_column import ShareColumn, in_columns, shares_of
from eyre.resolve.texts.buffers import Texts, kept_texts
from eyre.resolve.texts.distinct import in_column
from eyre.resolve.texts.number_texts import places_among
from eyre.resolve.tie import HISTOGRAM_BITS, HISTOGRAM_STEPS

_PRIOR_NAMES = 2_000.0
"""How many names of people the shipped table's word weighs: in a file of 2,000 names both weigh the same."""
_PRIOR_PLACES = 20.0
_PRIOR_DATES = 200.0
_PRIOR_ROUNDS = 10
_MOST_OF_A_HOUSEHOLD = 40  # records: a household of eight in five sources
LEAST_DUPLICATES = 0.05
MOST_DUPLICATES = 30.0


def adapt(model: Model, coded: Coded) -> Model:
    """`model` with the frequencies of the file that `coded` holds, and its number of records as population."""
    known = model.frequencies
    words = in_column(coded.name_lexicon.words)
    parts: tuple[Callable[[], Any], ...] = (
        lambda: _surname_shares(known, words, coded.whole_surname),
        lambda: _blend(known.given, 2.0**-MOST_GIVEN_BITS, words, coded.given.flat),
        lambda: _place_shares(coded, STREET, "street", known.unlisted_street_bits),
        lambda: _place_shares(coded, POSTAL, "postal", known.unlisted_postal_bits),
        lambda: _place_shares(coded, CITY, "city", known.unlisted_city_bits),
        lambda: _crowded_addresses(coded),
        lambda: _january_first(coded.said.births.digits, known),
    )
    (surname, sound), given, street, postal, city, address, january_first = in_threads(lambda part: part(), parts)
    frequencies = replace(
        known,
        given=given,
        surname=surname,
        sound=sound,
        street=street,
        postal=postal,
        city=city,
        address=address,
        january_first=january_first,
    )
    # of a file that is looked at whole the prior and the levels are known, and weak ties are worth what they say
    return replace(model, frequencies=frequencies, weak=model.floor).for_population(coded.said.count)


def fit_prior(model: Model, histogram: Int64, count: int) -> Model:
    """`model` with the expected number of other records of one person that the weighed candidate pairs bear out.

    `histogram` is that of `tie.Tied`. A fixed point: the sum of the pairs' posterior probabilities, twice over the
    number of records. Only the prior moves, never a weight, so that it cannot run away to another meaning of *same* as
    unanchored EM does.
    """
    middle = (np.arange(len(histogram)) + 0.5) / HISTOGRAM_STEPS - HISTOGRAM_BITS
    evidence = middle - log2(model.duplicates)
    duplicates = model.duplicates
    for _ in range(_PRIOR_ROUNDS):
        odds = np.exp2(evidence + log2(duplicates))
        expected = 2.0 * float((histogram * odds / (1.0 + odds)).sum()) / max(count, 1)
        duplicates = min(max(expected, LEAST_DUPLICATES), MOST_DUPLICATES)
    return replace(model, duplicates=duplicates)


def _surname_shares(known: Frequencies, words: Texts, numbers: Int32) -> tuple[ShareColumn, ShareColumn]:
    """Of surnames, and of their sounds."""
    surname = _blend(known.surname, 2.0**-MOST_SURNAME_BITS, words, numbers)
    return surname, sound_shares(_of_both(in_columns(known.surname), surname))


def _blend(known: Mapping[str, float], least: float, words: Texts, numbers: Int32) -> ShareColumn:
    counts = count_numbers(numbers, len(words))
    total = float(counts.sum()) + _PRIOR_NAMES
    share = shares_of(words, known)
    return ShareColumn(words, (counts + _PRIOR_NAMES * np.where(np.isnan(share), least, share)) / total)


def _of_both(known: ShareColumn, own: ShareColumn) -> ShareColumn:
    """The shares that are known, with the file's own in their stead and after them."""
    place = places_among(own.texts, known.texts)
    new = place < 0
    share = known.share.copy()
    share[place[~new]] = own.share[~new]
    texts: Any = pa.concat_arrays([known.texts, kept_texts(own.texts, new)])
    return ShareColumn(texts, np.concatenate([share, own.share[new]]))


def _place_shares(coded: Coded, role: str, column: str, unlisted: float) -> ShareColumn:
    words = coded.place_lexicon.words
    counts = count_numbers(coded.places[column], len(words))
    total = float(counts.sum()) + _PRIOR_PLACES
    rows, said = words_of_role(words, role)
    return ShareColumn(in_column(said), (counts[rows] + _PRIOR_PLACES * 2.0**-unlisted) / total)


def _crowded_addresses(coded: Coded) -> dict[str, float]:
    """Shares of the addresses that so many records give that no household could."""
    street, house = coded.places["street"], coded.places["house"]
    rows = rows_of_many(street, house, _MOST_OF_A_HOUSEHOLD)
    pairs, counts = np.unique(street[rows].astype(np.int64) << 32 | house[rows], return_counts=True)
    crowded = counts > _MOST_OF_A_HOUSEHOLD
    pairs = pairs[crowded]
    houses = coded.place_lexicon.said((pairs & 0xFFFFFFFF).astype(np.int32))
    streets = coded.place_lexicon.said((pairs >> 32).astype(np.int32))
    total = float(np.count_nonzero((street >= 0) & (house >= 0))) + _PRIOR_PLACES
    return {
        address_name(*parts): count / total
        for *parts, count in zip(houses, streets, counts[crowded].tolist(), strict=True)
    }


def _january_first(digits: Int32, known: Frequencies) -> float:
    counts = np.zeros(2, dtype=np.int64)
    _count_dates(digits, counts)
    full, first = map(float, counts)
    return (first + _PRIOR_DATES * known.january_first) / (full + _PRIOR_DATES)


@kernel
def _count_dates(digits: Int32, counts: Int64) -> None:
    """Full dates, and those of them that are 1 January."""
    for i in range(len(digits)):
        counts[0] += digits[i] > 0
        counts[1] += digits[i] > 0 and digits[i] % 10_000 == 101
