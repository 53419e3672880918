"""What a store keeps of a record when snapshots come early, late, twice, or contradict one another."""

from datetime import datetime

from eyre.custody.look import LookFacts
from eyre.custody.note_message import note_message
from eyre.custody.note_row import closed, note_row
from eyre.custody.note_snapshot import note_snapshot, rows_at
from eyre.custody.run import Run, Stay
from eyre.custody.seen import Message, Seen, Snapshot
from eyre.custody.seen_of import seen_of
from tests.custody.story import HELD, RECORD, at, booked, instant, seen

OTHER = booked(housing="B-2")


def runs(line: str) -> list[str]:
    gathered = seen(line, {"in": HELD, "other": OTHER})
    return [f"{instant(run.first)}..{instant(run.last)}" for run in gathered.runs_of(RECORD)]


def test_a_run_lasts_while_every_look_says_the_same() -> None:
    assert runs("10:00 in, 10:15 in, 10:30 in") == ["10:00..10:30"]
    assert runs("10:00 in, 10:15 other, 10:30 in") == ["10:00..10:00", "10:15..10:15", "10:30..10:30"]


def test_a_look_without_the_record_parts_a_run_whatever_it_is_worth() -> None:
    assert runs("10:00 in, 10:15 -!, 10:30 in") == ["10:00..10:00", "10:30..10:30"]


def test_a_late_look_splits_joins_or_lengthens() -> None:
    assert runs("10:00 in, 10:30 in, 10:15 -") == ["10:00..10:00", "10:30..10:30"]
    assert runs("10:00 in, 10:45 -, 10:30 in, 10:15 in") == ["10:00..10:30"]
    assert runs("10:30 in, 10:15 in") == ["10:15..10:30"]
    assert runs("10:00 in, 10:30 in, 10:15 other") == ["10:00..10:00", "10:15..10:15", "10:30..10:30"]


def test_an_unchanged_row_is_the_same_object() -> None:
    held = (Run(at("10:00"), at("11:00"), HELD),)
    neighbours: tuple[datetime | None, datetime | None] = (at("10:00"), at("11:00"))
    assert note_row(held, at("10:30"), HELD, neighbours) is held
    assert note_row((), at("10:30"), None, neighbours) == ()


def test_a_longer_look_is_believed_instead_of_another_at_its_instant() -> None:
    short, long = LookFacts(at("10:15"), 49), LookFacts(at("10:15"), 50)
    first = note_snapshot(Seen(), LookFacts(at("10:00"), 50), {RECORD: HELD})
    for order in ((short, long), (long, short)):
        gathered = first
        for facts in order:
            gathered = note_snapshot(gathered, facts, {RECORD: HELD} if facts is long else {})
        assert gathered.facts[1] == long
        assert rows_at(gathered, at("10:15")) == {RECORD: HELD}
        assert gathered.runs_of(RECORD) == (Run(at("10:00"), at("10:15"), HELD),)


def test_an_open_run_is_closed_with_the_look_before_it_ended() -> None:
    assert closed(Run(at("10:00"), at("10:00"), HELD), at("10:45")) == Run(at("10:00"), at("10:45"), HELD)


def test_the_reference_says_the_same_as_noting() -> None:
    snapshots = [
        Snapshot(LookFacts(at("10:00"), 2), {1: HELD, 2: OTHER}),
        Snapshot(LookFacts(at("10:15"), 1), {1: HELD}),
        Snapshot(LookFacts(at("10:30"), 2), {1: OTHER, 2: OTHER}),
    ]
    messages = [Message(at("10:20"), 1, Stay(withdrawn=True)), Message(at("10:20"), 1, HELD)]
    gathered = Seen()
    for message in messages:
        gathered = note_message(gathered, message.at, message.record, message.stay)
    for snapshot in reversed(snapshots):
        gathered = note_snapshot(gathered, snapshot.facts, snapshot.rows)
    assert gathered == seen_of(snapshots, messages)
    assert gathered.records() == {1, 2}
    assert gathered.told[1][0].stay.withdrawn
