"""What follows when a row is gone, by how its source shows a release."""

from dataclasses import replace
from datetime import timedelta

import pytest

from eyre.custody.events_of import events_of
from eyre.custody.judge_looks import judge_looks
from eyre.custody.look import LookFacts
from eyre.custody.note_snapshot import note_snapshot
from eyre.custody.rule import CustodyRule
from eyre.custody.run import Stay
from eyre.custody.seen import Seen
from eyre.model.release_signal import ReleaseSignal
from tests.custody.story import (
    DROP_OFF,
    EXPLICIT,
    HELD,
    PROJECTED,
    PUSHED,
    RECORD,
    WINDOW,
    at,
    booked,
    events,
    runs_and_looks,
    story,
)

BEGIN = "booked 10:00..10:15 sighting"


def test_a_row_that_is_gone_from_one_look_has_disappeared() -> None:
    assert story(DROP_OFF, "10:00 -, 10:15 in, 10:30 -") == [BEGIN, "disappeared 10:15..10:30 unknown"]


def test_a_second_look_without_it_makes_a_release_of_the_same_interval() -> None:
    assert story(DROP_OFF, "10:00 -, 10:15 in, 10:30 -, 10:45 -") == [
        BEGIN,
        "released 10:15..10:30 inferred_drop_off",
    ]


def test_a_release_is_known_from_the_look_that_confirms_it_and_stays_as_it_is() -> None:
    once = events(DROP_OFF, "10:00 -, 10:15 in, 10:30 -, 10:45 -")[-1]
    assert once.concluded_from.strftime("%H:%M") == "10:45"
    assert once == events(DROP_OFF, "10:00 -, 10:15 in, 10:30 -, 10:45 -, 11:00 -, 23:00 -")[-1]


def test_a_look_that_ended_early_neither_begins_nor_confirms() -> None:
    assert story(DROP_OFF, "10:00 -, 10:15 in, 10:30 -!, 10:45 -!, 11:00 -!") == [BEGIN]
    assert story(DROP_OFF, "10:00 -, 10:15 in, 10:30 -, 10:45 -!") == [BEGIN, "disappeared 10:15..10:30 unknown"]
    assert story(DROP_OFF, "10:00 -, 10:15 in, 10:30 -, 10:45 -!, 11:00 -") == [
        BEGIN,
        "released 10:15..10:30 inferred_drop_off",
    ]


def test_a_release_over_a_broken_look_says_so_and_is_less_sure() -> None:
    smooth = events(DROP_OFF, "10:00 -, 10:15 in, 10:45 -, 11:00 -")[-1]
    broken = events(DROP_OFF, "10:00 -, 10:15 in, 10:30 -!, 10:45 -, 11:00 -")[-1]
    assert (smooth.detail, broken.detail) == ("", "after a gap")
    assert broken.confidence < smooth.confidence
    assert smooth.confidence == pytest.approx(0.96, abs=0.001)


def test_a_release_over_an_outage_says_so() -> None:
    assert story(DROP_OFF, "10:00 -, 10:15 in, 10:30 in, 4T10:00 -, 4T10:15 -")[1:] == [
        "released 10:30..4T10:00 inferred_drop_off: after a gap"
    ]


def test_a_source_that_is_looked_at_once_a_day_has_no_gap() -> None:
    assert story(DROP_OFF, "1T10:00 -, 2T10:00 in, 3T10:00 -, 4T10:00 -")[1:] == [
        "released 2T10:00..3T10:00 inferred_drop_off"
    ]


def test_one_that_comes_back_had_not_been_released() -> None:
    assert story(DROP_OFF, "10:00 -, 10:15 in, 10:30 -, 10:45 in") == [
        BEGIN,
        "reappeared 10:30..10:45 sighting: it had disappeared",
    ]
    assert story(DROP_OFF, "10:00 -, 10:15 in, 10:30 -, 10:45 -, 11:00 in") == [
        BEGIN,
        "reappeared 10:45..11:00 sighting: the gap had been taken for a release",
    ]


def test_one_that_came_back_may_leave_for_good() -> None:
    assert story(DROP_OFF, "10:00 -, 10:15 in, 10:30 -, 10:45 in, 11:00 -, 11:15 -")[-1] == (
        "released 10:45..11:00 inferred_drop_off"
    )


def test_an_older_copy_brings_nobody_back_and_takes_nobody_away() -> None:
    assert story(DROP_OFF, "10:00 -, 10:15 in, 10:30 -, 10:45 -, 11:00 in~, 11:15 -") == [
        BEGIN,
        "released 10:15..10:30 inferred_drop_off",
    ]
    assert story(DROP_OFF, "10:00 -, 10:15 in, 10:30 -~, 10:45 -~, 11:00 in") == [BEGIN]


