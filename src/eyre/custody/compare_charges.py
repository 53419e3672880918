"""What changed between two lists of charges, and what is only written differently."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from jellyfish import damerau_levenshtein_distance

from eyre.model.justice import Charge
from eyre.normalise.text import fold

LONG_WORD = 5
"""A shorter word that differs is another word: `1st` and `2nd`, `sale` and `sell`, `sec a` and `sec b`."""
LETTERS_A_SLIP = 5
"""One letter in so many may be a slip of the hand: `burglery` for `burglary`, `posession` for `possession`."""


@dataclass(frozen=True, slots=True)
class ChargeChange:
    """How many charges came, went, or are told with another severity or `disposed` otherwise; and of those that stayed
    how many bonds were `raised`, `lowered`, or are of another kind (`rebonded`)."""

    added: int = 0
    dropped: int = 0
    graded: int = 0
    disposed: int = 0
    raised: int = 0
    lowered: int = 0
    rebonded: int = 0


def compare_charges(before: Sequence[Charge], after: Sequence[Charge]) -> ChargeChange:
    """Pair the charges of two lists, whatever their order and numbers, and count what differs.

    Charges are the same that have the same words and the same statute; then the same statute and degree; then, where a
    side tells no statute, words that differ by slips of the hand.
    """
    if before == after:
        return ChargeChange()
    pairs, left, right = _paired(list(before), list(after))
    bonds = [_bond_change(one, other) for one, other in pairs]
    return ChargeChange(
        added=len(right),
        dropped=len(left),
        graded=sum(_differs_where_told(one.severity, other.severity) for one, other in pairs),
        disposed=sum(fold(one.disposition) != fold(other.disposition) for one, other in pairs),
        raised=bonds.count("raised"),
        lowered=bonds.count("lowered"),
        rebonded=bonds.count("rebonded"),
    )


def amount_of(text: str) -> Decimal | None:
    """Money as the model keeps it; `None` if none is told."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _paired(left: list[Charge], right: list[Charge]) -> tuple[list[tuple[Charge, Charge]], list[Charge], list[Charge]]:
    """Pairs by each rule in turn, and what is left of both sides."""
    pairs: list[tuple[Charge, Charge]] = []
    keys: tuple[Callable[[Charge], Hashable], ...] = (
        lambda charge: charge,
        lambda charge: (_statute(charge), _words(charge), fold(charge.disposition), charge.bond_amount),
        lambda charge: (_statute(charge), _words(charge)),
        lambda charge: (_statute(charge), _degrees(charge)) if _statute(charge) else charge,
    )
    for key in keys:
        unpaired: list[Charge] = []
        for one in left:
            found = next((at for at, other in enumerate(right) if key(one) == key(other)), None)
            if found is None:
                unpaired.append(one)
            else:
                pairs.append((one, right.pop(found)))
        left = unpaired
    unpaired = []
    for one in left:
        found = next((at for at, other in enumerate(right) if _slips(one, other)), None)
        if found is None:
            unpaired.append(one)
        else:
            pairs.append((one, right.pop(found)))
    return pairs, unpaired, right


def _statute(charge: Charge) -> str:
    return fold(charge.statute).replace(" ", "")


def _degrees(charge: Charge) -> tuple[str, ...]:
    """The words that tell a charge from another under its statute, however the rest is put: `2nd`, `iii`, `b`."""
    return tuple(
        word
        for word in fold(charge.description).split()
        if not word.isalpha() or set(word) <= set("iv") or len(word) == 1
    )


def _words(charge: Charge) -> str:
    return fold(charge.description).replace(" ", "")


def _slips(one: Charge, other: Charge) -> bool:
    """Whether two charges, not both with a statute, are the same in words that may be misspelt."""
    if _statute(one) and _statute(other):
        return False
    if _words(one) == _words(other):
        return True
    words, others = fold(one.description).split(), fold(other.description).split()
    return len(words) == len(others) and all(map(_same_word, words, others))


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter < LONG_WORD or not (one + other).isalpha():
        return False
    return damerau_levenshtein_distance(one, other) <= shorter // LETTERS_A_SLIP


def _differs_where_told(one: str, other: str) -> bool:
    return bool(one and other) and fold(one) != fold(other)


def _bond_change(one: Charge, other: Charge) -> str:
    before, after = amount_of(one.bond_amount), amount_of(other.bond_amount)
    if before is not None and after is not None and before != after:
        return "raised" if after > before else "lowered"
    if (before is None) != (after is None) or fold(one.bond_type) != fold(other.bond_type):
        return "rebonded"
    return ""
