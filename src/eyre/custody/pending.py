"""Whether a record can be left alone until something else is said of it."""

from collections.abc import Sequence

from eyre.custody.events_of import history_of
from eyre.custody.gone import looks_needed
from eyre.custody.held_back import is_held_back
from eyre.custody.lay_out import lay_out
from eyre.custody.look import Look
from eyre.custody.look_line import LookLine, look_line
from eyre.custody.rule import CustodyRule
from eyre.custody.run import Run
from eyre.custody.stays import History, court_part, custody_part, stays_of, supervision_part
from eyre.custody.supervision_events import has_ended
from eyre.custody.told_end import is_planned, told_ends


def is_settled(runs: Sequence[Run], looks: Sequence[Look] | LookLine, rule: CustodyRule) -> bool:
    """Whether the events of a record stay as they are while further complete looks say nothing new of it: they list it
    as the last look did, or go on being without it.

    A store looks again only at records that are not settled, and at those of which a run begins, ends or is parted. A
    row of which the last look is the first sighting counts as unsettled, for it cannot be told from a message.
    """
    line = look_line(looks)
    lasting = _lasting(runs, line)
    laid = lay_out(runs, line)
    if lasting and not _is_last_word(lasting[0], laid):
        return False
    if is_held_back(laid, line):
        return not lasting
    if not laid or laid[-1].stay.withdrawn:
        return True
    history = history_of(0, laid, line, rule)
    if is_planned(history, len(history.runs) - 1):
        return False
    if any(run.first < run.last for run in lasting):
        return True
    missing = history.missing_after(history.runs[-1], None)
    return len(missing) >= looks_needed(rule) or _is_over(history)


def _lasting(runs: Sequence[Run], line: LookLine) -> list[Run]:
    """The runs that the last look was still part of, the longest first."""
    if not line.every:
        return []
    return sorted((run for run in runs if run.first <= line.every[-1] <= run.last), key=lambda run: run.first)


def _is_last_word(run: Run, laid: Sequence[Run]) -> bool:
    """Whether it is what is believed last: no later message says otherwise, and not only older copies say it."""
    return bool(laid) and laid[-1].stay == run.stay and run.first <= laid[-1].last


def _is_over(history: History) -> bool:
    """Whether an end was told of everything that the record tells of, so that its absence is in order."""
    if court_part(history) is not None:
        return False
    if supervision_part(history) is not None and not has_ended(history.runs[-1]):
        return False
    custody = custody_part(history)
    if custody is None:
        return True
    *_, stay = stays_of(custody)
    return told_ends(stay)[-1] is not None
