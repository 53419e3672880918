"""How rare addresses are: house and street together."""

from math import log2

import numpy as np

from eyre.resolve.frequency import HOUSE_BITS, MOST_ADDRESS_BITS, Frequencies
from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.layout import SCALE, Int32, Int64, Units, units, word
from eyre.resolve.lexicon import OTHER, STREET, Lexicon
from eyre.resolve.text_hash import fold_hash
from eyre.resolve.texts.buffers import Texts, picked_texts, texts_from
from eyre.resolve.texts.distinct import in_column
from eyre.resolve.texts.number_texts import number_texts, places_among

_NONE = -1


def address_name(house: str, street: str) -> str:
    """What `Frequencies.address` calls an address, from the lexicon's words for its parts."""
    return f"{house.partition(':')[2]} {street.partition(':')[2]}"


def address_bits(street: Int32, house: Int32, rarity: Int32, lexicon: Lexicon, frequencies: Frequencies) -> Int32:
    """Of house and street together, whose words have `rarity`; an address that is known to house many is as common as
    its residents."""
    bits = np.zeros(len(street), dtype=np.int32)
    settings = (round(HOUSE_BITS * SCALE), round(MOST_ADDRESS_BITS * SCALE))
    pairs, known = _known_pairs(lexicon, frequencies)
    slots = np.full(1 << (4 * len(pairs)).bit_length(), _NONE, dtype=np.int32)
    _fill_bits(street, house, (rarity, pairs, known, slots), settings, bits)
    return bits


def _known_pairs(lexicon: Lexicon, frequencies: Frequencies) -> tuple[Int64, Int32]:
    """Street and house, as one number, of addresses whose frequency is known, and their bits. Wherever the name of an
    address is cut in two, the first may be the house."""
    shares = frequencies.address
    parts = [(name.split(" "), share) for name, share in shares.items()]
    cuts = [(part, at, share) for part, share in parts for at in range(1, len(part))]
    if not cuts:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32)
    words = in_column(lexicon.words)
    house = _numbers([f"{OTHER}:{' '.join(part[:at])}" for part, at, _ in cuts], words)
    street = _numbers([f"{STREET}:{' '.join(part[at:])}" for part, at, _ in cuts], words)
    bits = np.array([round(-log2(share) * SCALE) for _, _, share in cuts], dtype=np.int32)
    there = (house >= 0) & (street >= 0)
    return street[there].astype(np.int64) << 32 | house[there], bits[there]


def _numbers(said: list[str], words: Texts) -> Int32:
    """Each text's number among the words, -1 for none."""
    number, first = number_texts(texts := texts_from(said))
    return places_among(picked_texts(texts, first), words)[number]


@inline_kernel
def _slot(pair: int, mask: int) -> Units:
    return units(fold_hash(word(pair))) & mask


@kernel
def _fill_bits(
    street: Int32, house: Int32, known: tuple[Int32, Int64, Int32, Int32], settings: tuple[int, int], bits: Int32
) -> None:
    """`known`: the rarity of words; pairs and their bits; slots to find them by. `settings`: the bits of a house, and
    the most of an address."""
    rarity, pairs, of_pair, slots = known
    mask = units(len(slots) - 1)
    for k in range(len(pairs)):
        slot = _slot(pairs[k], mask)
        while slots[slot] >= 0:
            slot = (slot + 1) & mask
        slots[slot] = k
    for i in range(len(bits)):
        if street[i] >= 0 and house[i] >= 0:
            least = min(units(rarity[street[i]]) + settings[0], settings[1])
            pair = units(street[i]) << 32 | units(house[i])
            slot = _slot(pair, mask)
            while slots[slot] >= 0:
                if pairs[slots[slot]] == pair:
                    least = min(least, units(of_pair[slots[slot]]))
                slot = (slot + 1) & mask
            bits[i] = least
