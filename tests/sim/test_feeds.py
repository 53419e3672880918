"""What a feed publishes, read back as any delivery, tells what the world says."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from eyre.model.record import Record
from eyre.model.release_signal import ReleaseSignal
from eyre.sim.feeds.feed import AgeShown, Door, Feed, Paging, Posting, Wire
from eyre.sim.feeds.feed_of import feed_of, feeds_of
from eyre.sim.feeds.manifest_of import manifest_of, manifest_text
from eyre.sim.feeds.posting import instant, last_posting, microseconds, next_posting
from eyre.sim.feeds.press import Part, Press, page_of, render
from eyre.sim.feeds.write_dates import ODD_DATES, ODD_TIMES
from eyre.sim.world import NEVER, World
from eyre.sources.load_manifest import load_manifest
from eyre.sources.manifest import BookingNumberScope
from eyre.sources.outcome import Accepted, DeliverySummary
from eyre.sources.parse_delivery import parse_delivery
from tests.sim.small_world import BEGINS, small_world

ROOT = Path(__file__).parents[2]
WORLD = small_world(jails=80, size=25)
FEEDS = feeds_of(WORLD, seed=3)
AT = BEGINS + timedelta(days=9, hours=7, minutes=13)


def records_of(feed: Feed, body: bytes, posted: int) -> list[Record]:
    *rows, summary = parse_delivery(manifest_of(feed), body, as_of=instant(posted))
    assert isinstance(summary, DeliverySummary)
    assert summary.issues == ()
    assert summary.complete
    told = [row.record for row in rows if isinstance(row, Accepted) and not row.warnings]
    assert len(told) == summary.records == summary.rows_in - summary.ignored
    return told


def of_wire(wire: Wire) -> list[Feed]:
    return [feed for feed in FEEDS if feed.wire is wire]


def test_every_format_and_every_signal_is_there() -> None:
    assert {feed.wire for feed in FEEDS} == set(Wire)
    assert {feed.release for feed in FEEDS} == set(ReleaseSignal)
    assert {feed.door for feed in FEEDS} == set(Door)
    assert {feed.age for feed in FEEDS} == set(AgeShown)


def test_the_shares_are_those_of_real_rosters() -> None:
    jails = [feed_of(WORLD, 0, seed) for seed in range(2000)]
    signals, ages = Counter(feed.release for feed in jails), Counter(feed.age for feed in jails)
    assert 0.25 < signals[ReleaseSignal.EXPLICIT] / len(jails) < 0.36
    assert 0.35 < ages[AgeShown.DOB] / len(jails) < 0.46
    assert 0.43 < (ages[AgeShown.AGE_CURRENT] + ages[AgeShown.AGE_AT_BOOKING]) / len(jails) < 0.56


@pytest.mark.parametrize("wire", list(Wire))
def test_what_is_published_is_read_back_as_it_is(wire: Wire) -> None:
    for feed in of_wire(wire):
        whole = replace(feed, list_cap=None, detail=False)
        told = Press(WORLD, whole).render(AT, Part(whole=True))
        records = records_of(whole, told.body, told.edition.posted)
        assert len(records) == told.listed == told.total > 10
        assert Counter(map(seen, records)) == Counter(expected(WORLD, whole, told.edition.posted))


def seen(record: Record) -> tuple[str, ...]:
    """Surname, given name, birth, number, when it began and whether it ended, as far as the feed tells them."""
    name = record.person.names[0]
    birth = record.person.births[0] if record.person.births else None
    born = f"{birth.earliest} {birth.latest}" if birth else ""
    booking, case, term = record.booking, record.case, record.supervision
    told = ("", "", "")
    if booking:
        told = (booking.booking_number, booking.booked_at[:16], booking.released_at[:16])
    elif case:
        told = (case.docket_number, case.filed_on, record.charges[0].disposition if record.charges else "")
    elif term:
        told = (term.supervision_number, term.started_on, term.ends_on)
    return (fold(name.surname), fold(name.given), born, *told)


def fold(text: str) -> str:
    """Without what a format cannot keep: case, accents, and the parts of a name after a blank."""
    return text.upper().translate(str.maketrans("ÉÑ", "EN"))


def expected(world: World, feed: Feed, at: int) -> list[tuple[str, ...]]:
    """The same from the world's columns, without a word of the code under test."""
    if feed.publisher.kind == "court":
        return [row for row in (case_row(world, feed, row, at) for row in rows_of(world.cases, feed)) if row]
    if feed.publisher.kind == "supervision":
        return [row for row in (term_row(world, feed, row, at) for row in rows_of(world.supervisions, feed)) if row]
    return [row for row in (stay_row(world, feed, row, at) for row in rows_of(world.stays, feed)) if row]


