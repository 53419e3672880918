"""Snapshots become looks, runs and events, and the rest of the roster costs nothing."""

import pytest

from eyre.ids import record_id
from eyre.model.custody_event import EventKind
from eyre.service.purge import purge
from eyre.sources.manifest import Manifest
from eyre.store.looks import all_facts
from eyre.store.open_store import Store
from tests.service.house import EVERYTHING, seen
from tests.service.rosters import NOON, QUARTER, believed, jail, look, page, row

TEN = [row(number) for number in range(10)]


def kinds(store: Store, manifest: Manifest) -> list[str]:
    return sorted(event.kind.value for event in believed(store, manifest))


def test_a_roster_is_read_once_and_what_did_not_change_is_skipped(store: Store) -> None:
    manifest = jail()
    first = look(store, manifest, 0, page(*TEN))
    assert (first.read_anew, first.arrived, len(first.records), first.noted) == (10, 10, 10, 10)
    second = look(store, manifest, 1, page(*TEN, row(10)))
    assert (second.rows, second.read_anew, second.arrived, second.gone, second.noted) == (11, 1, 1, 0, 1)
    same = look(store, manifest, 2, page(*TEN, row(10)))
    assert (same.look.complete, same.read_anew, same.noted, same.withdrawn) == (True, 0, 0, 0)


def test_a_row_that_is_gone_has_disappeared_and_is_released_when_a_second_look_confirms_it(store: Store) -> None:
    manifest = jail()
    look(store, manifest, 0, page(*TEN))
    assert look(store, manifest, 1, page(*TEN[1:])).gone == 1
    assert kinds(store, manifest) == ["booked"] * 10 + ["disappeared"]
    confirmed = look(store, manifest, 2, page(*TEN[1:]))
    assert (confirmed.noted, confirmed.withdrawn) == (1, 1)
    (released,) = [event for event in believed(store, manifest) if event.kind is EventKind.RELEASED]
    assert (released.during.earliest, released.during.latest) == (NOON, NOON + QUARTER)
    assert released.concluded_from == NOON + 2 * QUARTER


def test_somebody_who_is_back_was_not_released(store: Store) -> None:
    manifest = jail()
    for step, body in enumerate((TEN, TEN[1:], TEN[1:], [*TEN, row(10)])):
        look(store, manifest, step, page(*body))
    assert kinds(store, manifest) == ["booked"] * 11 + ["reappeared"]


def test_a_page_of_yesterday_is_no_look_until_it_lasts(store: Store) -> None:
    manifest = jail()
    for step, body in enumerate((TEN, TEN[1:], TEN[1:], TEN)):
        last = look(store, manifest, step, page(*body))
    assert (last.look.complete, last.look.reason) == (False, "an older copy")
    assert kinds(store, manifest) == ["booked"] * 10 + ["released"]
    for step in range(4, 9):
        look(store, manifest, step, page(*TEN))
    assert kinds(store, manifest) == ["booked"] * 10 + ["reappeared"]


@pytest.mark.parametrize("left", [0, 1, 4])
def test_a_roster_that_shrank_beyond_reason_releases_nobody(store: Store, left: int) -> None:
    manifest = jail()
    look(store, manifest, 0, page(*TEN))
    for step in (1, 2, 3):
        told = look(store, manifest, step, page(*TEN[:left]))
        assert not told.look.complete
        assert told.look.reason
    look(store, manifest, 4, page(*TEN))
    assert kinds(store, manifest) == ["booked"] * 10


def test_a_changed_charge_is_an_event_and_a_changed_name_none(store: Store) -> None:
    manifest = jail()
    look(store, manifest, 0, page(*TEN))
    look(store, manifest, 1, page(row(0, CHARGE="THEFT OVER 500"), row(1, LAST="OTHER"), *TEN[2:]))
    assert kinds(store, manifest) == ["booked"] * 10 + ["charges_changed"]


