"""Counts of what was believed beside what is true, and every inference that was wrong."""

from collections import Counter
from dataclasses import dataclass, field

OF_THE_DOOR = frozenset({"reset", "unavailable", "timeout", "maintenance", "capped", "shrunk"})
"""Faults by which nobody may ever be taken for released: an outage, a maintenance page, a cap, a list that shrank."""


@dataclass
class Tally:
    """Of one kind of event: how many were `believed`, and how many of those are `right`; how many were `told` while
    the source could be read, and how many of those were `found`. `outside`: right, but not in the stated interval."""

    believed: int = 0
    right: int = 0
    told: int = 0
    found: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    outside: Counter[str] = field(default_factory=Counter)

    def judge(self, *, right: bool, where: str) -> None:
        """Takes one that was believed."""
        self.believed += 1
        self.right += right
        if not right:
            self.wrong[where] += 1

    def ask(self, *, found: bool, where: str) -> None:
        """Takes one that was told."""
        self.told += 1
        self.found += found
        if not found:
            self.missed[where] += 1

    @property
    def inside(self) -> int:
        """How many of the right ones truly happened within their intervals."""
        return self.right - self.outside.total()

    def add(self, other: "Tally") -> None:
        """Adds the counts of another source."""
        self.believed += other.believed
        self.right += other.right
        self.told += other.told
        self.found += other.found
        self.wrong += other.wrong
        self.missed += other.missed
        self.outside += other.outside


@dataclass(frozen=True, slots=True)
class WrongInference:
    """A release that was inferred of somebody who had not left. `faults` were active at the source between the last
    sighting and the conclusion; `corrected` is how it was put right (`withdrawn`, `reappeared`), empty if it was not;
    `fresh`: it was concluded so shortly before the end that nothing could have corrected it yet."""

    source: str
    how: str
    earliest: str
    latest: str
    detail: str
    faults: tuple[str, ...]
    corrected: str
    fresh: bool

    @property
    def by_the_door(self) -> bool:
        """Whether an outage, a cap, a shrunk list or a maintenance page may have caused it."""
        return bool(OF_THE_DOOR & set(self.faults))


@dataclass
class Score:
    """Of one source or a whole country: a tally for each kind of event, and the wrong inferences one by one, those
    that were withdrawn since among them. `inferred_ever` counts all that were ever believed."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    inferred_ever: int = 0
    wrong_ever: list[WrongInference] = field(default_factory=list)

    def of(self, kind: str) -> Tally:
        """The tally of one kind."""
        return self.tallies.setdefault(kind, Tally())

    def add(self, other: "Score") -> None:
        """Adds another source's."""
        for kind, tally in other.tallies.items():
            self.of(kind).add(tally)
        self.inferred_ever += other.inferred_ever
        self.wrong_ever += other.wrong_ever
