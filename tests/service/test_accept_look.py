"""Somebody answers for a look from which much is gone: nobody who stayed is booked or released by it."""

from collections import Counter
from collections.abc import Callable

import pytest

from eyre.errors import InputError, NotFoundError
from eyre.model.source_issue import OpenIssue
from eyre.service.accept_look import Accepted, Answer, accept_look
from eyre.service.open_issues import issues_open
from eyre.sources.manifest import Manifest
from eyre.store.open_store import Store
from tests.service.rosters import NOON, QUARTER, believed, jail, look, page, row

TEN = [row(number) for number in range(10)]
ANEW = [row(number, BOOKING=f"N{number:05}") for number in range(9)]  # the tenth has left
SOMEBODY = row(500, BOOKED="2026-05-04T07:20")


def kinds(store: Store, manifest: Manifest) -> dict[str, int]:
    return dict(Counter(event.kind.value for event in believed(store, manifest)))


def the_issue(store: Store, manifest: Manifest) -> OpenIssue:
    (issue,) = [each for each in issues_open(store, manifest.id) if each.stage == "look" and each.code != "older-copy"]
    return issue


def accept(store: Store, manifest: Manifest) -> Accepted:
    answer = Answer("records clerk", "new numbers since Monday", NOON + 3 * QUARTER)
    return accept_look(store, manifest.id, the_issue(store, manifest).number, answer)


def noted(store: Store) -> dict[str, int]:
    """What those who listen were told, whether or not it is believed still."""
    with store.writer.connection() as writer:
        query = (
            "select e.kind, count(*) from eyre.event_log l join eyre.event e on e.id = l.event where noted group by 1"
        )
        return dict(writer.execute(query).fetchall())


def test_rows_that_are_numbered_anew_are_nobody_new_until_somebody_says_so(store: Store) -> None:
    manifest = jail()
    look(store, manifest, 0, page(*TEN))
    for step in (1, 2):
        assert not look(store, manifest, step, page(*ANEW, SOMEBODY)).look.complete
    issue = the_issue(store, manifest)
    assert (issue.code, issue.source) == ("numbered-anew", manifest.id)
    assert "eyre sources accept" in issue.remedy
    assert "SURNAME" not in repr(issue)
    assert noted(store) == {"booked": 10}
    accepted = accept(store, manifest)
    assert (accepted.listed, accepted.stayed, accepted.gone, accepted.came) == (10, 9, 1, 1)
    assert issues_open(store, manifest.id) == ()
    assert kinds(store, manifest) == {"booked": 11, "corrected": 9, "disappeared": 1}
    for step in (4, 5):
        assert look(store, manifest, step, page(*ANEW, SOMEBODY)).look.complete
    assert kinds(store, manifest) == {"booked": 11, "corrected": 9, "released": 1}
    assert noted(store) == {"booked": 11, "corrected": 9, "released": 1, "disappeared": 1}


def test_whoever_leaves_under_the_new_number_is_released_once(store: Store) -> None:
    manifest = jail()
    for step, rows in enumerate((TEN, ANEW)):
        look(store, manifest, step, page(*rows))
    accept(store, manifest)
    for step in (4, 5, 6):
        look(store, manifest, step, page(*ANEW[1:], SOMEBODY))
    assert kinds(store, manifest) == {"booked": 11, "corrected": 9, "released": 2}
    released = [event for event in believed(store, manifest) if event.kind.value == "released"]
    booked = {event.record for event in believed(store, manifest) if event.kind.value == "booked"}
    assert {event.record for event in released} < booked


def test_when_the_old_numbers_are_back_nothing_has_happened(store: Store) -> None:
    manifest = jail()
    for step, rows in enumerate((TEN, ANEW, ANEW, [*TEN, SOMEBODY])):
        look(store, manifest, step, page(*rows))
    assert kinds(store, manifest) == {"booked": 11}


def test_a_list_that_shrank_is_believed_when_somebody_answers_for_it(store: Store) -> None:
    manifest = jail()
    look(store, manifest, 0, page(*TEN))
    look(store, manifest, 1, page(TEN[1], TEN[4], TEN[9]))
    assert the_issue(store, manifest).code == "shrunk"
    assert accept(store, manifest).gone == 7
    assert kinds(store, manifest) == {"booked": 10, "disappeared": 7}
    look(store, manifest, 4, page(TEN[1], TEN[4], TEN[9]))
    assert kinds(store, manifest) == {"booked": 10, "released": 7}


