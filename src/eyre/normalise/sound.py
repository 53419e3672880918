"""How a name sounds, for blocking keys: a code that survives most slips of spelling."""

from functools import lru_cache

import jellyfish

LONGEST_SOUND = 6
"""Letters of a code that are kept."""


@lru_cache(maxsize=1 << 16)
def sound_of(token: str) -> str:
    """NYSIIS code of a folded token (Taft 1970), cut to `LONGEST_SOUND`; the empty text for one without letters."""
    return jellyfish.nysiis(token)[:LONGEST_SOUND].lower() if token.isalpha() else ""
