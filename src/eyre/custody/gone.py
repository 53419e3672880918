"""What follows from a row that is no longer there, and from one that is there again."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from eyre.custody.confidence import confidence_gone, spans_outage
from eyre.custody.rule import CustodyRule
from eyre.custody.stays import History
from eyre.model.custody_event import Basis, CustodyEvent, EventKind, Interval
from eyre.model.release_signal import ReleaseSignal

_GAP = "after a gap"
_ANOTHER = "another stay followed"
TAKEN_FOR_RELEASE = "the gap had been taken for a release"
"""The detail of a reappearance that takes an inferred release back."""
HAD_DISAPPEARED = "it had disappeared"
"""The detail of a reappearance that takes back no more than a disappearance."""


def looks_needed(rule: CustodyRule) -> int:
    """So many complete looks without a row end what further ones can change."""
    if not rule.absence_speaks:
        return 0
    return max(1, rule.confirm) if rule.release is ReleaseSignal.DROP_OFF else 1


def gone_event(history: History, released: EventKind) -> CustodyEvent | None:
    """What the absence after the last sighting says, of a stay whose end was not told.

    Only drop-off makes an end of it, of the kind `released`, after `confirm` complete looks, or when the row
    tells of another stay instead.
    Elsewhere the row has disappeared, and where a release would have been told it may have been sealed.
    """
    missing = history.missing_after(history.runs[-1], history.until)
    needed = looks_needed(history.rule)
    if not needed:
        return None
    drops_off = history.rule.release is ReleaseSignal.DROP_OFF and released is not EventKind.DISAPPEARED
    if drops_off and len(missing) >= needed:
        return _absent(history, (released, Basis.INFERRED_DROP_OFF, needed), missing[:needed], ())
    if history.until is not None:
        witnesses = (*missing, history.until)
        if drops_off:
            return _absent(history, (released, Basis.INFERRED_DROP_OFF, needed), witnesses, (_ANOTHER,))
        return _absent(history, (EventKind.DISAPPEARED, Basis.UNKNOWN, 1), witnesses[:1], (_ANOTHER,))
    if not missing:
        return None
    basis = _basis_of_absence(history.rule, missing[0] - history.runs[-1].last)
    return _absent(history, (EventKind.DISAPPEARED, basis, 1), missing[:1], ())


def reappearances(history: History, over: Sequence[bool]) -> Iterator[CustodyEvent]:
    """Each time that the row was there again after complete looks without it. Where it tells its end before or after
    (`over`, one a run), its absence was in order, or that end says what happened."""
    needed = looks_needed(history.rule)
    for at, (_, later, missing) in enumerate(history.gaps()):
        if needed and missing and not over[at] and not over[at + 1]:
            confirmed = history.rule.release is ReleaseSignal.DROP_OFF and len(missing) >= needed
            detail = TAKEN_FOR_RELEASE if confirmed else HAD_DISAPPEARED
            during = Interval(missing[-1], later.first)
            yield CustodyEvent(history.record, EventKind.REAPPEARED, during, Basis.SIGHTING, 1.0, detail, later.first)


def _absent(
    history: History, what: tuple[EventKind, Basis, int], witnesses: tuple[datetime, ...], details: tuple[str, ...]
) -> CustodyEvent:
    """An event between the last sighting and the first of the looks without the row, known after the last of
    them, or with the stay that followed."""
    kind, basis, looks = what
    last = history.runs[-1].last
    gap = spans_outage(history.line, last, witnesses)
    sure = confidence_gone(looks, (last, witnesses[0]), gap)
    detail = ", ".join((*details, _GAP) if gap else details)
    during = Interval(last, witnesses[0])
    concluded = history.until if details and history.until is not None else witnesses[-1]
    return CustodyEvent(history.record, kind, during, basis, sure, detail, concluded)


def _basis_of_absence(rule: CustodyRule, unseen: timedelta) -> Basis:
    """A source that tells releases and deletes, and drops a row without a word, may have sealed it; unless nobody
    looked for so long that a release was listed and taken off again."""
    if rule.release in {ReleaseSignal.DROP_OFF, ReleaseSignal.PROJECTED_ONLY}:
        return Basis.UNKNOWN
    if rule.release is ReleaseSignal.WINDOW and rule.window is not None and unseen >= rule.window:
        return Basis.SOURCE_GAP
    return Basis.SEALED_OR_EXPUNGED
