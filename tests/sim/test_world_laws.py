"""What holds of every world, however small."""

import re
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from eyre.sim.draw_country import draw_country
from eyre.sim.draw_world import draw_world, draw_world_of
from eyre.sim.scale import Scale
from eyre.sim.truth import true_events
from eyre.sim.world import NEVER, World

FEW = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a world takes too long to look for a smaller one
    suppress_health_check=[HealthCheck.too_slow],
)
BEGINNINGS = st.datetimes(datetime(2024, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC)).map(
    lambda instant: instant.replace(microsecond=0)
)
SCALES = st.builds(
    Scale,
    st.integers(0, 2**31),
    BEGINNINGS,
    st.floats(0.05, 40),
    st.floats(0.01, 0.4),
    st.integers(1, 3),
    st.sampled_from([0.0, 0.1, 1.0]),
    st.sampled_from([0.0, 0.1]),
)


@FEW
@given(SCALES)
def test_every_world_is_whole(scale: Scale) -> None:
    world = draw_world_of(scale)
    check_columns(world)
    check_order(world)
    check_rows_meant(world)
    check_times(world, scale)
    true_events(world)


def check_columns(world: World) -> None:
    for each in fields(World)[3:]:
        table = getattr(world, each.name)
        lengths = {len(getattr(table, column.name)) for column in fields(table)}
        assert len(lengths) == 1, each.name
        for column in fields(table):
            values = getattr(table, column.name)
            assert values.dtype in {np.dtype(object), np.dtype(np.int32), np.dtype(np.int64)}, column.name
            if values.dtype == object:
                assert {type(value) for value in values.tolist()} <= {str}, column.name


def check_order(world: World) -> None:
    sorted_by = {
        "stays": ("facility", "booked"),
        "charges": ("stay", "sequence"),
        "corrections": ("stay", "at"),
        "cases": ("facility", "filed"),
        "supervisions": ("facility", "began"),
        "moves": ("person", "at"),
        "renamings": ("person", "at"),
    }
    for name, (first, second) in sorted_by.items():
        table = getattr(world, name)
        order = np.lexsort((getattr(table, second), getattr(table, first)))
        assert (np.diff(order) == 1).all(), name


def check_rows_meant(world: World) -> None:
    def within(rows: Any, table: Any, least: int = 0) -> bool:
        many = len(getattr(table, fields(table)[0].name))
        return bool(((rows >= least) & (rows < many)).all())

    for table in (world.stays, world.cases, world.supervisions):
        assert within(table.person, world.persons)
        assert within(table.facility, world.facilities)
    assert within(world.charges.stay, world.stays)
    assert within(world.corrections.stay, world.stays)
    assert within(world.cases.stay, world.stays, -1)
    assert within(world.stays.goes_to, world.stays, -1)
    assert within(world.persons.twin, world.persons, -1)
    kinds = world.facilities.kind
    assert set(kinds[world.stays.facility]) <= {"jail", "prison"}
    assert set(kinds[world.cases.facility]) <= {"court"}
    assert (kinds[world.supervisions.facility] == world.supervisions.kind).all()
    assert len(set(world.facilities.slug)) == len(kinds)
    tied = np.flatnonzero(world.cases.stay >= 0)
    assert (world.stays.person[world.cases.stay[tied]] == world.cases.person[tied]).all()
    twins = np.flatnonzero(world.persons.twin >= 0)
    assert (world.persons.twin[world.persons.twin[twins]] == twins).all()
    assert (world.persons.born[world.persons.twin[twins]] == world.persons.born[twins]).all()
    alike = world.persons.given[world.persons.twin[twins]] == world.persons.given[twins]
    assert alike.sum() <= 2 + len(twins) // 20


