"""Take a message into what was seen of its source, whenever it comes."""

from dataclasses import replace
from datetime import datetime

from eyre.custody.run import Run, Stay
from eyre.custody.seen import Seen


def note_message(seen: Seen, at: datetime, record: int, stay: Stay) -> Seen:
    """What was seen, with what a message said of `record` at `at`. One that was noted already changes nothing; of two
    different ones at one instant a withdrawal is believed, else the greater text."""
    told = {run.first: run for run in seen.told.get(record, ())}
    said = Run(at, at, stay)
    if at in told and max(told[at], said, key=_precedence) == told[at]:
        return seen
    runs = tuple(sorted((told | {at: said}).values(), key=lambda run: run.first))
    return replace(seen, told={**seen.told, record: runs})


def _precedence(run: Run) -> tuple[bool, str]:
    return run.stay.withdrawn, repr(run.stay)