def test_a_list_that_is_cut_releases_nobody_in_any_order_of_the_looks(store: Store) -> None:
    forty = [row(number) for number in range(40)]
    bodies = [page(*forty), page(*forty[:38]), page(*forty[:38]), page(*forty[1:])]
    for name, order in (
        ("inv_test_jail", (0, 1, 2, 3)),
        ("inv_test_late", (0, 3, 1, 2)),
        ("inv_test_last", (3, 2, 1, 0)),
    ):
        manifest = jail(name)
        for step in order:
            look(store, manifest, step, bodies[step])
        assert kinds(store, manifest) == ["booked"] * 40 + ["disappeared"]


def test_the_same_snapshot_again_changes_nothing(store: Store) -> None:
    manifest = jail()
    look(store, manifest, 0, page(*TEN))
    look(store, manifest, 1, page(*TEN[1:]))
    before = believed(store, manifest)
    assert look(store, manifest, 1, page(*TEN[1:])).known
    assert believed(store, manifest) == before


def test_any_order_of_snapshots_ends_in_the_same_belief(store: Store) -> None:
    steps = [TEN, TEN[1:], [*TEN[1:], row(10)], [row(0, CHARGE="FRAUD"), *TEN[3:], row(10)], TEN[3:]]
    expected = None
    for number, order in enumerate(([0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 4, 1, 3], [0, 4, 2, 2, 1, 3])):
        manifest = jail(f"inv_jail_{number}")
        for step in order:
            look(store, manifest, step, page(*steps[step]))
        told = sorted(
            (event.kind.value, event.during, event.basis, event.confidence, event.detail, event.concluded_from)
            for event in believed(store, manifest)
        )
        expected = expected or told
        assert told == expected, order


def test_a_publisher_that_numbers_everybody_anew_releases_nobody(store: Store) -> None:
    manifest = jail()
    look(store, manifest, 0, page(*TEN))
    for step in range(1, 6):
        told = look(store, manifest, step, page(*(row(100 + number) for number in range(10))))
        assert not told.look.complete
    look(store, manifest, 6, page(*TEN, row(10)))
    kinds_now = kinds(store, manifest)
    assert "released" not in kinds_now
    assert "reappeared" not in kinds_now


def test_late_snapshots_of_a_publisher_that_numbers_anew_end_alike(store: Store) -> None:
    anew = [row(100 + number) for number in range(10)]
    steps = [TEN, anew, [*anew, row(111)], [*TEN[1:], row(12)]]
    expected = None
    for number, order in enumerate(([0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2])):
        manifest = jail(f"inv_jail_{number}")
        for step in order:
            look(store, manifest, step, page(*steps[step]))
        told = sorted(
            (event.kind.value, event.during.earliest, event.during.latest, event.concluded_from)
            for event in believed(store, manifest)
        )
        expected = expected or told
        assert told == expected, order


def unnumbered(*keys: str, name: str = "inv_test_jail") -> Manifest:
    fields = {name: rule for name, rule in jail().model_dump(mode="json")["fields"].items() if name != "BOOKING"}
    return jail(name, identity_keys=keys, booking_number_scope="absent", ignored=["BOOKING"], fields=fields)


def test_a_row_under_a_corrected_name_is_no_release(store: Store) -> None:
    manifest = unnumbered("LAST", "FIRST", "DOB")
    every = [row(number) for number in range(30)]
    look(store, manifest, 0, page(*every))
    for step in range(1, 4):
        look(store, manifest, step, page(row(0, LAST="SURNAME00"), *every[2:], *[row(30)] * (step > 1)))
    assert kinds(store, manifest) == ["booked"] * 32 + ["corrected", "released"]


def test_an_older_copy_brings_no_row_without_a_number_back(store: Store) -> None:
    manifest = unnumbered("LAST", "FIRST", "DOB")
    for step, body in enumerate((TEN, TEN[1:], TEN[1:], TEN)):
        look(store, manifest, step, page(*body))
    assert kinds(store, manifest) == ["booked"] * 10 + ["released"]


