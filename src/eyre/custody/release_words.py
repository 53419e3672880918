"""What the words of a release mean: where somebody went, and by which kind of release."""

from dataclasses import dataclass

from eyre.model.custody_event import EventKind
from eyre.normalise.text import fold

OTHER = "other"
"""The detail of a release whose reason is in nobody's table; the reason itself stays in the record."""

RELEASED_STATUSES = frozenset({"released", "discharged", "out of custody", "not in custody", "no longer in custody"})
"""Custody statuses, folded, that say that somebody is out. A manifest maps its source's own words to `released`."""
ENDED_STATUSES = frozenset(
    {"ended", "terminated", "discharged", "completed", "complete", "expired", "closed", "revoked", "released"}
)
"""Statuses of a supervision, folded, that say that it is over."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """`detail` is the category that an event tells instead of the source's words."""

    kind: EventKind
    detail: str


_TRANSFERRED = Meaning(EventKind.TRANSFERRED, "transfer")
_SUPERVISED = Meaning(EventKind.MOVED_TO_SUPERVISION, "supervision")
_TABLE = (
    ("escape escaped", Meaning(EventKind.RELEASED, "escape")),
    ("deceased died death", Meaning(EventKind.RELEASED, "death")),
    ("transfer transferred transfers transport transported extradited extradition turnover", _TRANSFERRED),
    ("prison doc penitentiary", _TRANSFERRED),
    ("supervision probation parole supervised", _SUPERVISED),
    ("bond bonded bail bailed surety recognizance ror pr", Meaning(EventKind.RELEASED, "bond")),
    ("dismissed dropped acquitted nolle", Meaning(EventKind.RELEASED, "charges ended")),
    ("served expired completed", Meaning(EventKind.RELEASED, "time served")),
    ("order ordered court judge", Meaning(EventKind.RELEASED, "court order")),
    ("released release", Meaning(EventKind.RELEASED, "")),
)
"""The first line counts of which the reason has a word: `escaped while on parole` is an escape, `COURT - BOND` a bond.
Words are whole, so that `doc` is not found in `docket`."""
_WORDS = {word: place for place, (words, _) in enumerate(_TABLE) for word in words.split()}


def meaning_of_reason(reason: str) -> Meaning:
    """What a release reason as said means; unknown words are a release of the kind `other`, none at all a release."""
    words = fold(reason).split()
    if not words:
        return Meaning(EventKind.RELEASED, "")
    known = [_WORDS[word] for word in words if word in _WORDS]
    return _TABLE[min(known)][1] if known else Meaning(EventKind.RELEASED, OTHER)


def says_released(status: str) -> bool:
    """Whether a custody status says that somebody is out."""
    return fold(status) in RELEASED_STATUSES


def says_ended(status: str) -> bool:
    """Whether the status of a supervision says that it is over."""
    return fold(status) in ENDED_STATUSES
