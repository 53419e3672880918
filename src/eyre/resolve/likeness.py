"""How alike two words may be, told without their letters in order: by which letters they have, how many, and which
come first.

Of two words of n and k letters, m of them in common and the first p (at most four) the same, Jaro's similarity is at
most (m / n + m / k + 1) / 3, and Winkler's boost takes j to j + p (1 - j) / 10. So the two reach a similarity s only
if m (n + k) >= n k (3 t - 1), where t = (s - p / 10) / (1 - p / 10).
"""

from eyre.resolve.compare_names import CLOSE_FROM, TYPO_FROM
from eyre.resolve.compare_places import PLACE_TYPO_FROM
from eyre.resolve.kernel import inline_kernel
from eyre.resolve.layout import Units, Words, units, word

UNLIKE, CLOSE, SLIP = 0, 1, 2
"""What two names may be: neither, similar from `compare_names.CLOSE_FROM` on, or from `compare_names.TYPO_FROM` on."""

HEAD_LETTERS = 4
_LETTER_BITS = 5
_LENGTH = 31


def _shares(similarity: float) -> tuple[int, ...]:
    """3 t - 1 in hundredths, rounded down, for no first letter in common, one, ... four."""
    return tuple(int(100 * (3 * (similarity - p / 10) / (1 - p / 10) - 1)) for p in range(HEAD_LETTERS + 1))


_CLOSE_SHARES = _shares(CLOSE_FROM)
_SLIP_SHARES = _shares(TYPO_FROM)
_PLACE_SHARES = _shares(PLACE_TYPO_FROM)


@inline_kernel
def ones(mask: int) -> Units:
    """How many of 64 bits are set."""
    v = word(mask)
    v = v - ((v >> word(1)) & word(0x5555555555555555))
    v = (v & word(0x3333333333333333)) + ((v >> word(2)) & word(0x3333333333333333))
    v = (v + (v >> word(4))) & word(0x0F0F0F0F0F0F0F0F)
    return units((v * word(0x0101010101010101)) >> word(56))


@inline_kernel
def letters_of(words: Words, at: int) -> Units:
    """A bit for each letter of a word, 64 of them: those of ASCII each have their own but for the signs'."""
    mask = word(0)
    for each in range(words.length[at]):
        letter = words.letters[at, each]
        mask |= word(1) << word((letter & 31) + (32 if letter < 64 else 0))
    return mask


@inline_kernel
def head_of(words: Words, at: int) -> Units:
    """A word's length and its first letters in 25 bits."""
    head = units(words.length[at])
    for each in range(min(units(words.length[at]), HEAD_LETTERS)):
        head |= units(words.letters[at, each] & 31) << (_LETTER_BITS * (each + 1))
    return head


@inline_kernel
def first_letters_of(words: Words, at: int) -> Units:
    """A word's first eight letters, eight bits each: what words of places have for a head."""
    first = word(0)
    for each in range(min(units(words.length[at]), 8)):
        first |= word(words.letters[at, each]) << word(8 * each)
    return first


@inline_kernel
def length_of(head: int) -> Units:
    """The length that a head tells."""
    return units(head) & _LENGTH


@inline_kernel
def begin_alike(head_a: int, head_b: int) -> Units:
    """How many first letters two words may have in common, four at the most."""
    apart = (units(head_a) ^ units(head_b)) >> _LETTER_BITS
    return units((apart & 0x1F) == 0) + ((apart & 0x3FF) == 0) + ((apart & 0x7FFF) == 0) + ((apart & 0xFFFFF) == 0)


@inline_kernel
def _common(mask_a: int, length_a: int, mask_b: int, length_b: int) -> Units:
    """The most letters that two words can have in common."""
    return min(length_a - ones(mask_a & ~mask_b), length_b - ones(mask_b & ~mask_a))


@inline_kernel
def names_alike(mask_a: int, head_a: int, mask_b: int, head_b: int) -> Units:
    """The most that two words of names may be: `UNLIKE`, `CLOSE` or `SLIP`."""
    length_a, length_b = length_of(head_a), length_of(head_b)
    begin = begin_alike(head_a, head_b)
    common = 100 * _common(word(mask_a), length_a, word(mask_b), length_b) * (length_a + length_b)
    product = length_a * length_b
    return units(common >= _CLOSE_SHARES[begin] * product) + (common >= _SLIP_SHARES[begin] * product)


@inline_kernel
def places_alike(masks: tuple[int, int], heads: tuple[int, int], lengths: tuple[int, int]) -> bool:
    """Whether two words of places may be the same but for a slip. `heads` are their first letters."""
    apart = heads[0] ^ heads[1]
    begin = units((apart & word(0xFF)) == 0) + ((apart & word(0xFFFF)) == 0)
    begin += units((apart & word(0xFFFFFF)) == 0) + ((apart & word(0xFFFFFFFF)) == 0)
    length_a, length_b = units(lengths[0]), units(lengths[1])
    common = 100 * _common(masks[0], length_a, masks[1], length_b) * (length_a + length_b)
    return bool(common >= _PLACE_SHARES[begin] * length_a * length_b)


@inline_kernel
def differing_letters(head_a: int, head_b: int) -> Units:
    """In how many of their first eight letters two words differ."""
    apart = head_a ^ head_b
    apart |= apart >> word(4)
    apart |= apart >> word(2)
    apart |= apart >> word(1)
    return ones(apart & word(0x0101010101010101))