def test_a_list_that_lost_its_end_is_cut_off_however_few_that_are(store: Store) -> None:
    manifest = jail()
    many = [row(number) for number in range(60)]
    look(store, manifest, 0, page(*many))
    told = look(store, manifest, 1, page(*many[:-5]))
    assert not told.look.complete
    assert the_issue(store, manifest).code == "cut-off"
    assert look(store, manifest, 2, page(*many[:20], *many[23:])).look.complete


def test_a_list_in_which_every_row_says_something_else_is_told(store: Store) -> None:
    manifest = jail()
    look(store, manifest, 0, page(*TEN))
    look(store, manifest, 1, page(*(row(number, LAST="ALEX", FIRST=f"SURNAME{number}") for number in range(10))))
    assert [issue.code for issue in issues_open(store, manifest.id)] == ["rewritten"]
    look(store, manifest, 2, page(*(row(number, LAST="ALEX", FIRST=f"SURNAME{number}") for number in range(1, 10))))
    assert issues_open(store, manifest.id) == ()


def test_of_a_list_in_which_every_row_says_something_else_the_fields_are_named(store: Store) -> None:
    manifest = jail()
    look(store, manifest, 0, page(*TEN))
    look(
        store, manifest, 1, page(*(row(n, CHARGE=f"FRAUD {n}", BOND="1.00" if n < 4 else "500.00") for n in range(10)))
    )
    (issue,) = issues_open(store, manifest.id)
    assert (issue.code, issue.places) == ("rewritten", 10)
    assert issue.reason.endswith("all at once: in `CHARGE`")


def test_late_looks_end_alike_whether_they_come_before_or_after_it_is_accepted(
    store: Store, another: Callable[[Store], Store]
) -> None:
    manifest = jail()
    bodies = {0.0: TEN, 0.5: [*TEN[1:], TEN[0]], 1.0: ANEW, 1.5: ANEW[:4], 2.0: [*ANEW, SOMEBODY]}
    told = []
    for which, order in (
        (store, (0.0, 0.5, 1.0, 1.5, 2.0)),
        (another(store), (2.0, 0.0)),
        (another(store), (0.0, 2.0)),
    ):
        for step in order:
            look(which, manifest, step, page(*bodies[step]))
        accept(which, manifest)
        for step in (1.0, 1.5, 0.5, 0.0, 2.0):
            look(which, manifest, step, page(*bodies[step]))
        look(which, manifest, 4, page(*ANEW[1:], SOMEBODY))
        look(which, manifest, 5, page(*ANEW[1:], SOMEBODY))
        told.append(sorted((e.kind.value, e.id, e.concluded_from) for e in believed(which, manifest)))
    assert told[0] == told[1] == told[2]
    assert Counter(kind for kind, *_ in told[0]) == {"booked": 11, "corrected": 9, "released": 2}


def test_only_what_is_gone_can_be_answered_for(store: Store) -> None:
    manifest = jail()
    look(store, manifest, 0, page(*TEN))
    look(store, manifest, 1, page(*TEN[:-1]) + b"B1,too,few\n")
    with pytest.raises(NotFoundError, match="no open issue"):
        accept_look(store, manifest.id, 10_000, Answer("clerk", "why", NOON))
    for issue in issues_open(store, manifest.id):
        with pytest.raises(InputError, match="is not about rows that are gone"):
            accept_look(store, manifest.id, issue.number, Answer("clerk", "why", NOON))


def test_a_number_that_is_given_again_is_told_and_is_another_stay(store: Store) -> None:
    manifest = jail()
    for step in range(4):
        look(store, manifest, step, page(*TEN[step > 0 :]))
    again = row(0, LAST="ANOTHER", DOB="1991-05-06", BOOKED="2026-05-04T07:50")
    look(store, manifest, 4, page(again, *TEN[1:]))
    (issue,) = issues_open(store, manifest.id)
    assert (issue.code, issue.places) == ("number-again", 1)
    assert kinds(store, manifest) == {"booked": 11, "released": 1}
