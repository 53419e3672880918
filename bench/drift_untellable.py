"""Whether nobody could tell a broken delivery from a sound one by what it says: it reads as a plain correction, or as
fewer changes. Where in doubt it could be told."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import zip_longest

from eyre.errors import SourceError
from eyre.service.custody_rule import custody_rule
from eyre.sources.manifest import Manifest
from eyre.sources.page_rows import page_rows
from eyre.sources.parse_delivery import parse_delivery
from eyre.sources.raw_row import RawRow
from eyre.sources.read_name import tidy

SLIP = "a few signs of a text are others, as a correction or a slip of the hand makes them"
FEWER = "a file of changes with fewer rows says that less changed"
_MOST_TEXTS, _MOST_SIGNS = 3, 3
_TYPED = re.compile(r"[A-Za-z0-9 .,'\"\-/&#()$:;*+?]*", re.ASCII)
"""What anybody types into a field."""

Texts = dict[str, str]


def untellable(manifest: Manifest, sound: bytes, body: bytes, at: datetime) -> str:
    """Why nobody could; empty where somebody who knows the format could. `at` is the instant for which both speak."""
    try:
        before, now = ([_texts(row) for row in page_rows(manifest, each)] for each in (sound, body))
        complete = list(parse_delivery(manifest, body, as_of=at))[-1]
    except SourceError:
        return ""
    if None in before or None in now or not getattr(complete, "complete", False):
        return ""
    told, said = [row for row in before if row is not None], [row for row in now if row is not None]
    if not custody_rule(manifest).lists_all and len(said) < len(told) and _is_part(said, told):
        return FEWER
    return SLIP if len(said) == len(told) and _are_slips(told, said) else ""


def _texts(row: RawRow) -> Texts | None:
    """What a row says by the path of each text; nothing where it could not be parted."""
    if row.fault:
        return None
    texts = {name: tidy(text) for name, text in row.values.items()}
    for name, items in row.lists.items():
        for number, item in enumerate(items):
            texts |= {f"{name} {number} {inner}": tidy(text) for inner, text in item.items()}
    return texts


def _is_part(said: Sequence[Texts], told: Sequence[Texts]) -> bool:
    """Whether `said` are some of `told`, in their order."""
    rest = iter(told)
    return all(any(row == each for each in rest) for row in said)


def _are_slips(told: Sequence[Texts], said: Sequence[Texts]) -> bool:
    changed = list(_changed(told, said))
    return len(changed) <= _MOST_TEXTS and all(_is_slip(*each) for each in changed)


def _changed(told: Sequence[Texts], said: Sequence[Texts]) -> Iterator[tuple[str, str]]:
    for before, now in zip_longest(told, said, fillvalue=Texts()):
        for name in before.keys() | now.keys():
            if before.get(name) != now.get(name):
                yield before.get(name, "\0"), now.get(name, "\0")


def _is_slip(before: str, now: str) -> bool:
    """Whether the two differ in one place, by few signs that anybody types."""
    first = next((at for at, (a, b) in enumerate(zip(before, now, strict=False)) if a != b), min(len(before), len(now)))
    most = min(len(before), len(now)) - first
    same = next((n for n in range(most) if before[-1 - n] != now[-1 - n]), most)
    old, new = before[first : len(before) - same], now[first : len(now) - same]
    return max(len(old), len(new)) <= _MOST_SIGNS and _TYPED.fullmatch(new) is not None
