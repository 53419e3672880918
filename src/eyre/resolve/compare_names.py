"""Comparison of names: given, middle, surname and generation, with nicknames, initials, slips, compounds and swaps.

A record may have several names; the pair of names with the highest total speaks for the pair of records.
"""

from typing import NamedTuple

from eyre.resolve import level as lv
from eyre.resolve import weight_index as wi
from eyre.resolve.kernel import inline_kernel
from eyre.resolve.layout import Int8, Int32, NameFeatures, Units, Words, units
from eyre.resolve.similarity import is_prefix, jaro_winkler

TYPO_FROM = 0.90  # JONATHON, JONATHAN .94; MILLER, MILLS .89 are different names
CLOSE_FROM = 0.82
TYPO_SPREAD = 1536  # 1.5 bits: the spellings within a slip of a name are about three times as common as the name
MOST_TYPO_BITS = 11 * 1024  # a slip of a very rare word may be a slip of a common one
_SHORTEST_PREFIX = 3
_NOT = -(1 << 40)  # less than any weight
_FEMALE = 2


class NameEvidence(NamedTuple):
    """Weights and levels of the four parts, and log-ratios of the three kinships, in 1/1024 bit."""

    given: int
    given_level: int
    middle: int
    middle_level: int
    surname: int
    surname_level: int
    generation: int
    generation_level: int
    household: int
    twin: int
    namesake: int


@inline_kernel
def _same_family(words: Words, left: int, right: int) -> bool:
    a = words.family_offset[left]
    b = words.family_offset[right]
    while a < words.family_offset[left + 1] and b < words.family_offset[right + 1]:
        if words.family[a] == words.family[b]:
            return True
        if words.family[a] < words.family[b]:
            a += 1
        else:
            b += 1
    return False


@inline_kernel
def _given_level(words: Words, left: int, right: int) -> int:
    if left == right:
        return lv.EXACT if words.length[left] > 1 else lv.INITIAL
    if words.length[left] == 1 or words.length[right] == 1:
        return lv.INITIAL if words.letters[left, 0] == words.letters[right, 0] else lv.DIFFERS
    if _same_family(words, left, right):
        return lv.NICKNAME
    similarity = jaro_winkler(words.letters, words.length, left, right)
    if similarity >= TYPO_FROM:
        return lv.TYPO
    if min(words.length[left], words.length[right]) >= _SHORTEST_PREFIX and is_prefix(
        words.letters, words.length, left, right
    ):
        return lv.PREFIX
    return lv.CLOSE if similarity >= CLOSE_FROM else lv.DIFFERS


@inline_kernel
def _compare_given(words: Words, w: Int32, left: int, right: int) -> tuple[int, int, int, int, int]:
    """Weight, level, and the log-ratios of household, twin and namesake."""
    found = _given_level(words, left, right)
    bits = units(min(words.bits[left], words.bits[right]))
    if found == lv.EXACT:
        return (
            bits + w[wi.GIVEN_EXACT],
            found,
            bits + w[wi.HOUSEHOLD_GIVEN],
            bits + w[wi.TWIN_GIVEN],
            bits + w[wi.NAMESAKE_GIVEN],
        )
    same_initial = words.letters[left, 0] == words.letters[right, 0]
    twin = units(w[wi.TWIN_INITIAL] if same_initial else 0)
    if found == lv.NICKNAME:
        return bits + w[wi.GIVEN_NICKNAME], found, units(0), twin, bits + w[wi.GIVEN_NICKNAME]
    if found == lv.TYPO:
        weight = min(bits, MOST_TYPO_BITS) - TYPO_SPREAD + w[wi.GIVEN_TYPO]
        return weight, found, units(0), twin, weight
    if found == lv.PREFIX:
        weight = min(bits, MOST_TYPO_BITS) - TYPO_SPREAD + w[wi.GIVEN_PREFIX]
        return weight, found, units(0), twin, weight
    if found == lv.INITIAL:
        return units(w[wi.GIVEN_INITIAL]), found, units(0), twin, units(w[wi.GIVEN_INITIAL])
    if found == lv.CLOSE:
        return units(w[wi.GIVEN_CLOSE]), found, units(0), twin, units(w[wi.NAMESAKE_GIVEN_DIFFERS])
    weight = units(w[wi.GIVEN_DIFFERS_SAME_INITIAL] if same_initial else w[wi.GIVEN_DIFFERS])
    return weight, found, units(0), twin, units(w[wi.NAMESAKE_GIVEN_DIFFERS])


