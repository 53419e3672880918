"""Take a snapshot into what was seen of its source, whenever it comes."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import datetime

from eyre.custody.judge_looks import look_rank
from eyre.custody.look import LookFacts
from eyre.custody.note_row import note_row
from eyre.custody.run import Run, Stay
from eyre.custody.seen import Seen


def note_snapshot(seen: Seen, facts: LookFacts, rows: Mapping[int, Stay]) -> Seen:
    """What was seen, with this snapshot. One that was noted already changes nothing; of two different ones at one
    instant `greater_snapshot` is believed, whichever came first."""
    instants = [each.at for each in seen.facts]
    place = bisect_left(instants, facts.at)
    noted = place < len(instants) and instants[place] == facts.at
    held = rows_at(seen, facts.at) if noted else {}
    if noted and greater_snapshot((seen.facts[place], held), (facts, rows)) != (facts, rows):
        return seen
    before = instants[place - 1] if place else None
    following = place + noted
    after = instants[following] if following < len(instants) else None
    runs = dict(seen.runs)
    for record in _touched(seen, facts.at, rows):
        changed = note_row(runs.get(record, ()), facts.at, rows.get(record), (before, after))
        if changed:
            runs[record] = changed
        else:
            runs.pop(record, None)
    return Seen((*seen.facts[:place], facts, *seen.facts[following:]), runs, seen.told)


def greater_snapshot(
    one: tuple[LookFacts, Mapping[int, Stay]], other: tuple[LookFacts, Mapping[int, Stay]]
) -> tuple[LookFacts, Mapping[int, Stay]]:
    """Which of two snapshots at one instant is believed: by `look_rank`, and then by the text of their rows, which is
    arbitrary and the same in every order."""
    return max(one, other, key=lambda snapshot: (look_rank(snapshot[0]), _text(snapshot[1])))


def rows_at(seen: Seen, at: datetime) -> dict[int, Stay]:
    """What the snapshot at `at` listed."""
    held = ((record, _covering(runs, at)) for record, runs in seen.runs.items())
    return {record: run.stay for record, run in held if run is not None}


def _touched(seen: Seen, at: datetime, rows: Mapping[int, Stay]) -> set[int]:
    """The records that the snapshot lists, and those that a run says were there at its instant."""
    return set(rows) | {record for record, runs in seen.runs.items() if _covering(runs, at) is not None}


def _covering(runs: Sequence[Run], at: datetime) -> Run | None:
    place = bisect_left(runs, at, key=lambda run: run.last)
    return runs[place] if place < len(runs) and runs[place].first <= at else None


def _text(rows: Mapping[int, Stay]) -> str:
    return repr(sorted(rows.items(), key=lambda item: item[0]))