def test_a_page_that_is_whole_again_is_no_older_copy_where_absence_says_nothing(store: Store) -> None:
    manifest = jail(release_signal="delta_file")
    for step, body in enumerate((TEN[:5], TEN, TEN[:7], TEN)):
        last = look(store, manifest, step, page(*body))
    assert (last.look.complete, last.look.reason) == (True, "")
    look(store, manifest, 4, page(row(0, CHARGE="FRAUD"), *TEN[1:]))
    assert look(store, manifest, 5, page(*TEN)).look.reason == "an older copy"
    assert look(store, manifest, 6, page(*TEN[:7])).look.reason == "an older copy"
    assert look(store, manifest, 7, page(row(0, CHARGE="FRAUD"), *TEN[1:])).look.complete


def test_pages_whole_and_cut_are_judged_alike_in_any_order_where_absence_says_nothing(store: Store) -> None:
    new = [row(0, CHARGE="FRAUD"), *TEN[1:]]
    steps = [TEN, TEN[:7], TEN, new[:3], TEN, new[:3], new, TEN[5:], [*TEN, row(10)]]
    expected = None
    orders = ([*range(9)], [*reversed(range(9))], [0, 2, 1, 4, 3, 8, 6, 7, 5], [8, 0, 1, 2, 3, 4, 5, 6, 7])
    for number, order in enumerate(orders):
        manifest = jail(f"inv_jail_{number}", release_signal="delta_file")
        for step in order:
            look(store, manifest, step, page(*steps[step]))
        with store.writer.connection() as writer:
            told = [(facts.at, facts.repeats) for _, facts in all_facts(writer, manifest.id)]
        expected = expected or told
        assert told == expected, order
    assert [repeats for _, repeats in expected or ()] == [False, False, False, False, True, False, False, False, False]


BOTH = {"DOB": "1980-01-02", "BOOKED": "2026-05-01T10:30", "CHARGE": "FRAUD"}


@pytest.mark.parametrize(
    ("later", "told"),
    [
        ({"LAST": "RIGHTLY"}, ["corrected", "corrected"]),
        ({"DOB": "1961-11-30"}, ["corrected", "corrected"]),
        ({"LAST": "RIGHTLY", "CHARGE": "ARSON"}, ["booked", "corrected"]),  # says something else of the stay
        ({"LAST": "RIGHTLY", "BOND": "1.00"}, ["booked", "corrected"]),
        ({"LAST": "RIGHTLY", "FIRST": "SAM", "DOB": "1961-11-30"}, ["booked", "released"]),
    ],
)
def test_a_row_under_a_corrected_name_was_not_booked_by_that(
    store: Store, later: dict[str, str], told: list[str]
) -> None:
    manifest = unnumbered("LAST", "FIRST", "DOB", "BOOKED")
    others = [row(number) for number in range(20)]
    look(store, manifest, 0, page(*others, row(30, **BOTH)))
    for step in (1, 2, 3):
        look(store, manifest, step, page(*others, row(30, **BOTH | later)))
    assert kinds(store, manifest) == sorted(["booked"] * 21 + told)


def test_two_who_were_booked_at_one_minute_are_two(store: Store) -> None:
    manifest = unnumbered("LAST", "FIRST", "DOB", "BOOKED")
    both = [row(30, **BOTH), row(31, **BOTH)]
    others = [row(number) for number in range(20)]
    look(store, manifest, 0, page(*others, *both))
    look(store, manifest, 1, page(*others, row(30, **BOTH | {"LAST": "RIGHTLY"}), row(32, **BOTH)))
    assert kinds(store, manifest) == ["booked"] * 24 + ["corrected"] * 2
    look(store, manifest, 2, page(*others, row(40)))