@inline_kernel
def _compare_middle(words: Words, w: Int32, left: int, right: int) -> tuple[int, int]:
    found = _given_level(words, left, right)
    if found == lv.EXACT:
        return units(min(words.bits[left], 8 * 1024)) + w[wi.MIDDLE_EXACT], found
    if found == lv.INITIAL:
        return units(w[wi.MIDDLE_INITIAL]), found
    if found == lv.NICKNAME or found == lv.TYPO or found == lv.PREFIX:
        return units(w[wi.MIDDLE_TYPO]), found
    return units(w[wi.MIDDLE_DIFFERS]), lv.DIFFERS


@inline_kernel
def _shared_part_bits(f: NameFeatures, left: int, right: int) -> Units:
    """The rarest surname token that both names have, in bits; 0 for none."""
    best = units(0)
    for a in range(f.surname_offset[left], f.surname_offset[left + 1]):
        for b in range(f.surname_offset[right], f.surname_offset[right + 1]):
            if f.surname[a] == f.surname[b] and f.words.length[f.surname[a]] > 2:
                best = max(best, units(f.words.surname_bits[f.surname[a]]))
    return best


@inline_kernel
def _compare_surname(f: NameFeatures, w: Int32, left: int, right: int, female: bool) -> tuple[int, int, int, int, int]:
    words = f.words
    a = f.whole_surname[left]
    b = f.whole_surname[right]
    bits = units(min(words.surname_bits[a], words.surname_bits[b]))
    if a == b:
        return (
            bits + w[wi.SURNAME_EXACT],
            lv.EXACT,
            bits + w[wi.HOUSEHOLD_SURNAME],
            bits,
            bits + w[wi.NAMESAKE_SURNAME],
        )
    compound = f.surname_offset[left + 1] - f.surname_offset[left] > 1
    compound = compound or f.surname_offset[right + 1] - f.surname_offset[right] > 1
    part = _shared_part_bits(f, left, right) if compound else units(0)
    if part > 0:
        weight = part + w[wi.SURNAME_PART]
        return weight, lv.PART, weight, weight, weight
    similarity = jaro_winkler(words.letters, words.length, a, b)
    if similarity >= TYPO_FROM:
        weight = min(bits, MOST_TYPO_BITS) - TYPO_SPREAD + w[wi.SURNAME_TYPO]
        return weight, lv.TYPO, weight, weight, weight
    if similarity >= CLOSE_FROM:
        weight = units(w[wi.SURNAME_CLOSE])
        return weight, lv.CLOSE, weight, weight, weight
    weight = units(w[wi.SURNAME_DIFFERS_FEMALE] if female else w[wi.SURNAME_DIFFERS])
    return (
        weight,
        lv.DIFFERS,
        units(w[wi.HOUSEHOLD_SURNAME_DIFFERS]),
        units(w[wi.TWIN_SURNAME_DIFFERS]),
        units(w[wi.NAMESAKE_SURNAME_DIFFERS]),
    )


@inline_kernel
def _alike(words: Words, left: int, right: int) -> bool:
    """Whether two words of two letters or more are the same but for a slip."""
    if left == right:
        return bool(words.length[left] > 1)
    if min(words.length[left], words.length[right]) <= _SHORTEST_PREFIX:
        return False
    return jaro_winkler(words.letters, words.length, left, right) >= TYPO_FROM


