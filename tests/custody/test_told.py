"""What a source tells of beginning and end, in days or instants, and what it takes back."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from eyre.custody.told_moment import told_interval
from eyre.model.justice import Booking
from tests.custody.story import DROP_OFF, EXPLICIT, HELD, PUSHED, WINDOW, booked, events, instant, span, story

BEGIN = "booked 10:00..10:15 sighting"


def test_a_told_instant_is_both_ends() -> None:
    assert story(DROP_OFF, "10:00 -, 10:15 a", a=booked(booked_at="2026-03-01T09:41:00Z")) == ["booked 09:41 explicit"]


def test_a_told_day_is_that_day_where_the_jail_is_and_ends_with_the_first_sighting() -> None:
    chicago = replace(DROP_OFF, zone=ZoneInfo("America/Chicago"))
    day = booked(booked_at="2026-03-02")
    assert story(chicago, "2T10:00 -, 2T20:00 a", a=day) == ["booked 2T06:00..2T20:00 explicit"]
    assert story(chicago, "4T20:00 a", a=day) == ["booked 2T06:00..3T05:59:59 explicit"]


@pytest.mark.parametrize(("day", "hours"), [("2026-03-07", 24), ("2026-03-08", 23), ("2026-11-01", 25)])
def test_a_day_on_which_clocks_change_is_shorter_or_longer(day: str, hours: int) -> None:
    told = told_interval(day, ZoneInfo("America/Chicago"))
    assert told is not None
    assert told.latest - told.earliest == timedelta(hours=hours) - timedelta(microseconds=1)


def test_what_is_no_moment_is_none() -> None:
    zone = ZoneInfo("America/Chicago")
    texts = ("", "soon", "2026-02-30", "9999-12-31", "2026-03-01T10:00:00", "1234567890")
    assert [told_interval(text, zone) for text in texts] == [None] * len(texts)
    assert told_interval("0001-01-01", ZoneInfo("Asia/Tokyo")) is None


def test_who_is_there_at_the_first_look_was_not_just_booked() -> None:
    first = events(DROP_OFF, "10:00 in, 10:15 in")[0]
    assert (first.basis.value, first.detail) == ("unknown", "already there when first heard of")
    assert first.confidence <= 0.5
    assert (first.during.latest - first.during.earliest).days == 365


def test_an_incomplete_look_does_not_say_that_somebody_was_not_there_yet() -> None:
    assert story(DROP_OFF, "09:00 -, 10:00 -!, 10:15 in") == ["booked 09:00..10:15 sighting"]


def test_a_booking_told_later_narrows_what_was_seen() -> None:
    lines = story(DROP_OFF, "10:00 -, 10:15 in, 10:30 a", a=booked(booked_at="2026-03-01T10:02:00Z"))
    assert lines == ["booked 10:02 explicit"]


def test_another_booking_instant_is_a_correction() -> None:
    a, b = booked(booked_at="2026-03-01T09:00:00Z"), booked(booked_at="2026-03-01T08:30:00Z")
    assert story(DROP_OFF, "10:00 -, 10:15 a, 10:30 a, 10:45 b", a=a, b=b) == [
        "booked 08:30 explicit",
        "corrected 10:30..10:45 explicit: booked_at",
    ]


def test_an_instant_within_a_told_day_corrects_nothing() -> None:
    a, b = booked(booked_at="2026-03-01"), booked(booked_at="2026-03-01T08:30:00Z")
    assert story(DROP_OFF, "10:15 a, 10:45 b", a=a, b=b) == ["booked 08:30 explicit"]


def test_a_status_without_an_instant_is_a_release_between_two_sightings() -> None:
    out = booked(status="Released")
    assert story(EXPLICIT, "10:00 -, 10:15 in, 10:30 in, 10:45 out, 11:00 out", out=out) == [
        BEGIN,
        "released 10:30..10:45 sighting",
    ]


@pytest.mark.parametrize(
    ("reason", "line"),
    [
        ("", "released 10:20 explicit"),
        ("RELEASED", "released 10:20 explicit"),
        ("Bonded Out - Surety", "released 10:20 explicit: bond"),
        ("TIME SERVED", "released 10:20 explicit: time served"),
        ("Dismissed by DA", "released 10:20 explicit: charges ended"),
        ("Transferred to Cinder County Jail", "transferred 10:20 explicit: transfer"),
        ("TRANSFER ON BOND", "transferred 10:20 explicit: transfer"),
        ("to_supervision", "moved_to_supervision 10:20 explicit: supervision"),
        ("Released on Parole", "moved_to_supervision 10:20 explicit: supervision"),
        ("ESCAPED", "released 10:20 explicit: escape"),
        ("Docket 4", "released 10:20 explicit: other"),
    ],
)
def test_the_words_of_a_reason_say_where_somebody_went(reason: str, line: str) -> None:
    out = booked(released_at="2026-03-01T10:20:00Z", release_reason=reason)
    assert story(EXPLICIT, "10:00 -, 10:15 in, 10:30 out", out=out) == [BEGIN, line]


def test_a_release_that_is_taken_back_never_was_and_a_correction_says_so() -> None:
    out = booked(released_at="2026-03-01T10:20:00Z")
    assert story(EXPLICIT, "10:00 -, 10:15 in, 10:30 out, 10:45 in", out=out) == [
        BEGIN,
        "corrected 10:30..10:45 explicit: released_at",
    ]


def test_a_beginning_follows_anew_when_the_end_that_bounded_it_is_taken_back() -> None:
    out, status = booked(released_at="2026-03-01T10:05:00Z"), booked(status="released")
    begin, _ = events(EXPLICIT, "10:00 -, 10:15 out, 10:30 status, 10:45 in", out=out, status=status)
    assert (span(begin.during), instant(begin.concluded_from)) == ("10:00..10:15", "10:45")


def test_a_release_that_is_told_otherwise_is_corrected() -> None:
    out, later = booked(released_at="2026-03-01T10:20:00Z"), booked(released_at="2026-03-01T10:25:00Z")
    assert story(EXPLICIT, "10:00 -, 10:15 in, 10:30 out, 10:45 later", out=out, later=later) == [
        BEGIN,
        "released 10:25 explicit",
        "corrected 10:30..10:45 explicit: released_at",
    ]


def test_a_release_that_becomes_a_transfer_is_corrected() -> None:
    out = booked(released_at="2026-03-01T10:20:00Z", release_reason="bond")
    moved = booked(released_at="2026-03-01T10:20:00Z", release_reason="transferred")
    assert story(EXPLICIT, "10:00 -, 10:15 in, 10:30 out, 10:45 moved", out=out, moved=moved) == [
        BEGIN,
        "transferred 10:20 explicit: transfer",
        "corrected 10:30..10:45 explicit: release_reason",
    ]


def test_a_projected_release_fires_nothing() -> None:
    planned = Booking(booking_number="B1", projected_release="2026-03-02")
    stay = replace(HELD, booking=planned)
    assert story(DROP_OFF, "10:00 -, 10:15 a, 4T10:15 a", a=stay) == [BEGIN]


def test_a_release_told_days_ahead_is_a_plan_until_its_day() -> None:
    out = booked(released_at="2026-03-05")
    assert story(EXPLICIT, "10:00 -, 10:15 out, 2T10:00 out", out=out) == [BEGIN]
    known = events(EXPLICIT, "10:00 -, 10:15 out, 2T10:00 out, 5T10:00 out, 6T10:00 -", out=out)
    assert [event.kind.value for event in known] == ["booked", "released"]
    assert known[1].concluded_from.day == 5
    assert story(EXPLICIT, "10:00 -, 10:15 out, 2T10:00 in, 6T10:00 in", out=out) == [BEGIN]


def test_a_row_first_seen_with_its_release_was_booked_before_it() -> None:
    out = booked(released_at="2026-03-01T10:05:00Z")
    assert story(WINDOW, "10:00 -, 10:15 out", out=out) == ["booked 10:00..10:05 sighting", "released 10:05 explicit"]
    late = booked(released_at="2026-03-01T08:00:00Z")
    assert story(WINDOW, "10:00 -, 10:15 out", out=late) == [
        "booked 2025-03-01T08:00..08:00 unknown: already there when first heard of",
        "released 08:00 explicit",
    ]


def test_messages_tell_a_stay_without_any_look() -> None:
    out = booked(booked_at="2026-03-01T09:00:00Z", released_at="2026-03-01T11:00:00Z", release_reason="bond")
    assert story(PUSHED, "10:00 +a, 11:05 +out", a=booked(booked_at="2026-03-01T09:00:00Z"), out=out) == [
        "booked 09:00 explicit",
        "released 11:00 explicit: bond",
    ]


def test_a_message_stands_within_what_snapshots_say() -> None:
    out = booked(status="released", facility="Azure County Jail")
    lines = story(PUSHED, "10:00 in, 10:15 in, 10:20 +out, 10:30 in", out=out)
    assert lines[1:] == ["corrected 10:20..10:30 explicit: status"]
