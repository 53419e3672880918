"""Keys by which a person asks: a name alone, however common.

Resolution's keys are rare on purpose: a question for `John Smith` without a birth date would make none. These are
wide: given name and surname in either order, surname by sound with the given name's initial, either with what the given
name may stand for. They find candidates to rank; they never tie records.
"""

import numpy as np

from eyre.model.field_group import FieldGroup
from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.key_atoms import blend
from eyre.resolve.keys import Keys
from eyre.resolve.layout import Features, Int32, UInt64, word
from eyre.resolve.text_hash import fold_hash

MOST_SEARCH_KEYS = 24
_SALT = 0x5345415243480000
_GROUPS = int(FieldGroup.NAME)


def search_keys_of(features: Features) -> Keys:
    """The search keys of every record, at most `MOST_SEARCH_KEYS` each."""
    count = len(features.sex)
    key = np.empty((count, MOST_SEARCH_KEYS), dtype=np.uint64)
    used = np.zeros(count, dtype=np.int32)
    _fill(features, key, used)
    kept = np.arange(MOST_SEARCH_KEYS)[None, :] < used[:, None]
    rows = np.repeat(np.arange(count, dtype=np.int32), used)
    return Keys(key[kept].view(np.int64), rows, np.full(len(rows), _GROUPS, dtype=np.int32))


@inline_kernel
def _put(keys: UInt64, used: int, key: int) -> int:
    for at in range(used):
        if keys[at] == key:
            return used
    if used == MOST_SEARCH_KEYS:
        return used
    keys[used] = key
    return used + 1


@kernel
def _fill(f: Features, keys: UInt64, used: Int32) -> None:
    words = f.names.words
    salt = word(_SALT)
    for row in range(len(used)):
        have = 0
        for name in range(f.names.offset[row], f.names.offset[row + 1]):
            whole = f.names.whole_surname[name]
            if whole < 0:
                continue
            for at in range(f.names.given_offset[name], f.names.given_offset[name + 1]):
                given = f.names.given[at]
                if given < 0:
                    continue
                if words.length[given] > 1:
                    have = _put(keys[row], have, salt ^ blend(words.hash[given], words.hash[whole]))
                    for part in range(f.names.surname_offset[name], f.names.surname_offset[name + 1]):
                        have = _put(keys[row], have, salt ^ blend(words.hash[given], words.hash[f.names.surname[part]]))
                    for each in range(words.family_offset[given], words.family_offset[given + 1]):
                        have = _put(keys[row], have, salt ^ blend(words.sound[whole], words.family[each]))
                initial = fold_hash(word(words.letters[given, 0]))
                have = _put(keys[row], have, salt ^ blend(words.sound[whole], initial))
        used[row] = have
