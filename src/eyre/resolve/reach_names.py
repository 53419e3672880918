"""What the names of two digests allow: the most bits that their comparison can give."""

from eyre.resolve import digest as dg
from eyre.resolve import weight_index as wi
from eyre.resolve.compare_names import MOST_TYPO_BITS, TYPO_SPREAD
from eyre.resolve.digest import Digests
from eyre.resolve.kernel import called_kernel, inline_kernel
from eyre.resolve.layout import SCALE, Int32, Units, units
from eyre.resolve.likeness import CLOSE, SLIP, begin_alike, length_of, names_alike

_FEMALE = 2
_NEVER = -(1 << 40)
_SHORTEST_PREFIX = 3


@inline_kernel
def _given_bits(a: Int32) -> Units:
    return units(a[dg.NAME_BITS] & 0xFFFF)


@inline_kernel
def _surname_bits(a: Int32) -> Units:
    return units(a[dg.NAME_BITS]) >> 16


@inline_kernel
def _same_family(a: Int32, b: Int32) -> bool:
    """Whether two given names may be nicknames of one."""
    return bool((a[dg.PHONE] & b[dg.PHONE]) >> dg.FAMILY_FROM != 0)


@inline_kernel
def _reach_other_given(w: Int32, a: Int32, b: Int32) -> Units:
    """Of two given names that are not the same."""
    head_a, head_b = a[dg.GIVEN_HEAD], b[dg.GIVEN_HEAD]
    length_a, length_b = length_of(head_a), length_of(head_b)
    begin = begin_alike(head_a, head_b)
    if length_a == 1 or length_b == 1:
        return units(max(w[wi.GIVEN_INITIAL], w[wi.GIVEN_DIFFERS]) if begin else w[wi.GIVEN_DIFFERS])
    best = units(w[wi.GIVEN_DIFFERS])
    if begin:
        best = max(best, units(w[wi.GIVEN_DIFFERS_SAME_INITIAL]))
    least = min(_given_bits(a), _given_bits(b))
    if _same_family(a, b):
        best = max(best, least + w[wi.GIVEN_NICKNAME])
    slip = min(least, MOST_TYPO_BITS) - TYPO_SPREAD
    alike = names_alike(a[dg.GIVEN_MASK], head_a, b[dg.GIVEN_MASK], head_b)
    if alike >= CLOSE:
        best = max(best, units(w[wi.GIVEN_CLOSE]))
    if alike >= SLIP:
        best = max(best, slip + w[wi.GIVEN_TYPO])
    if begin >= min(length_a, length_b, 4) and min(length_a, length_b) >= _SHORTEST_PREFIX:
        best = max(best, slip + w[wi.GIVEN_PREFIX])
    return best


@inline_kernel
def _reach_crossed(d: Digests, w: Int32, a: Int32, b: Int32, flags: int) -> Units:
    """Of one's given name standing among the other's middle names, which are then not compared."""
    best = units(_NEVER)
    if a[dg.GIVEN] == b[dg.MIDDLE]:
        best = _given_bits(a) + w[wi.GIVEN_CROSSED]
    if b[dg.GIVEN] == a[dg.MIDDLE]:
        best = max(best, _given_bits(b) + w[wi.GIVEN_CROSSED])
    if flags & dg.MORE_GIVEN:
        best = max(best, d.best[dg.BEST_GIVEN_ANY] + w[wi.GIVEN_CROSSED])
    return best


@inline_kernel
def _reach_middle(w: Int32, a: Int32, b: Int32) -> Units:
    first, second = a[dg.GIVEN_HEAD] >> dg.MIDDLE_FROM, b[dg.GIVEN_HEAD] >> dg.MIDDLE_FROM
    same = a[dg.MIDDLE] == b[dg.MIDDLE]
    fits = (first ^ second) & 31 == 0
    initial = (first | second) & 32 != 0
    differs = units(w[wi.MIDDLE_DIFFERS])
    as_initial = max(differs, units(w[wi.MIDDLE_INITIAL])) if fits else differs
    as_word = units(8 * SCALE) + w[wi.MIDDLE_EXACT] if same else max(differs, units(w[wi.MIDDLE_TYPO]))
    found = as_initial if initial else as_word
    return found if (a[dg.MIDDLE] >= 0) & (b[dg.MIDDLE] >= 0) else units(0)


@inline_kernel
def _reach_given(d: Digests, w: Int32, a: Int32, b: Int32, flags: int) -> Units:
    """Of given and middle names together."""
    middle = _reach_middle(w, a, b)
    if a[dg.GIVEN] < 0 or b[dg.GIVEN] < 0:
        return middle
    if a[dg.GIVEN] == b[dg.GIVEN]:
        same = _given_bits(a) + w[wi.GIVEN_EXACT]
        return middle + (same if length_of(a[dg.GIVEN_HEAD]) > 1 else units(w[wi.GIVEN_INITIAL]))
    return max(_reach_other_given(w, a, b) + middle, _reach_crossed(d, w, a, b, flags))


@inline_kernel
def _surname_differs(w: Int32, a: Int32, b: Int32) -> Units:
    """What another surname says; less of a woman, who may have married."""
    sexes_a, sexes_b = a[dg.SURNAME_HEAD] >> dg.SEXES_FROM, b[dg.SURNAME_HEAD] >> dg.SEXES_FROM
    female = (sexes_a == 0) | (sexes_b == 0) | ((sexes_a | sexes_b) & _FEMALE != 0)
    return units(w[wi.SURNAME_DIFFERS_FEMALE] if female else w[wi.SURNAME_DIFFERS])


