"""A look: one snapshot of a source, and what is known of it as a whole."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LookFacts:
    """What one snapshot told of itself, at the instant `at` (UTC) for which it speaks.

    `rows` are those that it listed, `declared_total` how many the publisher says there are, `ended_early` that it broke
    off, `unsound` that an assertion of the manifest failed or that rows were quarantined, `repeats` that it is byte for
    byte an older snapshot than the one before it, with another in between (a stale copy, perhaps): in A B A A it is set
    for the third and the fourth, in A A A for none. `gone` is how many rows of the last complete look it no longer
    lists, where that was counted: a publisher that numbers all rows anew lists as many as before, and none of them.
    `last` is the record in its last row. `cut`: the row with which the last complete look ended is not there, and the
    one that is last now stood before it. `accepted`: somebody answers for it that so much is gone.
    """

    at: datetime
    rows: int
    declared_total: int | None = None
    ended_early: bool = False
    unsound: bool = False
    repeats: bool = False
    gone: int | None = None
    last: int | None = None
    cut: bool = False
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """A snapshot as judged: whether a row's absence from it says anything, and if not why. `since`: it says, byte for
    byte, what was said since then, for so long that it was hardly true all the time (`custody.frozen`)."""

    at: datetime
    complete: bool
    reason: str = ""
    since: datetime | None = None