@inline_kernel
def _swapped_weight(f: NameFeatures, w: Int32, left: int, right: int) -> Units:
    """Weight of given name and surname having changed places, or of one of them being the other's other; `_NOT` when
    they have not."""
    if f.given_offset[left + 1] == f.given_offset[left] or f.given_offset[right + 1] == f.given_offset[right]:
        return units(_NOT)
    a, b = f.given[f.given_offset[left]], f.given[f.given_offset[right]]
    c, d = f.whole_surname[left], f.whole_surname[right]
    words = f.words
    if a < 0 or b < 0 or a == b:
        return units(_NOT)
    first, second = _alike(words, a, d), _alike(words, b, c)
    if first and second:
        rare = units(min(words.bits[a] + words.surname_bits[c], words.bits[b] + words.surname_bits[d]))
        slips = (a != d) + (b != c)
        return rare - slips * 2 * TYPO_SPREAD + w[wi.NAMES_SWAPPED]
    if first:
        return min(units(words.surname_bits[d]), MOST_TYPO_BITS) + w[wi.NAMES_HALF_SWAPPED]
    if second:
        return min(units(words.surname_bits[c]), MOST_TYPO_BITS) + w[wi.NAMES_HALF_SWAPPED]
    return units(_NOT)


@inline_kernel
def _crossed(f: NameFeatures, w: Int32, left: int, right: int) -> Units:
    """Weight of one's given name standing among the other's middle names; `_NOT` when it does not."""
    best = units(_NOT)
    a = f.given[f.given_offset[left]]
    b = f.given[f.given_offset[right]]
    for at in range(f.given_offset[right] + 1, f.given_offset[right + 1]):
        if f.given[at] == a and f.words.length[a] > 1:
            best = max(best, units(f.words.bits[a]) + w[wi.GIVEN_CROSSED])
    for at in range(f.given_offset[left] + 1, f.given_offset[left + 1]):
        if f.given[at] == b and f.words.length[b] > 1:
            best = max(best, units(f.words.bits[b]) + w[wi.GIVEN_CROSSED])
    return best


@inline_kernel
def _moved_surname(f: NameFeatures, w: Int32, left: int, right: int) -> Units:
    """Weight of one's surname standing among the other's given names after the first (a maiden name kept, a surname
    changed); `_NOT` when it does not."""
    best = units(_NOT)
    a = f.whole_surname[left]
    b = f.whole_surname[right]
    for at in range(f.given_offset[right] + 1, f.given_offset[right + 1]):
        if f.given[at] == a and f.words.length[a] > 1:
            best = max(best, units(f.words.surname_bits[a]) + w[wi.SURNAME_MOVED])
    for at in range(f.given_offset[left] + 1, f.given_offset[left + 1]):
        if f.given[at] == b and f.words.length[b] > 1:
            best = max(best, units(f.words.surname_bits[b]) + w[wi.SURNAME_MOVED])
    return best


@inline_kernel
def _lone_word(f: NameFeatures, w: Int32, lone: int, whole: int) -> Units:
    """Weight of a name of one word being the other's surname; `_NOT` when it is not."""
    word = f.given[f.given_offset[lone]]
    surname = f.whole_surname[whole]
    if word == surname:
        return units(f.words.surname_bits[surname]) + w[wi.NAME_LONE]
    if f.words.length[word] > 2 and jaro_winkler(f.words.letters, f.words.length, word, surname) >= TYPO_FROM:
        return min(units(f.words.surname_bits[surname]), MOST_TYPO_BITS) - 2 * TYPO_SPREAD + w[wi.NAME_LONE]
    return units(_NOT)