def check_times(world: World, scale: Scale) -> None:
    stays, charges, cases, terms = world.stays, world.charges, world.cases, world.supervisions
    begins, ends = (second * 1_000_000 for second in scale.seconds)
    assert (stays.booked < ends).all()
    assert (stays.released > stays.booked).all()
    assert (stays.released >= begins).all()
    for column in (stays.released, stays.sealed, charges.since, charges.until, charges.bond_changed, cases.disposed):
        assert ((column < ends) | (column == NEVER)).all()
    assert (stays.sealed > stays.booked).all()
    assert ((stays.reason == "") == (stays.released == NEVER)).all()
    assert (stays.sealed[stays.reason == "sealed"] == stays.released[stays.reason == "sealed"]).all()
    moved = np.flatnonzero(stays.goes_to >= 0)
    there = stays.goes_to[moved]
    assert (stays.reason[moved] == "transferred").all()
    assert (stays.person[there] == stays.person[moved]).all()
    assert (stays.facility[there] != stays.facility[moved]).all()
    assert (stays.released[moved] < stays.booked[there]).all()
    assert (stays.booked[there] - stays.released[moved] < 6 * 3_600_000_000).all()
    order = np.lexsort((stays.booked, stays.person))
    same = stays.person[order[1:]] == stays.person[order[:-1]]
    assert (stays.released[order[:-1]][same] < stays.booked[order[1:]][same]).all()
    assert (charges.since >= stays.booked[charges.stay]).all()
    dropped = charges.until < NEVER
    assert (charges.until > charges.since)[dropped].all()
    for column in (charges.since, charges.until[dropped], charges.bond_changed[charges.bond_changed < NEVER]):
        assert len(column) <= len(charges.stay)
    assert (charges.since < stays.released[charges.stay]).all()
    assert (charges.until <= stays.released[charges.stay])[dropped].all()
    changed = charges.bond_changed < NEVER
    assert (charges.bond_changed < stays.released[charges.stay])[changed].all()
    assert (charges.bond != charges.bond_after)[changed].all()
    assert (cases.filed < ends).all()
    assert (cases.disposed > cases.filed).all()
    assert (terms.ended > terms.began).all()
    corrected = world.corrections
    assert (corrected.at > stays.booked[corrected.stay]).all()
    assert (corrected.at < np.minimum(stays.released, stays.sealed)[corrected.stay]).all()


def test_booking_numbers_are_a_facility_s_own_and_rise_with_time() -> None:
    world = draw_world(9, begins=datetime(2026, 3, 1, tzinfo=UTC), days=10, states=1)
    stays = world.stays
    shapes = {"date": r"\d{4}-\d{7}", "year": r"\d{4}-\d{8}", "row": r"\d{3,}", "person": r"\d{1,2}"}
    seen: set[str] = set()
    for facility in np.unique(stays.facility):
        rows = world.rows_of(stays, int(facility))
        numbers = stays.booking_number[rows].tolist()
        if not any(numbers):
            seen.add("none")
            continue
        shape = next(name for name, each in shapes.items() if all(re.fullmatch(each, number) for number in numbers))
        seen.add(shape)
        if shape == "person":
            subjects = stays.subject_number[rows].tolist()
            assert all(subjects)
            assert len(set(zip(subjects, numbers, strict=True))) == len(numbers)
        else:
            assert len(set(numbers)) == len(numbers)
            ordered = [int(number.replace("-", "")) for number in numbers]
            assert ordered == sorted(ordered)
    assert seen == {"none", "person", "date", "year", "row"}


@pytest.mark.parametrize(
    ("wrong", "because"),
    [
        ({"begins": datetime(2026, 3, 1)}, "time zone"),
        ({"begins": datetime(2026, 3, 1, 0, 0, 0, 5, tzinfo=UTC)}, "whole second"),
        ({"states": 51}, "`51`"),
        ({"days": 0.0}, "more than 0"),
        ({"share": -1.0}, "more than 0"),
    ],
)
def test_a_world_that_cannot_be_is_refused(wrong: dict[str, Any], because: str) -> None:
    with pytest.raises(ValueError, match=because):
        draw_world(1, **{"begins": datetime(2026, 3, 1, tzinfo=UTC), "days": 1.0, "states": 1, **wrong})


def test_jails_can_be_less_crowded() -> None:
    begins = datetime(2026, 3, 1, tzinfo=UTC)
    full = draw_country(Scale(1, begins, 1.0, 0.1))
    tenth = draw_country(Scale(1, begins, 1.0, 0.1, crowding=0.1))
    assert len(tenth.facilities.slug) == len(full.facilities.slug)
    for crowded, less in ((full.facilities.size, tenth.facilities.size), (full.yearly, tenth.yearly)):
        assert sum(less[full.jails]) == pytest.approx(sum(crowded[full.jails]) / 10, rel=0.05)
    with pytest.raises(ValueError, match="more than 0"):
        Scale(1, begins, 1.0, crowding=0.0)


def test_the_time_drawn_is_the_time_asked_for() -> None:
    begins = datetime(2026, 3, 1, tzinfo=UTC)
    world = draw_world(1, begins=begins, days=1.5, share=0.1, states=1)
    assert (world.begins, world.ends) == (begins, begins + timedelta(days=1.5))
