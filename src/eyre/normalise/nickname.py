"""Nicknames: which given names are said for which.

The table is that of the `nicknames` package (Apache-2.0). It is weak evidence: `Bill` stands for William, and also for
Willis and Belinda.
"""

from collections import defaultdict
from functools import cache

from nicknames import NickNamer


@cache
def _families() -> dict[str, frozenset[str]]:
    """Of two names that the table calls nicknames of each other the longer is the formal one: `bill` is no formal name
    by which Robert and William could be the same."""
    table = NickNamer().nickname_lookup
    families: dict[str, set[str]] = defaultdict(set)
    for canonical, nicknames in table.items():
        families[canonical].add(canonical)
        for nickname in nicknames:
            if canonical not in table.get(nickname, ()) or len(canonical) >= len(nickname):
                families[nickname].add(canonical)
    return {name: frozenset(canonicals) for name, canonicals in families.items()}


def nickname_families(token: str) -> frozenset[str]:
    """The formal names that `token` may stand for, itself among them if it is one; empty if it is in no family.

    Two given names are nicknames of each other when their families meet.
    """
    return _families().get(token, frozenset())


def names_with_family() -> list[str]:
    """All names that are in a family."""
    return list(_families())