@inline_kernel
def _compare_generation(w: Int32, left: int, right: int) -> tuple[int, int, int]:
    if left > 0 and right > 0:
        if left == right:
            return units(w[wi.GENERATION_SAME]), lv.EXACT, units(w[wi.GENERATION_DIFFERS])
        return units(w[wi.GENERATION_DIFFERS]), lv.DIFFERS, units(w[wi.NAMESAKE_GENERATION])
    one_said = left > 0 or right > 0
    return units(0), lv.MISSING, units(w[wi.NAMESAKE_GENERATION] // 2 if one_said else 0)


@inline_kernel
def _compare_one(f: NameFeatures, w: Int32, left: int, right: int, female: bool) -> NameEvidence:
    zero = units(0)
    given, given_level, household, twin, namesake = zero, lv.MISSING, zero, zero, zero
    middle, middle_level = zero, lv.MISSING
    many_left = f.given_offset[left + 1] - f.given_offset[left]
    many_right = f.given_offset[right + 1] - f.given_offset[right]
    if many_left > 0 and many_right > 0:
        a = f.given[f.given_offset[left]]
        b = f.given[f.given_offset[right]]
        if a >= 0 and b >= 0:
            given, given_level, household, twin, namesake = _compare_given(f.words, w, a, b)
        if given_level == lv.DIFFERS or given_level == lv.CLOSE:
            crossed = _crossed(f, w, left, right)
            if crossed > given:
                given, given_level = crossed, lv.CROSSED
        if many_left > 1 and many_right > 1 and given_level != lv.CROSSED:
            middle, middle_level = _compare_middle(
                f.words, w, f.given[f.given_offset[left] + 1], f.given[f.given_offset[right] + 1]
            )
    surname, surname_level = zero, lv.MISSING
    if f.whole_surname[left] >= 0 and f.whole_surname[right] >= 0:
        surname, surname_level, hs, ts, ns = _compare_surname(f, w, left, right, female)
        if surname_level == lv.DIFFERS or surname_level == lv.CLOSE:
            moved = _moved_surname(f, w, left, right)
            if moved > surname:
                surname, surname_level = moved, lv.CROSSED
        household += hs
        twin += ts
        namesake += ns
        if surname_level == lv.DIFFERS:
            swapped = _swapped_weight(f, w, left, right)
            if swapped > given + surname:
                given, given_level = swapped, lv.SWAPPED
                surname, surname_level = zero, lv.SWAPPED
                middle, middle_level = zero, lv.MISSING
                household, twin, namesake = zero, zero, swapped
    elif given_level == lv.DIFFERS:
        lone = units(_NOT)
        if many_left == 1 and f.whole_surname[left] < 0 and f.whole_surname[right] >= 0:
            lone = _lone_word(f, w, left, right)
        elif many_right == 1 and f.whole_surname[right] < 0 and f.whole_surname[left] >= 0:
            lone = _lone_word(f, w, right, left)
        if lone > given:
            given, given_level = lone, lv.CROSSED
            household, twin, namesake = lone, lone, lone
    generation, generation_level, ng = _compare_generation(w, f.generation[left], f.generation[right])
    return NameEvidence(
        given, given_level, middle, middle_level, surname, surname_level, generation, generation_level,
        household, twin, namesake + max(middle, zero) + ng,  # who is named after another is so in full
    )  # fmt: skip


@inline_kernel
def compare_names(f: NameFeatures, sexes: Int8, w: Int32, i: int, j: int) -> NameEvidence:
    """The evidence of the best pair of names of records `i` and `j`."""
    zero = units(0)
    best = NameEvidence(
        zero, lv.MISSING, zero, lv.MISSING, zero, lv.MISSING, zero, lv.MISSING, zero, zero, zero
    )  # fmt: skip
    female = ((sexes[i] | sexes[j]) & _FEMALE) != 0 or sexes[i] == 0 or sexes[j] == 0
    best_total = units(-(1 << 40))
    for left in range(f.offset[i], f.offset[i + 1]):
        for right in range(f.offset[j], f.offset[j + 1]):
            found = _compare_one(f, w, left, right, female)
            total = found.given + found.middle + found.surname + found.generation
            closer = found.household + found.twin + found.namesake < best.household + best.twin + best.namesake
            if total > best_total or (total == best_total and closer):
                best = found
                best_total = total
    return best
