"""How a name sounds, for blocking keys: a code that survives most slips of spelling."""

from functools import lru_cache

import jellyfish


@lru_cache(maxsize=1 << 19)  # all names of the census, and those of a large file
def sound_of(token: str) -> str:
    """NYSIIS code of a folded token (Taft 1970), at most six letters; the empty text for one without letters."""
    return jellyfish.nysiis(token)[:6].lower() if token.isalpha() else ""