def rows_of(table: object, feed: Feed) -> list[int]:
    return np.flatnonzero(getattr(table, "facility") == feed.publisher.facility).tolist()  # noqa: B009


def local(at: int, feed: Feed) -> datetime:
    return datetime.fromtimestamp(at // 1_000_000, ZoneInfo(feed.publisher.zone))


def birth(feed: Feed, born: date | None, told_on: date) -> str:
    if born is None or feed.age is AgeShown.NOTHING:
        return ""
    if feed.age is AgeShown.DOB:
        return f"{born} {born}"
    if feed.age is AgeShown.YOB:
        return f"{born.year}-01-01 {born.year}-12-31"
    years = told_on.year - born.year - ((told_on.month, told_on.day) < (born.month, born.day))
    first = same_day(told_on, told_on.year - years - 1) + timedelta(days=1)
    return f"{first} {same_day(told_on, told_on.year - years)}"


def same_day(day: date, year: int) -> date:
    return date(year, day.month, min(day.day, 28) if day.month == 2 else day.day)


def day_of(number: int) -> date | None:
    return None if number == -1 else date(1970, 1, 1) + timedelta(days=number)


def stay_row(world: World, feed: Feed, row: int, at: int) -> tuple[str, ...] | None:
    stays = world.stays
    booked, released = int(stays.booked[row]), int(stays.released[row])
    lingers = feed.lingers // timedelta(microseconds=1) if feed.release not in HIDES_RELEASE else 0
    gone = min(released + lingers if released < NEVER - lingers else NEVER, int(stays.sealed[row]))
    if not booked <= at < gone:
        return None
    surname, given = stays.surname[row], stays.given[row]
    born, said = day_of(int(stays.born[row])), local(booked, feed)
    for fix in np.flatnonzero((world.corrections.stay == row) & (world.corrections.at <= at)).tolist():
        value = world.corrections.value[fix]
        match world.corrections.field[fix]:
            case "surname":
                surname = value
            case "given":
                given = value
            case "born":
                born = date.fromisoformat(value)
            case _:
                said = datetime.fromisoformat(value).astimezone(said.tzinfo)
    told_on = said.date() if feed.age is AgeShown.AGE_AT_BOOKING else local(at, feed).date()
    number = stays.booking_number[row]
    left = moment(feed, local(released, feed)) if released <= at and feed.release not in HIDES_RELEASE else ""
    names = (fold(surname), fold(given.split()[0] if feed.wire in WHOLE_NAME else given))
    return (*names, birth(feed, born, told_on), "" if feed.wire is Wire.ZUERCHER else number, moment(feed, said), left)


HIDES_RELEASE = (ReleaseSignal.DROP_OFF, ReleaseSignal.PROJECTED_ONLY, ReleaseSignal.PUSH_DELETE)
WHOLE_NAME = (Wire.ZUERCHER, Wire.NEW_WORLD, Wire.HTML_TABLE, Wire.EXCEL)
DAYS_ONLY = (Wire.HTML_TABLE, Wire.FIXED_WIDTH)


def moment(feed: Feed, at: datetime) -> str:
    if feed.wire in DAYS_ONLY:
        return at.date().isoformat()
    return at.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M")


def case_row(world: World, feed: Feed, row: int, at: int) -> tuple[str, ...] | None:
    cases = world.cases
    if cases.filed[row] > at:
        return None
    names = (fold(cases.surname[row]), fold(cases.given[row]))
    done = cases.disposition[row] if cases.disposed[row] <= at else ""
    filed = local(int(cases.filed[row]), feed).date()
    return (*names, birth(feed, day_of(int(cases.born[row])), filed), cases.docket[row], filed.isoformat(), done)


def term_row(world: World, feed: Feed, row: int, at: int) -> tuple[str, ...] | None:
    terms = world.supervisions
    began, ended = int(terms.began[row]), int(terms.ended[row])
    if not began <= at or (ended != NEVER and ended + feed.lingers // timedelta(microseconds=1) <= at):
        return None
    names = (fold(terms.surname[row]), fold(terms.given[row]))
    left = local(ended, feed).date().isoformat() if ended <= at else ""
    day = local(began, feed).date()
    return (*names, birth(feed, day_of(int(terms.born[row])), day), terms.number[row], day.isoformat(), left)


def test_a_manifest_is_a_file_too(tmp_path: Path) -> None:
    for feed in FEEDS[::7]:
        (tmp_path / "manifest.yaml").write_text(manifest_text(feed), encoding="utf-8")
        assert load_manifest(tmp_path).digest == manifest_of(feed).digest


def test_the_same_seed_gives_the_same_bytes() -> None:
    again = small_world(jails=80, size=25)
    assert feeds_of(again, seed=3) == FEEDS
    for feed in FEEDS[::5]:
        assert render(feed, again, AT).body == render(feed, WORLD, AT).body
    assert feeds_of(again, seed=4) != FEEDS


def test_what_is_kept_is_what_would_be_written() -> None:
    for feed in FEEDS[::3]:
        press = Press(WORLD, feed)
        for hours in (0, 1, 5, 30, 31, 100, 99, 2, 200):
            at = BEGINS + timedelta(hours=hours, minutes=7)
            assert press.render(at) == render(feed, WORLD, at)


def test_one_tag_means_one_content_and_another_tag_another() -> None:
    for feed in FEEDS[::3]:
        press = Press(WORLD, replace(feed, detail=False))
        told: dict[str, bytes] = {}
        for minutes in range(0, 2000, 13):
            shown = press.render(BEGINS + timedelta(minutes=minutes))
            assert press.edition(BEGINS + timedelta(minutes=minutes)) == shown.edition
            assert told.setdefault(shown.edition.tag, shown.body) == shown.body
        if feed.wire in (Wire.JAILTRACKER, Wire.NIEM):
            assert len(set(told.values())) == len(told)


@pytest.mark.parametrize("wire", [Wire.JAILTRACKER, Wire.ZUERCHER, Wire.NEW_WORLD, Wire.HTML_TABLE])
def test_pages_together_are_the_list(wire: Wire) -> None:
    for feed in of_wire(wire)[:6]:
        paged = replace(feed, paging=Paging(10, "page"), list_cap=None, declares_total=False)
        press, keys = Press(WORLD, paged), []
        for number in range(100):
            page = press.render(AT, page_of(paged, number))
            keys += [record.key for record in records_of(paged, page.body, page.edition.posted)]
            if not page.onward:
                break
        whole = press.render(AT)
        assert keys == [record.key for record in records_of(paged, whole.body, whole.edition.posted)]
        assert number == (whole.total - 1) // 10


def test_a_detail_page_tells_what_the_list_does_not() -> None:
    feed = replace(next(f for f in of_wire(Wire.JAILTRACKER) if f.has("charges")), detail=True, list_cap=None)
    press = Press(WORLD, feed)
    listed = press.render(AT)
    thin = records_of(feed, listed.body, listed.edition.posted)
    assert not any(record.charges for record in thin)
    full = press.detail(AT, thin[3].key)
    assert full is not None
    (told,) = records_of(feed, full.body, full.edition.posted)
    assert told.key == thin[3].key
    assert told.charges
    assert press.detail(AT, "none such") is None


def test_a_delta_file_has_what_changed_lately_and_the_full_file_all() -> None:
    for feed in FEEDS:
        if feed.release is not ReleaseSignal.DELTA_FILE:
            continue
        press = Press(WORLD, feed)
        delta, whole = press.render(AT), press.render(AT, Part(whole=True))
        assert 0 < delta.listed < whole.listed


def test_a_cap_cuts_the_list_without_a_word() -> None:
    feed = replace(of_wire(Wire.JAILTRACKER)[0], list_cap=5, declares_total=True)
    told = Press(WORLD, feed).render(AT)
    assert told.listed == told.total == 5
    assert b'"totalCount":5' in told.body


@pytest.mark.parametrize("posting", list(Posting))
def test_what_is_posted_stands_until_the_next_posting(posting: Posting) -> None:
    minutes = 125 if posting is Posting.NIGHTLY else 11
    feed = replace(FEEDS[0], posting=posting, offset=timedelta(minutes=minutes))
    period = {"quarter": 900, "hourly": 3600, "nightly": 86_400}.get(posting.value, 1) * 1_000_000
    for hour in range(0, 50, 7):
        at = microseconds(BEGINS + timedelta(hours=hour, seconds=17))
        last = last_posting(feed, at)
        assert last <= at < next_posting(feed, at) == last + period
        assert last_posting(feed, last) == last
        assert posting is Posting.LIVE or last_posting(feed, last - 1) == last - period


@pytest.mark.parametrize("wire", [Wire.NIEM, Wire.JSON_LINES])
def test_aliases_are_told_where_the_mask_lets_them(wire: Wire) -> None:
    stays = next(feed for feed in of_wire(wire) if feed.publisher.kind in ("custody", "corrections"))
    for shown in (True, False):
        feed = replace(stays, shows=stays.shows | {"alias"} if shown else stays.shows - {"alias"})
        told = Press(WORLD, feed).render(AT)
        names = [record.person.names for record in records_of(feed, told.body, told.edition.posted)]
        assert any(len(each) > 1 for each in names) is shown


@pytest.mark.parametrize("hidden", ["middle", "suffix", "sex", "charges", "subject"])
def test_what_the_mask_hides_is_in_no_record(hidden: str) -> None:
    for feed in FEEDS[:16]:
        if feed.wire in (Wire.NIEM, Wire.CRIMESTAR) or feed.publisher.numbers is BookingNumberScope.PER_PERSON:
            continue
        masked = replace(feed, shows=feed.shows - {hidden}, detail=False)
        told = Press(WORLD, masked).render(AT)
        for record in records_of(masked, told.body, told.edition.posted):
            person = record.person
            shown = {
                "middle": person.names[0].middle,
                "suffix": person.names[0].suffix,
                "sex": person.sexes,
                "charges": record.charges,
                "subject": person.identifiers,
            }
            assert not shown[hidden]


def test_odd_times_are_written_by_their_formats() -> None:
    for hour in (0, 9, 12, 23):
        at = datetime(2026, 6, 3, hour, 5, 7)
        assert [write(at) for write in ODD_TIMES] == [at.strftime(form) for form in ODD_DATES[: len(ODD_TIMES)]]


def test_another_process_gives_the_same_bytes() -> None:
    """Whatever order its sets and dictionaries of texts have there."""
    program = (
        "import hashlib; from tests.sim import test_feeds as t; d = hashlib.sha256()\n"
        "for f in t.FEEDS[::9]: d.update(t.render(f, t.WORLD, t.AT).body + t.manifest_text(f).encode())\n"
        "print(d.hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True,
            capture_output=True, timeout=60,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(told) == 1
