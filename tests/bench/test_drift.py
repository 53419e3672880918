"""Every kind of fault is met by a ride, flagged, and harms nobody: in small here, at large in the benchmark."""

import json
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bench.drift_bodies import FORMATS, garbage, maintenance
from bench.drift_columns import drift
from bench.drift_garbage import _AT, _of_wire, ride_garbage
from bench.drift_plan import plan_of
from bench.drift_score import _declares
from bench.drift_world import bare_world, chosen_rows
from eyre.errors import SourceError
from eyre.sim.faults.fault import FaultCalendar, FaultKind
from eyre.sim.faults.strike import Struck
from eyre.sim.feeds.feed import Wire
from eyre.sim.feeds.manifest_of import manifest_of
from eyre.sim.feeds.posting import microseconds
from eyre.sim.feeds.press import Press
from eyre.sources.expected import outcome_text
from eyre.sources.manifest import Manifest
from eyre.sources.outcome import DeliverySummary, Quarantined
from eyre.sources.parse_delivery import parse_delivery
from eyre.store.open_store import Store

ROOT = Path(__file__).parents[2]
WORLD = bare_world(7)


def test_a_plan_strikes_every_kind_and_is_the_same_twice() -> None:
    plans = [plan_of(WORLD, 7, 0, 8) for _ in range(2)]
    assert [repr(each) for each in plans[0].variants] == [repr(each) for each in plans[1].variants]
    assert {each.kind for each in plans[0].variants} >= set(FaultKind) - {FaultKind.REUSED}
    assert len({each.feed.slug for each in plans[0].variants}) == len(plans[0].variants)


def test_a_number_that_is_given_again_is_of_somebody_who_was_seen_and_had_left() -> None:
    plan = plan_of(WORLD, 7, 0, 60, [FaultKind.REUSED])
    struck = [each for each in plan.variants if each.kind is not None]
    assert {each.kind for each in struck} == {FaultKind.REUSED}
    stays, rides = plan.worlds["reused"].stays, [microseconds(each) for each in plan.batch.rides]
    gaps = set()
    for variant in struck:
        place = variant.feed.publisher.facility
        chosen = chosen_rows(WORLD, place, plan.batch)
        assert chosen is not None
        assert variant.wrongs is not None
        ((row, number),) = variant.wrongs.numbers.items()
        assert row + WORLD.rows_of(WORLD.stays, place).start == chosen.comes
        assert number == stays.booking_number[chosen.leaves]
        assert stays.booked[chosen.leaves] < rides[0] < stays.released[chosen.leaves] < stays.booked[chosen.comes]
        assert rides[1] < stays.booked[chosen.comes] < rides[2]
        gaps.add(bool(stays.released[chosen.leaves] < rides[1]))
    assert gaps == {True, False}


def test_which_pages_declare_more_rows_than_they_list() -> None:
    plan = plan_of(WORLD, 7, 0, 30, [FaultKind.CAPPED, FaultKind.SHRUNK])
    told = set()
    for variant in plan.variants:
        if variant.fault is None or variant.feed.paging is not None:
            continue
        press = Struck(Press(plan.worlds["stirred"], variant.feed), FaultCalendar((variant.fault,), (variant.fault,)))
        at = plan.batch.rides[2]
        *_, summary = parse_delivery(manifest_of(variant.feed), press.render(at).body, as_of=at)
        assert isinstance(summary, DeliverySummary)
        declares = summary.declared_total not in (None, summary.data_rows)
        assert declares == _declares(variant), variant.feed.slug
        told.add((variant.kind, declares))
    assert told == {(FaultKind.CAPPED, False), (FaultKind.SHRUNK, False), (FaultKind.SHRUNK, True)}


@pytest.mark.parametrize("wire", [each for each in Wire if each is not Wire.NIEM])
def test_a_layout_that_changed_is_told_with_its_field(wire: Wire) -> None:
    feed = _of_wire(WORLD, wire, 7)
    manifest, sound = manifest_of(feed), Press(WORLD, feed).render(_AT).body
    before = outcome_text(parse_delivery(manifest, sound, as_of=_AT))
    told = 0
    for seed in range(8):
        drifted = drift(random.Random(seed), wire, manifest, sound)
        if drifted is None:
            continue
        text = said_of(manifest, drifted.body, before)
        if drifted.what.startswith("swap") or text is None:
            continue  # two texts that change places are seen by the look, for every row says something else
        assert text, drifted.what
        assert not drifted.names or any(name in text for name in drifted.names), drifted.what
        told += 1
    assert told > 2


def said_of(manifest: Manifest, body: bytes, before: str) -> str | None:
    """Everything that is told to be wrong with a delivery; nothing if it reads as `before`."""
    try:
        outcomes = list(parse_delivery(manifest, body, as_of=_AT))
    except SourceError as refused:
        return refused.message
    if outcome_text(outcomes) == before:
        return None
    (summary,) = [each for each in outcomes if isinstance(each, DeliverySummary)]
    issues = [*summary.issues, *(i for each in outcomes if isinstance(each, Quarantined) for i in each.issues)]
    return " ".join(f"{each.field} {each.reason}" for each in issues)


def test_pages_for_people_and_garbage_are_never_a_list() -> None:
    chance = random.Random(7)
    for wire in FORMATS:
        manifest = manifest_of(_of_wire(WORLD, wire, 7))
        for spoil in (maintenance, garbage):
            for _ in range(6):
                try:
                    *rows, summary = parse_delivery(manifest, spoil(chance, b""), as_of=_AT)
                except SourceError:
                    continue
                assert isinstance(summary, DeliverySummary)
                assert not summary.accepted
                assert not rows or summary.quarantined


def test_broken_deliveries_end_no_worker_and_tell_no_name(store: Store) -> None:
    for name, told in ride_garbage(store, WORLD, 11, 4).items():
        assert told.taken == told.deliveries == 4, (name, told.examples)
        assert not told.leaks, (name, told.examples)
        assert not told.silent, (name, told.examples)
        assert told.flagged + told.untellable == told.deliveries


@pytest.mark.slow
def test_a_few_variants_of_every_kind_are_flagged_by_one_ride(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench.drift", "--variants", "12", "--at-once", "12", "--garbage", "6"]
    command += ["--out", str(tmp_path / "drift.json")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1200, check=False)
    told: Mapping[str, Any] = json.loads((tmp_path / "drift.json").read_text())
    for name, kind in told["kinds"].items():
        assert kind["flagged"] == kind["seen"], (name, kind["examples"], done.stdout)
        assert (kind["invented"], kind["leaks"]) == (0, 0), (name, kind["examples"])
    healthy = told["healthy"]
    assert (healthy["alarms"], healthy["harmed"]) == (0, 0), healthy["examples"]
    assert healthy["rides"] > 500
    assert told["died"] == []