@pytest.mark.parametrize("rule", [EXPLICIT, WINDOW])
def test_a_source_that_tells_releases_may_have_sealed_what_is_gone(rule: CustodyRule) -> None:
    assert story(rule, "10:00 -, 10:15 in, 10:30 -, 10:45 -, 11:00 -") == [
        BEGIN,
        "disappeared 10:15..10:30 sealed_or_expunged",
    ]


@pytest.mark.parametrize("rule", [PUSHED, replace(EXPLICIT, release=ReleaseSignal.DELTA_FILE)])
def test_a_source_that_tells_only_changes_says_nothing_of_whom_it_leaves_out(rule: CustodyRule) -> None:
    assert story(rule, "10:00 -, 10:15 in, 10:30 -, 10:45 -, 11:00 -") == [BEGIN]


def test_a_release_may_have_been_listed_and_taken_off_while_nobody_looked() -> None:
    assert story(WINDOW, "10:00 -, 10:15 in, 10:30 in, 3T10:30 -")[1:] == [
        "disappeared 10:30..3T10:30 source_gap: after a gap"
    ]


def test_a_source_that_only_projects_leaves_it_open() -> None:
    assert story(PROJECTED, "10:00 -, 10:15 in, 10:30 -, 10:45 -, 11:00 -") == [
        BEGIN,
        "disappeared 10:15..10:30 unknown",
    ]


def test_after_a_told_release_a_row_goes_as_it_should() -> None:
    out = booked(status="released", released_at="2026-03-01T10:20:00Z")
    for rule in (WINDOW, EXPLICIT, DROP_OFF):
        assert story(rule, "10:00 -, 10:15 in, 10:30 out, 3T10:30 -, 3T10:45 -, 3T11:00 -", out=out) == [
            BEGIN,
            "released 10:20 explicit",
        ]


def test_one_that_is_back_with_a_told_release_was_on_its_way_to_the_other_list() -> None:
    out = booked(status="released", released_at="2026-03-01T10:20:00Z")
    assert story(WINDOW, "10:00 -, 10:15 in, 10:30 -, 10:45 out", out=out) == [BEGIN, "released 10:20 explicit"]


def test_a_delete_message_leaves_one_event_that_tells_nothing_of_before() -> None:
    gone = Stay(withdrawn=True)
    assert story(PUSHED, "10:00 +in, 10:15 +in, 11:00 +gone", gone=gone) == [
        "sealed 11:00 sealed_or_expunged: withdrawn"
    ]


def test_one_that_is_told_again_after_a_delete_begins_anew() -> None:
    gone = Stay(withdrawn=True)
    assert story(PUSHED, "10:00 +in, 11:00 +gone, 12:00 +in", gone=gone) == ["booked 11:00..12:00 sighting"]


def test_nothing_was_said_of_nobody() -> None:
    assert events_of(RECORD, (), (), DROP_OFF) == ()
    runs, _ = runs_and_looks(DROP_OFF, "10:00 in")
    assert [event.kind.value for event in events_of(RECORD, runs, (), DROP_OFF)] == ["booked"]


def test_what_is_shown_late_happened_earlier() -> None:
    late = replace(DROP_OFF, lag=timedelta(minutes=60))
    assert story(late, "10:00 -, 10:15 in, 10:30 -, 10:45 -")[-1] == "released 09:15..10:30 inferred_drop_off"


@pytest.mark.parametrize(
    ("rows", "declared", "ended_early", "unsound"),
    [
        (0, None, False, False),  # a maintenance page with status 200
        (0, 0, False, False),
        (25, None, False, False),  # cut in half
        (49, 50, False, False),
        (49, None, True, False),
        (49, None, False, True),
        (60, None, False, False),  # as many as the list can hold
    ],
)
def test_no_look_that_is_refused_ever_releases_anybody(
    rows: int, declared: int | None, ended_early: bool, unsound: bool
) -> None:
    rule = replace(DROP_OFF, list_cap=60)
    whole = note_snapshot(Seen(), LookFacts(at("10:00"), 50), {RECORD: HELD})
    for hour in range(11, 20):
        facts = LookFacts(at(f"{hour}:00"), rows, declared, ended_early, unsound)
        whole = note_snapshot(whole, facts, {})
    found = events_of(RECORD, whole.runs_of(RECORD), judge_looks(whole.facts, rule), rule)
    assert [event.kind.value for event in found] == ["booked"]
