"""Every fault is known beforehand, and shows in what is served."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest

from eyre.errors import SourceError
from eyre.model.record import Record
from eyre.sim.faults.fault import NO_FAULTS, OUTAGES, Fault, FaultCalendar, FaultKind, Faults, calendar_of
from eyre.sim.faults.fault_calendar import fault_calendar, wrongs_of
from eyre.sim.faults.strike import Struck
from eyre.sim.feeds.feed import Door, Feed, Paging, Posting, Wire
from eyre.sim.feeds.feed_of import feeds_of
from eyre.sim.feeds.manifest_of import manifest_of
from eyre.sim.feeds.posting import instant, microseconds
from eyre.sim.feeds.press import Part, Press
from eyre.sim.feeds.read_stays import Wrongs
from eyre.sources.outcome import Accepted, DeliverySummary
from eyre.sources.parse_delivery import parse_delivery
from tests.sim.small_world import BEGINS, small_world

WORLD = small_world(jails=60, size=40)
FEEDS = feeds_of(WORLD, seed=3)
AT = BEGINS + timedelta(days=9, hours=7, minutes=13)
HOUR = 3_600_000_000
ROSTER = replace(
    next(feed for feed in FEEDS if feed.wire is Wire.JAILTRACKER),
    posting=Posting.LIVE,
    paging=None,
    declares_total=True,
    detail=False,
    list_cap=None,
)


def struck(kind: FaultKind, amount: float = 0.5, feed: Feed = ROSTER, *, odd: int = 0) -> Struck:
    begins = microseconds(AT) - HOUR + odd
    fault = Fault(kind, begins, begins + 2 * HOUR, amount)
    return Struck(Press(WORLD, feed), FaultCalendar((fault,), (fault,)))


def read(feed: Feed, press: Struck, part: Part | None = None) -> tuple[list[Record], DeliverySummary]:
    told = press.render(AT, part)
    *rows, summary = parse_delivery(manifest_of(feed), told.body, as_of=instant(told.edition.posted))
    assert isinstance(summary, DeliverySummary)
    return [row.record for row in rows if isinstance(row, Accepted)], summary


def keys(records: Sequence[Record]) -> list[str]:
    return [record.key for record in records]


WHOLE = keys(read(ROSTER, Struck(Press(WORLD, ROSTER)))[0])


def test_without_faults_nothing_strikes() -> None:
    for feed in FEEDS:
        calendar = fault_calendar(feed, WORLD, NO_FAULTS)
        assert {fault.kind for fault in calendar.faults} <= {FaultKind.SEALED, FaultKind.CORRECTED}
        assert calendar.deliveries == ()
        assert Struck(Press(WORLD, feed), calendar).render(AT) == Press(WORLD, feed).render(AT)


def test_the_rates_are_kept_and_every_kind_comes() -> None:
    calendars = [fault_calendar(feed, WORLD, Faults()) for feed in FEEDS]
    assert calendars == [fault_calendar(feed, WORLD, Faults()) for feed in FEEDS]
    days = 14 * len(FEEDS)
    counts = Counter(fault.kind for calendar in calendars for fault in calendar.faults)
    assert set(FaultKind) - set(counts) <= {FaultKind.UNSPRUNG}
    assert 0.2 < sum(counts[kind] for kind in OUTAGES) / (days * (Faults().outage + Faults().short_outage)) < 2
    missing = sum(
        fault.ends - fault.begins
        for feed in feeds_of(small_world(jails=300, size=1), 3)
        for fault in fault_calendar(feed, WORLD, replace(NO_FAULTS, outage=Faults().outage)).deliveries
    )
    assert 0.012 < missing / (14 * 308 * 24 * HOUR) < 0.028


def test_every_rate_has_a_dial() -> None:
    for dial in fields(Faults):
        for feed in FEEDS:
            calendar = fault_calendar(feed, WORLD, replace(NO_FAULTS, **{dial.name: 0.9}))
            if set(calendar.faults) > set(fault_calendar(feed, WORLD, NO_FAULTS).faults):
                break
        else:
            assert dial.name == "unsprung"


@pytest.mark.parametrize("kind", OUTAGES)
def test_an_outage_is_a_fate(kind: FaultKind) -> None:
    press = struck(kind)
    assert press.fate(AT) is kind
    assert press.fate(AT + timedelta(hours=1)) is None
    assert press.fate(AT - timedelta(hours=1, seconds=1)) is None


def test_a_page_for_people_is_no_delivery() -> None:
    for feed in FEEDS:
        for kind in (FaultKind.MAINTENANCE, FaultKind.GARBAGE):
            press = struck(kind, 0.03, feed)
            assert press.render(AT).struck == (kind.value,)
            try:
                records, summary = read(feed, press)
            except SourceError:
                continue
            assert records == []
            assert summary.quarantined


def test_a_truncated_body_shows() -> None:
    for feed in FEEDS:
        if feed.wire in (Wire.CRIMESTAR, Wire.COURT_CSV):
            continue  # which have no end that could be missed
        try:
            records, summary = read(feed, struck(FaultKind.TRUNCATED, 0.53, feed))
        except SourceError:
            continue
        told = summary.quarantined or not summary.complete
        assert told or not feed.declares_total or feed.wire in (Wire.FIXED_WIDTH, Wire.JSON_LINES)
        assert len(records) < Press(WORLD, feed).render(AT).listed


def test_a_capped_list_says_nothing_of_it() -> None:
    records, summary = read(ROSTER, struck(FaultKind.CAPPED, 0.6))
    assert keys(records) == WHOLE[: int(len(WHOLE) * 0.6)]
    assert summary.complete


@pytest.mark.parametrize("odd", [0, 1])
def test_a_shrunk_list_lacks_a_share_and_its_total_may_tell(odd: int) -> None:
    records, summary = read(ROSTER, struck(FaultKind.SHRUNK, 0.5, odd=odd))
    assert set(keys(records)) < set(WHOLE)
    assert 0.2 < len(records) / len(WHOLE) < 0.8
    assert summary.complete is (not odd)


@pytest.mark.parametrize("amount", [-2, 3])
def test_rows_move_between_pages(amount: int) -> None:
    feed = replace(ROSTER, paging=Paging(10, "start"), declares_total=False)
    press = struck(FaultKind.SHIFTED, amount, feed)
    first, _ = read(feed, press, Part(0, 10))
    second, _ = read(feed, press, Part(10, 10))
    assert keys(first) == WHOLE[:10]
    assert keys(second) == WHOLE[10 + amount : 20 + amount]


@pytest.mark.parametrize("wire", [wire for wire in Wire if wire is not Wire.NIEM])
def test_a_moved_column_is_an_issue(wire: Wire) -> None:
    feed = replace(next(feed for feed in FEEDS if feed.wire is wire), detail=False)
    press = struck(FaultKind.DRIFT, 0.5, feed)
    assert press.render(AT).body != Press(WORLD, feed).render(AT).body
    try:
        records, summary = read(feed, press)
    except SourceError:
        return
    assert summary.quarantined or summary.issues
    assert wire is Wire.FIXED_WIDTH or len(records) < Press(WORLD, feed).render(AT).listed or summary.issues


def test_a_wrong_encoding_shows() -> None:
    accented = 0
    for feed in FEEDS:
        if feed.wire is Wire.EXCEL or feed.door is Door.PUSH:
            continue
        press, sound = struck(FaultKind.ENCODING, 0.5, feed), Press(WORLD, feed).render(AT).body
        body = press.render(AT).body
        assert body != sound
        accented += "Ã".encode() in body
    assert accented


def test_an_old_copy_is_served_with_its_old_tag() -> None:
    press, sound = struck(FaultKind.STALE, 30 * HOUR), Press(WORLD, ROSTER)
    begins = AT - timedelta(hours=1)
    told = press.render(AT)
    assert told.body == sound.render(begins - timedelta(hours=30)).body != sound.render(AT).body
    assert told.edition.tag == sound.edition(begins - timedelta(hours=30)).tag


def test_what_a_fault_did_is_not_taken_for_unchanged_when_it_has_passed() -> None:
    sound = Press(WORLD, ROSTER)
    for kind in (FaultKind.TRUNCATED, FaultKind.SHRUNK, FaultKind.DRIFT, FaultKind.STALE, FaultKind.CAPPED):
        press = struck(kind, 0.5 if kind is not FaultKind.STALE else 30.0 * HOUR)
        during, after = press.edition(AT), press.edition(AT + timedelta(hours=1))
        assert during.tag != after.tag == sound.edition(AT + timedelta(hours=1)).tag
        assert after.modified > during.modified


def test_a_wrong_clock_moves_what_was_entered_under_it() -> None:
    begins = microseconds(BEGINS)
    by = -47 * 60_000_000
    wrong = Press(WORLD, ROSTER, Wrongs(clocks=((begins, begins + 48 * HOUR, by),)))
    told = {row["ArrestNo"]: row["OriginalBookDateTime"] for row in json.loads(wrong.render(AT).body)["data"]}
    true = {row["ArrestNo"]: row["OriginalBookDateTime"] for row in rows(Press(WORLD, ROSTER))}
    assert set(told) == set(true)
    moved = [number for number in told if told[number] != true[number]]
    assert moved
    for number in moved:
        shown, meant = (datetime.strptime(each[number], "%m/%d/%YT%H:%M:%S") for each in (told, true))
        assert shown - meant == timedelta(minutes=-47)


def rows(press: Press) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(press.render(AT).body)["data"]
    return found


def test_a_clock_that_was_not_changed_is_an_hour_behind() -> None:
    spring = replace(WORLD, begins=datetime(2026, 3, 1, tzinfo=UTC), ends=datetime(2026, 3, 20, tzinfo=UTC))
    feed = replace(ROSTER, publisher=replace(ROSTER.publisher, zone="America/Chicago"))
    (fault,) = fault_calendar(feed, spring, replace(NO_FAULTS, unsprung=1.0)).of(FaultKind.UNSPRUNG)
    assert instant(fault.begins) == datetime(2026, 3, 8, 8, tzinfo=UTC)
    assert fault.amount == -HOUR
    (clock,) = wrongs_of(feed, spring, calendar_of([fault])).clocks
    assert clock == (fault.begins, fault.ends, -HOUR)


def test_a_number_is_given_again_when_its_first_bearer_is_gone() -> None:
    feed = ROSTER
    calendar = fault_calendar(feed, WORLD, replace(NO_FAULTS, reused=0.5))
    reused = calendar.of(FaultKind.REUSED)
    assert reused
    stays, first = WORLD.stays, WORLD.rows_of(WORLD.stays, feed.publisher.facility).start
    wrongs = wrongs_of(feed, WORLD, calendar)
    for fault in reused:
        earlier = first + int(fault.amount)
        assert stays.released[earlier] < stays.booked[first + fault.row]
        assert stays.person[earlier] != stays.person[first + fault.row]
        assert wrongs.numbers[fault.row] == stays.booking_number[earlier]
    shown = {row["ArrestNo"] for row in rows(Press(WORLD, feed, wrongs))}
    assert shown & set(wrongs.numbers.values())


def test_a_sealed_stay_is_gone_without_a_word_and_a_correction_is_made() -> None:
    for feed in FEEDS:
        if feed.wire is not Wire.JAILTRACKER:
            continue
        press = Press(WORLD, replace(feed, posting=Posting.LIVE, list_cap=None))
        for fault in fault_calendar(feed, WORLD, NO_FAULTS).faults:
            before, after = instant(fault.begins - 2_000_000), instant(fault.begins + 2_000_000)
            if fault.row in press.rows(press.edition(before)):
                gone = fault.row not in press.rows(press.edition(after))
                assert gone is (fault.kind is FaultKind.SEALED)
                assert press.edition(before).tag != press.edition(after).tag
