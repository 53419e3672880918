"""Changes of charges, bonds and places; bookings that follow one another under one key; courts and supervision."""

from dataclasses import replace

from eyre.custody.compare_charges import ChargeChange, compare_charges
from eyre.custody.rule import CustodyRule
from eyre.custody.run import Stay
from eyre.model.justice import Case, Charge, Supervision
from eyre.model.record import RecordClass
from eyre.model.release_signal import ReleaseSignal
from tests.custody.story import DROP_OFF, EXPLICIT, UTC_ZONE, booked, story

BEGIN = "booked 10:00..10:15 sighting"
BURGLARY = Charge(statute="PC 459", description="BURGLARY", bond_type="cash", bond_amount="5000.00")
THEFT = Charge(description="Petty theft")


def test_a_charge_that_came_is_told_with_its_interval() -> None:
    assert story(
        DROP_OFF, "10:00 -, 10:15 a, 10:30 a, 10:45 b", a=booked((BURGLARY,)), b=booked((BURGLARY, THEFT))
    ) == [
        BEGIN,
        "charges_changed 10:30..10:45 sighting: added 1, dropped 0",
    ]


def test_a_bond_that_fell_is_told_without_its_amount() -> None:
    lower = replace(BURGLARY, bond_amount="2500")
    assert story(DROP_OFF, "10:00 -, 10:15 a, 10:30 b", a=booked((BURGLARY,)), b=booked((lower,))) == [
        BEGIN,
        "bond_changed 10:15..10:30 sighting: raised 0, lowered 1, other 0",
    ]


def test_what_is_only_written_differently_is_no_change() -> None:
    said = (BURGLARY, THEFT, Charge(statute="18 USC 1325", description="POSSESSION OF A CONTROLLED SUBSTANCE"))
    again = (
        Charge(description="PETTY  THEFT", sequence="1"),
        Charge(statute="pc459", description="Burglery", bond_type="CASH", bond_amount="5000"),
        Charge(statute="18USC1325", description="Posession of a controlled substance"),
    )
    assert compare_charges(said, again) == ChargeChange()


def test_a_misspelt_charge_without_a_statute_is_the_same_one() -> None:
    assert compare_charges((Charge(description="BURGLERY"),), (Charge(description="BURGLARY"),)) == ChargeChange()


def test_another_degree_is_another_charge() -> None:
    for one, other in (("ASSAULT 1ST", "ASSAULT 2ND"), ("THEFT A", "THEFT B"), ("ROBBERY II", "ROBBERY III")):
        for statute in ("", "PC 1"):
            before, after = Charge(statute=statute, description=one), Charge(statute=statute, description=other)
            change = compare_charges((before,), (after,))
            assert (change.added, change.dropped) == (1, 1), (one, statute)


def test_two_like_counts_are_two() -> None:
    assert compare_charges((THEFT,), (THEFT, THEFT)) == ChargeChange(added=1)
    assert compare_charges((THEFT, THEFT), (THEFT,)) == ChargeChange(dropped=1)


def test_a_graver_charge_and_a_verdict_are_changes() -> None:
    before = replace(THEFT, severity="misdemeanor")
    after = replace(THEFT, severity="felony", disposition="guilty")
    assert story(DROP_OFF, "10:00 -, 10:15 a, 10:30 b", a=booked((before,)), b=booked((after,)))[1:] == [
        "charges_changed 10:15..10:30 sighting: added 0, dropped 0, severity of 1, disposition of 1"
    ]


def test_housing_level_and_status_are_no_events() -> None:
    a = booked(housing="A-1", custody_level="low", status="in custody")
    b = booked(housing="C-9", custody_level="high", status="sentenced")
    assert story(DROP_OFF, "10:00 -, 10:15 a, 10:30 b", a=a, b=b) == [BEGIN]


def test_another_facility_is_a_transfer() -> None:
    a, b = booked(facility="Azure Jail"), booked(facility="Cinder Jail")
    assert story(DROP_OFF, "10:00 -, 10:15 a, 10:30 b, 10:45 c", a=a, b=b, c=booked(facility="CINDER  JAIL")) == [
        BEGIN,
        "transferred 10:15..10:30 transferred: from Azure Jail to Cinder Jail",
    ]


def test_a_number_that_changes_under_a_present_row_is_a_correction() -> None:
    assert story(DROP_OFF, "10:00 -, 10:15 a, 10:30 b", a=booked(), b=booked(booking_number="B2")) == [
        BEGIN,
        "corrected 10:15..10:30 explicit: booking_number",
    ]


def test_another_booking_under_the_same_key_is_another_stay() -> None:
    again = booked(booking_number="B2")
    assert story(DROP_OFF, "10:00 -, 10:15 in, 10:30 -, 10:45 -, 11:00 b", b=again) == [
        BEGIN,
        "released 10:15..10:30 inferred_drop_off",
        "booked 10:45..11:00 sighting",
    ]


def test_a_booking_that_follows_at_once_ends_the_one_before() -> None:
    a = booked(booked_at="2026-03-01T10:05:00Z")
    b = booked(booking_number="B2", booked_at="2026-03-01T10:20:00Z")
    assert story(DROP_OFF, "10:00 -, 10:15 a, 10:30 b", a=a, b=b) == [
        "booked 10:05 explicit",
        "booked 10:20 explicit",
        "released 10:15..10:30 inferred_drop_off: another stay followed",
    ]
    assert story(EXPLICIT, "10:00 -, 10:15 a, 10:30 b", a=a, b=b)[2] == (
        "disappeared 10:15..10:30 unknown: another stay followed"
    )