def test_who_was_listed_beside_the_other_after_all_is_another_in_any_order(store: Store) -> None:
    others = [row(number) for number in range(20)]
    one, other = row(30, **BOTH), row(30, **BOTH | {"LAST": "RIGHTLY"})
    steps = [[*others, one], [*others, other], [*others, other], [*others, one, other]]
    for number, order in enumerate(([0, 1, 2, 3], [3, 2, 1, 0], [0, 1, 3, 2])):
        manifest = unnumbered("LAST", "FIRST", "DOB", "BOOKED", name=f"inv_jail_{number}")
        for step in order[:3]:
            look(store, manifest, step, page(*steps[step]))
        if order[3] == 3:
            assert kinds(store, manifest) == ["booked"] * 21 + ["corrected"] * 2
        look(store, manifest, order[3], page(*steps[order[3]]))
        assert kinds(store, manifest) == ["booked"] * 22 + ["reappeared"], order


@pytest.mark.parametrize(
    ("name", "left"), [("SURNAME30", ["booked"] * 21), ("RIGHTLY", ["booked"] * 21 + ["released"])]
)
def test_of_two_rows_of_one_person_the_other_is_believed_alone_once_one_is_purged(
    store: Store, name: str, left: list[str]
) -> None:
    manifest = unnumbered("LAST", "FIRST", "DOB", "BOOKED")
    others = [row(number) for number in range(20)]
    look(store, manifest, 0, page(*others, row(30, **BOTH)))
    for step in (1, 2):
        look(store, manifest, step, page(*others, row(30, **BOTH | {"LAST": "RIGHTLY"})))
    assert kinds(store, manifest) == ["booked"] * 21 + ["corrected"] * 2
    record = record_id(store.record_key, manifest.id, f"{name}|ALEX|1980-01-02|2026-05-01T10:30")
    with seen(store, EVERYTHING) as session:
        purge(store, session, record, purged_at=NOON)
    assert kinds(store, manifest) == left


SMYTH = {"LAST": "SMYTH", "FIRST": "JOHN", "DOB": "1980-01-02"}


@pytest.mark.parametrize(
    ("later", "ends"),
    [
        ({"LAST": "SMITH", "DOB": "1980-02-01"}, "corrected"),  # a clerk mends both
        ({"LAST": "SMITH", "BOOKED": "2026-05-01T10:30"}, "corrected"),
        ({"LAST": "OKONKWO", "DOB": "1961-11-30"}, "released"),  # another person
        ({"LAST": "SMITH", "DOB": "1980-02-01", "BOOKED": "2026-05-04T07:10"}, "released"),  # booked since
        ({"BOOKED": "2026-05-04T07:10"}, "released"),  # let go, and booked again before the next look
        ({"BOOKED": "2026-05-01T11:00"}, "corrected"),
    ],
)
def test_a_name_and_a_birth_date_corrected_at_once_are_no_release(
    store: Store, later: dict[str, str], ends: str
) -> None:
    manifest = unnumbered("LAST", "FIRST", "DOB", "BOOKED")
    others = [row(number, LAST=name) for number, name in enumerate(("ABARA", "BRANDT", "CHUKWU", "DRAKE", "EVANS"))]
    look(store, manifest, 0, page(row(9, **SMYTH), *others))
    for step in (1, 2, 3):
        look(store, manifest, step, page(row(9, **SMYTH | later), *others))
    assert kinds(store, manifest) == sorted(["booked"] * 7 + [ends])


def test_a_page_that_stood_still_says_when_it_was_first_seen(store: Store) -> None:
    manifest = jail()
    many = [row(number) for number in range(300)]
    for step in range(50):
        look(store, manifest, step, page(*many))
    for step in (50, 51):
        look(store, manifest, step, page(*many[1:]))
    (released,) = [event for event in believed(store, manifest) if event.kind is EventKind.RELEASED]
    assert (released.during.earliest, released.during.latest) == (NOON, NOON + 50 * QUARTER)


def test_no_time_explains_that_everybody_is_another(store: Store) -> None:
    manifest = jail()
    look(store, manifest, 0, page(*TEN))
    for night in range(1, 20):
        told = look(store, manifest, 96 * night, page(*(row(100 + number) for number in range(10)), row(200 + night)))
        assert not told.look.complete
    look(store, manifest, 96 * 20, page(*TEN, row(50)))
    assert "released" not in kinds(store, manifest)
