"""The looks of one source as a line that is searched by instant."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from eyre.custody.judge_looks import ANEW, OLDER_COPY
from eyre.custody.look import Look


@dataclass(frozen=True, slots=True)
class LookLine:
    """The instants of `every` look, of the `complete` ones and of the older `copies`, ascending; of looks in which as
    good as everybody was another (`anew`); and of looks at a page that stands still, since when it did. Make one with
    `look_line` for all the records of a source, rather than one a
    record."""

    every: tuple[datetime, ...]
    complete: tuple[datetime, ...]
    copies: frozenset[datetime]
    frozen: Mapping[datetime, datetime] = field(default_factory=dict)
    anew: frozenset[datetime] = frozenset()

    def surely_true_at(self, at: datetime) -> datetime:
        """The instant up to `at` for which a look at `at` speaks without doubt: that of the first look of a page that
        stands still."""
        return self.frozen.get(at, at)

    def complete_between(self, after: datetime, before: datetime | None) -> tuple[datetime, ...]:
        """The complete looks later than `after` and earlier than `before`, if that is given."""
        return _between(self.complete, after, before)

    def every_between(self, after: datetime, before: datetime | None) -> tuple[datetime, ...]:
        """All looks later than `after` and earlier than `before`, if that is given."""
        return _between(self.every, after, before)

    def complete_until(self, at: datetime, most: int) -> tuple[datetime, ...]:
        """The last complete looks, `most` at the most, that are not later than `at`."""
        end = bisect_right(self.complete, at)
        return self.complete[max(0, end - most) : end]

    def complete_before(self, at: datetime) -> datetime | None:
        """The last complete look earlier than `at`."""
        end = bisect_left(self.complete, at)
        return self.complete[end - 1] if end else None


def look_line(looks: Iterable[Look] | LookLine) -> LookLine:
    """Looks in any order and number; of two at one instant one that is complete counts."""
    if isinstance(looks, LookLine):
        return looks
    held = set(looks)
    complete = {each.at for each in held if each.complete}
    copies = {each.at for each in held if each.reason == OLDER_COPY} - complete
    frozen = {each.at: each.since for each in held if each.since is not None}
    anew = {each.at for each in held if each.reason.startswith(ANEW)} - complete
    every = tuple(sorted({each.at for each in held}))
    return LookLine(every, tuple(sorted(complete)), frozenset(copies), frozen, frozenset(anew))


def _between(instants: tuple[datetime, ...], after: datetime, before: datetime | None) -> tuple[datetime, ...]:
    end = len(instants) if before is None else bisect_left(instants, before)
    return instants[bisect_right(instants, after) : end]