def test_a_number_is_given_again_where_the_booking_is_later_and_every_charge_is_another() -> None:
    a = booked((BURGLARY,), booked_at="2026-03-01T10:05:00Z")
    b = booked((THEFT,), booked_at="2026-03-01T10:20:00Z")
    assert story(DROP_OFF, "10:00 -, 10:15 a, 10:30 b", a=a, b=b) == [
        "booked 10:05 explicit",
        "booked 10:20 explicit",
        "released 10:15..10:30 inferred_drop_off: another stay followed",
    ]
    for charges in ((), (BURGLARY,), (THEFT, BURGLARY)):
        later = replace(b, charges=charges)
        assert "corrected 10:15..10:30 explicit: booked_at" in story(
            DROP_OFF, "10:00 -, 10:15 a, 10:30 b", a=a, b=later
        )
    earlier = booked((THEFT,), booked_at="2026-03-01T10:10:00Z")
    assert "corrected 10:15..10:30 explicit: booked_at" in story(DROP_OFF, "10:15 a, 10:30 b", a=a, b=earlier)


def test_where_only_days_are_told_a_number_is_given_again_after_a_gap_for_the_day_of_the_last_sighting() -> None:
    a, b = booked(booked_at="2026-02-20"), booked(booked_at="2026-03-01")
    told = story(DROP_OFF, "10:00 -, 10:15 a, 10:30 -, 10:45 b", a=a, b=b)
    assert [each.split()[0] for each in told] == ["booked", "released", "booked"]
    told = story(DROP_OFF, "10:00 -, 10:15 a, 10:30 b", a=a, b=b)
    assert [each.split()[0] for each in told] == ["booked", "corrected"]


COURT = CustodyRule(RecordClass.COURT, ReleaseSignal.EXPLICIT, UTC_ZONE)
PROBATION = CustodyRule(RecordClass.SUPERVISION, ReleaseSignal.EXPLICIT, UTC_ZONE)


def case(status: str, *charges: Charge) -> Stay:
    return Stay(case=Case(docket_number="24-CR-1", status=status, filed_on="2026-02-27"), charges=charges)


def term(status: str, ends_on: str = "") -> Stay:
    return Stay(supervision=Supervision("S1", "probation", "Azure Probation", status, "2026-02-20", ends_on))


def test_a_case_is_filed_and_changes() -> None:
    assert story(
        COURT,
        "10:00 -, 10:15 a, 10:30 b, 10:45 -, 11:00 -",
        a=case("open", THEFT),
        b=case("closed", replace(THEFT, disposition="guilty")),
    ) == [
        "case_filed 2026-02-27T00:00..2026-02-27T23:59 explicit",
        "case_changed 10:15..10:30 sighting: status, disposition of 1",
    ]


def test_a_case_that_is_gone_has_disappeared_only_where_that_is_declared() -> None:
    declared = replace(COURT, release=ReleaseSignal.DROP_OFF)
    assert story(COURT, "10:15 a, 10:45 -, 11:00 -, 11:15 a", a=case("open"))[1:] == []
    assert story(declared, "10:15 a, 10:45 -, 11:00 -", a=case("open"))[1:] == ["disappeared 10:15..10:45 unknown"]


def test_supervision_begins_changes_and_ends() -> None:
    stays = {"a": term("active"), "b": term("absconded"), "c": term("Discharged")}
    assert story(PROBATION, "10:00 -, 10:15 a, 10:30 b, 10:45 c, 11:00 -", **stays) == [
        "supervision_began 2026-02-20T00:00..2026-02-20T23:59 explicit",
        "supervision_changed 10:15..10:30 sighting: status",
        "supervision_ended 10:30..10:45 sighting",
    ]


def test_the_day_on_which_supervision_is_to_end_fires_nothing() -> None:
    assert story(PROBATION, "10:15 a, 4T10:15 a", a=term("active", "2026-03-02"))[1:] == []
    stays = {"a": term("active", "2026-03-02"), "b": term("ended", "2026-03-02"), "c": term("ended", "2026-03-03")}
    assert story(PROBATION, "10:15 a, 4T10:15 b", **stays)[1:] == ["supervision_ended 10:15..4T10:15 sighting"]
    assert story(PROBATION, "10:15 a, 4T10:15 c", **stays)[1:] == ["supervision_ended 3T00:00..3T23:59:59 explicit"]


def test_supervision_that_goes_on_after_all_is_corrected() -> None:
    assert story(PROBATION, "10:15 a, 10:30 b, 10:45 a", a=term("active"), b=term("ended"))[1:] == [
        "corrected 10:30..10:45 explicit: status"
    ]


def test_supervision_that_is_gone_has_ended_only_where_that_is_declared() -> None:
    declared = replace(PROBATION, release=ReleaseSignal.DROP_OFF)
    assert story(PROBATION, "10:15 a, 10:45 -, 11:00 -", a=term("active"))[1:] == []
    assert story(declared, "10:15 a, 10:45 -, 11:00 -", a=term("active"))[1:] == [
        "supervision_ended 10:15..10:45 inferred_drop_off"
    ]
