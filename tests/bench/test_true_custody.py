"""The score of a reader that believes what it should is perfect, and that of one that believes every page is not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest

from bench.custody_tally import Score
from bench.told_source import ToldSource
from bench.true_custody import CustodyScorer, beliefs
from eyre.custody.events_of import events_of
from eyre.custody.judge_looks import judge_looks
from eyre.custody.look import Look, LookFacts
from eyre.custody.look_line import look_line
from eyre.custody.note_snapshot import note_snapshot
from eyre.custody.rule import CustodyRule
from eyre.custody.run import Stay
from eyre.custody.seen import Seen
from eyre.custody.stay_parts import stay_body, stay_from_body
from eyre.ids import record_id
from eyre.model.custody_event import CustodyEvent, EventKind
from eyre.model.parts import record_to_parts
from eyre.model.release_signal import ReleaseSignal
from eyre.service.custody_rule import custody_rule
from eyre.sim.faults.fault import Fault, FaultCalendar, FaultKind
from eyre.sim.faults.strike import Struck
from eyre.sim.feeds.feed import Feed, Posting, Wire
from eyre.sim.feeds.feed_of import feeds_of
from eyre.sim.feeds.manifest_of import manifest_of
from eyre.sim.feeds.posting import microseconds
from eyre.sim.feeds.press import Press
from eyre.sim.feeds.read_stays import Wrongs
from eyre.sources.outcome import Accepted, DeliverySummary
from eyre.sources.parse_delivery import parse_delivery
from tests.sim.small_world import BEGINS, small_world

WORLD = small_world(jails=30, size=40)
KEY = b"k" * 32
STEP = timedelta(hours=1)
MIDDLE = 80
UNTIL = BEGINS + timedelta(days=6)
LOOKS = [BEGINS + STEP * number for number in range(1, int((UNTIL - BEGINS) / STEP))]


def live(wire: Wire, release: ReleaseSignal) -> Feed:
    feed = next(each for each in feeds_of(WORLD, seed=3) if each.wire is wire)
    lingers = timedelta(days=2) if release is ReleaseSignal.EXPLICIT else timedelta(0)
    return replace(
        feed,
        release=release,
        posting=Posting.LIVE,
        paging=None,
        detail=False,
        list_cap=None,
        declares_total=False,
        lingers=lingers,
    )


def score(feed: Feed, *faults: Fault, credulous: bool = False, forget: EventKind | None = None) -> Score:
    """Of a reader that looks at the feed every hour; a credulous one takes every page for whole, and one look without
    somebody for a release, and what it believed after `MIDDLE` looks is scored with what it believes at the end."""
    calendar = FaultCalendar(faults, faults)
    press = Struck(Press(WORLD, feed), calendar)
    rule = replace(custody_rule(manifest_of(feed)), confirm=1 if credulous else 3)
    seen, once = Seen(), set[CustodyEvent]()
    for number, at in enumerate(LOOKS, 1):
        seen = note_snapshot(seen, *read(feed, press, at))
        if credulous and number == MIDDLE:
            once = concluded(seen, [Look(each, True) for each in LOOKS[:number]], rule)
    looks = [Look(at, True) for at in LOOKS] if credulous else judge_looks(seen.facts, rule)
    events = {event for event in concluded(seen, looks, rule) if event.kind is not forget}
    instants = np.array([microseconds(at) for at in LOOKS], dtype=np.int64)
    told = ToldSource(WORLD, feed, Press(WORLD, feed), calendar, Wrongs(), KEY, instants)
    believed = beliefs([*((each, False) for each in events), *((each, True) for each in once - events)])
    return CustodyScorer(told, believed, UNTIL).scored()


def read(feed: Feed, press: Struck, at: datetime) -> tuple[LookFacts, dict[int, Stay]]:
    rows: dict[int, Stay] = {}
    *told, summary = parse_delivery(manifest_of(feed), press.render(at).body, as_of=at)
    for each in told:
        if isinstance(each, Accepted):
            stay = stay_from_body(stay_body(record_to_parts(each.record)))
            rows[record_id(KEY, feed.slug, each.record.key)] = stay
    assert isinstance(summary, DeliverySummary)
    return LookFacts(at, summary.data_rows), rows


def concluded(seen: Seen, looks: Sequence[Look], rule: CustodyRule) -> set[CustodyEvent]:
    line = look_line(looks)
    return {event for each in seen.records() for event in events_of(each, seen.runs_of(each), line, rule)}


def shares(found: Score, kind: str) -> tuple[float, float]:
    tally = found.of(kind)
    assert tally.believed > 3
    assert tally.told > 3
    return tally.right / tally.believed, tally.found / tally.told


@pytest.mark.parametrize(
    ("wire", "release", "ends"),
    [
        (Wire.JAILTRACKER, ReleaseSignal.DROP_OFF, "ends, inferred"),
        (Wire.NEW_WORLD, ReleaseSignal.EXPLICIT, "ends, told"),
        (Wire.HTML_TABLE, ReleaseSignal.PROJECTED_ONLY, "disappeared"),
    ],
)
def test_who_believes_what_was_told_is_right_of_everything(wire: Wire, release: ReleaseSignal, ends: str) -> None:
    found = score(live(wire, release))
    for kind in ("booked", ends):
        assert shares(found, kind) == (1.0, 1.0), found.of(kind)
    for kind, tally in found.tallies.items():
        assert tally.believed == tally.right == tally.inside, (kind, tally.wrong)
        assert tally.told == tally.found, (kind, tally.missed)
    assert not found.wrong_ever


def test_who_believes_a_shrunk_list_is_told_so_with_the_cause_and_the_correction() -> None:
    begins = microseconds(LOOKS[MIDDLE - 1]) - 1
    shrunk = Fault(FaultKind.SHRUNK, begins, begins + 3 * 3_600_000_000, 0.6)
    feed = live(Wire.JAILTRACKER, ReleaseSignal.DROP_OFF)
    assert not score(feed, shrunk).wrong_ever
    found = score(feed, shrunk, credulous=True)
    assert len(found.wrong_ever) > 3
    assert {(each.faults, each.by_the_door) for each in found.wrong_ever} == {(("shrunk",), True)}
    assert "withdrawn" in {each.corrected for each in found.wrong_ever}
    assert found.of("reappeared").right > 3


@pytest.mark.parametrize("kind", [EventKind.BOOKED, EventKind.RELEASED])
def test_what_is_not_believed_is_missed(kind: EventKind) -> None:
    found = score(live(Wire.JAILTRACKER, ReleaseSignal.DROP_OFF), forget=kind)
    assert found.of("booked" if kind is EventKind.BOOKED else "ends, inferred").found == 0