@inline_kernel
def _reach_other_surname(d: Digests, w: Int32, a: Int32, b: Int32, flags: int) -> Units:
    """Of two surnames that are not the same."""
    best = _surname_differs(w, a, b)
    alike = names_alike(a[dg.SURNAME_MASK], a[dg.SURNAME_HEAD], b[dg.SURNAME_MASK], b[dg.SURNAME_HEAD])
    bits_a, bits_b = _surname_bits(a), _surname_bits(b)
    if alike >= CLOSE:
        best = max(best, units(w[wi.SURNAME_CLOSE]))
    if alike >= SLIP:
        best = max(best, min(bits_a, bits_b, MOST_TYPO_BITS) - TYPO_SPREAD + w[wi.SURNAME_TYPO])
    if flags & dg.COMPOUND:
        best = max(best, d.best[dg.BEST_SURNAME_ANY] + w[wi.SURNAME_PART])
    if a[dg.SURNAME] == b[dg.MIDDLE]:
        best = max(best, bits_a + w[wi.SURNAME_MOVED])
    if b[dg.SURNAME] == a[dg.MIDDLE]:
        best = max(best, bits_b + w[wi.SURNAME_MOVED])
    if flags & dg.MORE_GIVEN:
        best = max(best, d.best[dg.BEST_SURNAME_ANY] + w[wi.SURNAME_MOVED])
    return best


@inline_kernel
def _stands_for(a: Int32, b: Int32) -> bool:
    """Whether the given name of one may be the other's surname, but for a slip."""
    if a[dg.GIVEN] == b[dg.SURNAME]:
        return True
    if min(length_of(a[dg.GIVEN_HEAD]), length_of(b[dg.SURNAME_HEAD])) <= 2:
        return False
    return bool(names_alike(a[dg.GIVEN_MASK], a[dg.GIVEN_HEAD], b[dg.SURNAME_MASK], b[dg.SURNAME_HEAD]) >= SLIP)


@inline_kernel
def _reach_swapped(w: Int32, a: Int32, b: Int32) -> Units:
    """The most that given name and surname having changed places can say."""
    first, second = _stands_for(a, b), _stands_for(b, a)
    best = units(_NEVER)
    if first:
        best = min(_surname_bits(b), MOST_TYPO_BITS) + w[wi.NAMES_HALF_SWAPPED]
    if second:
        best = max(best, min(_surname_bits(a), MOST_TYPO_BITS) + w[wi.NAMES_HALF_SWAPPED])
    if first and second:
        whole = min(_surname_bits(a) + _given_bits(a), _surname_bits(b) + _given_bits(b))
        best = max(best, whole + w[wi.NAMES_SWAPPED])
    return best


@inline_kernel
def _reach_lone(w: Int32, a: Int32, b: Int32) -> Units:
    """The most that a name of one word, `a`, being the other's surname can say; it has no middle names then."""
    return _surname_bits(b) + w[wi.NAME_LONE] if _stands_for(a, b) else units(_NEVER)


@inline_kernel
def _reach_generation(w: Int32, a: Int32, b: Int32) -> Units:
    one = (units(a[dg.FLAGS]) >> dg.GENERATION_FROM) & 31
    other = (units(b[dg.FLAGS]) >> dg.GENERATION_FROM) & 31
    if one == 0 or other == 0:
        return units(0)
    return units(w[wi.GENERATION_SAME if one == other else wi.GENERATION_DIFFERS])


@inline_kernel
def reach_names(d: Digests, w: Int32, a: Int32, b: Int32, flags: int) -> Units:
    """The most that names and generations of two digests, each with one name at the most, can say."""
    best = _reach_given(d, w, a, b, flags)
    given = a[dg.GIVEN] >= 0 and b[dg.GIVEN] >= 0 and a[dg.GIVEN] != b[dg.GIVEN]
    if a[dg.SURNAME] >= 0 and b[dg.SURNAME] >= 0:
        if a[dg.SURNAME] == b[dg.SURNAME]:
            best += _surname_bits(a) + w[wi.SURNAME_EXACT]
        else:
            best += _reach_other_surname(d, w, a, b, flags)
            if given:
                best = max(best, _reach_swapped(w, a, b))
    elif given:
        if a[dg.SURNAME] < 0 and b[dg.SURNAME] >= 0:
            best = max(best, _reach_lone(w, a, b))
        elif b[dg.SURNAME] < 0 and a[dg.SURNAME] >= 0:
            best = max(best, _reach_lone(w, b, a))
    return best + _reach_generation(w, a, b)


@called_kernel
def reach_several_names(d: Digests, w: Int32, a: Int32, b: Int32) -> Units:
    """As `reach_names`, of two records of which either has several names: of whichever two of them say the most."""
    best = units(_NEVER)
    several_a, several_b = a[dg.FLAGS] & dg.MANY_NAMES, b[dg.FLAGS] & dg.MANY_NAMES
    for one in range(a[dg.FIRST_NAME] if several_a else 0, a[dg.END_OF_NAMES] if several_a else 1):
        name_a = d.name[one] if several_a else a
        for other in range(b[dg.FIRST_NAME] if several_b else 0, b[dg.END_OF_NAMES] if several_b else 1):
            name_b = d.name[other] if several_b else b
            best = max(best, reach_names(d, w, name_a, name_b, name_a[dg.FLAGS] | name_b[dg.FLAGS]))
    return best
