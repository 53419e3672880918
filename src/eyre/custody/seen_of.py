"""What was seen of a source, computed at once from everything: the reference for noting one thing after another."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from eyre.custody.note_snapshot import greater_snapshot
from eyre.custody.run import Run, Stay
from eyre.custody.seen import Message, Seen, Snapshot


def seen_of(snapshots: Iterable[Snapshot], messages: Iterable[Message]) -> Seen:
    """The same as noting each snapshot and message, in any order, with any repeated."""
    chosen: dict[datetime, Snapshot] = {}
    for each in snapshots:
        held = chosen.get(each.facts.at, each)
        chosen[each.facts.at] = Snapshot(*greater_snapshot((held.facts, held.rows), (each.facts, each.rows)))
    ordered = [chosen[at] for at in sorted(chosen)]
    records = {record for snapshot in ordered for record in snapshot.rows}
    told: dict[int, dict[datetime, Stay]] = {}
    for message in messages:
        said = told.setdefault(message.record, {})
        held_stay = said.get(message.at, message.stay)
        said[message.at] = max(held_stay, message.stay, key=lambda stay: (stay.withdrawn, repr(stay)))
    return Seen(
        tuple(snapshot.facts for snapshot in ordered),
        {record: tuple(_runs(record, ordered)) for record in records},
        {record: tuple(Run(at, at, said[at]) for at in sorted(said)) for record, said in told.items()},
    )


def _runs(record: int, ordered: Sequence[Snapshot]) -> Iterable[Run]:
    """Runs of one record: neighbouring snapshots that say the same of it."""
    first = last = None
    stay: Stay | None = None
    for snapshot in ordered:
        said = snapshot.rows.get(record)
        if said != stay:
            if stay is not None and first is not None and last is not None:
                yield Run(first, last, stay)
            first, stay = snapshot.facts.at, said
        last = snapshot.facts.at
    if stay is not None and first is not None and last is not None:
        yield Run(first, last, stay)
