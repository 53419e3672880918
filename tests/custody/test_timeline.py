"""One stay that several sources tell of is one stay; what they disagree on is shown."""

from dataclasses import replace
from itertools import permutations

import pytest

from eyre.custody.stay_word import TOLD_BEFORE, TOLD_SINCE, StayWord, stay_words
from eyre.custody.timeline import CustodyState, TimelineStay, person_timeline
from eyre.model.custody_event import Basis, CustodyEvent, EventKind, Interval
from tests.custody.story import DROP_OFF, at, booked, events, span

FRESH = {"jail": at("9T10:00"), "portal": at("9T10:00"), "doc": at("9T09:00"), "notify": at("9T09:30")}


def event(kind: EventKind, when: str, basis: Basis, record: int) -> CustodyEvent:
    """`2T10:00` or `2T10:00..2T11:00`."""
    ends = [at(each) for each in when.split("..")]
    return CustodyEvent(record, kind, Interval(ends[0], ends[-1]), basis, 1.0, "", ends[-1])


def word(
    source: str,
    began: str,
    ended: str = "",
    *,
    facility: str = "Azure Jail",
    kind: EventKind = EventKind.RELEASED,
    inferred: bool = False,
) -> StayWord:
    record = sum(map(ord, source + began))
    begin = event(EventKind.BOOKED, began, Basis.SIGHTING if ".." in began else Basis.EXPLICIT, record)
    basis = Basis.INFERRED_DROP_OFF if inferred else Basis.EXPLICIT
    end = event(kind, ended, basis, record) if ended else None
    gone = kind is EventKind.DISAPPEARED
    return StayWord(
        source, record, facility, begin, None if gone else end, end if gone else None, restates=source == "notify"
    )


def timeline(*words: StayWord) -> tuple[TimelineStay, ...]:
    """The timeline, which must not depend on the order of the words."""
    found = {person_timeline(order, FRESH) for order in permutations(words)}
    assert len(found) == 1
    return found.pop()


def only(*words: StayWord) -> TimelineStay:
    stays = timeline(*words)
    assert len(stays) == 1, [stay.facilities for stay in stays]
    return stays[0]


def test_two_sources_of_one_jail_tell_of_one_stay_and_narrow_each_other() -> None:
    stay = only(
        word("jail", "2T10:00..2T11:00", "5T08:00..5T10:00", inferred=True),
        word("portal", "2T10:30..2T12:00", "5T09:00", facility="AZURE  JAIL"),
    )
    assert [span(each) for each in stay.began] == ["2T10:30..2T11:00"]
    assert [span(each) for each in stay.ended] == ["5T09:00"]
    assert (stay.state, stay.disagree, stay.facilities) == (CustodyState.RELEASED, False, ("Azure Jail",))
    assert [each.source for each in stay.words] == ["jail", "portal"]


def test_what_they_disagree_on_is_shown() -> None:
    stay = only(word("jail", "2T10:00", "5T08:00"), word("portal", "2T10:30", "5T08:00"))
    assert [span(each) for each in stay.began] == ["2T10:00", "2T10:30"]
    assert stay.disagree


def test_stays_that_do_not_overlap_are_two_the_latest_first() -> None:
    stays = timeline(word("jail", "2T10:00", "3T08:00"), word("portal", "5T10:00"))
    assert [stay.state for stay in stays] == [CustodyState.IN_CUSTODY, CustodyState.RELEASED]


def test_other_jails_at_once_are_two_stays() -> None:
    assert len(timeline(word("jail", "2T10:00"), word("portal", "3T10:00", facility="Cinder Jail"))) == 2


def test_a_transfer_is_one_stay_in_two_places() -> None:
    stay = only(
        word("jail", "2T10:00", "5T08:00", kind=EventKind.TRANSFERRED),
        word("doc", "6T07:00", facility="State Prison"),
    )
    assert stay.facilities == ("Azure Jail", "State Prison")
    assert (stay.state, stay.as_of) == (CustodyState.IN_CUSTODY, FRESH["doc"])
    assert ([span(each) for each in stay.began], stay.ended, stay.disagree) == (["2T10:00"], (), False)


def test_one_who_is_sent_back_was_in_each_place_in_turn() -> None:
    stay = only(
        word("jail", "2T10:00", "3T08:00", kind=EventKind.TRANSFERRED),
        word("doc", "3T09:00", "4T08:00", facility="State Prison", kind=EventKind.TRANSFERRED),
        word("jail", "4T09:00", "5T08:00"),
    )
    assert [span(each) for each in (*stay.began, *stay.ended)] == ["2T10:00", "5T08:00"]
    assert (stay.state, stay.disagree) == (CustodyState.RELEASED, False)


def test_a_row_that_is_gone_while_another_jail_books_was_transferred() -> None:
    gone = word("jail", "2T10:00", "5T08:00..5T10:00", inferred=True)
    assert len(timeline(gone, word("doc", "5T09:00", facility="State Prison"))) == 1
    assert len(timeline(gone, word("doc", "5T12:00", facility="State Prison"))) == 2


def test_a_transfer_to_nowhere_known_leaves_the_state_unknown() -> None:
    assert only(word("jail", "2T10:00", "5T08:00", kind=EventKind.TRANSFERRED)).state is CustodyState.UNKNOWN


def test_who_restates_others_joins_their_stay_whatever_it_calls_the_place() -> None:
    stay = only(word("jail", "2T10:00", "9T09:00"), word("notify", "2T10:00..2T11:00", facility="AZ COUNTY SO"))
    assert (stay.state, stay.facilities, stay.disagree) == (CustodyState.RELEASED, ("Azure Jail",), False)
    late = only(word("jail", "2T10:00", "5T09:00"), word("notify", "2T10:00..2T11:00"))
    assert (late.state, late.disagree) == (CustodyState.RELEASED, True)
    assert only(word("notify", "2T10:00")).state is CustodyState.IN_CUSTODY


def test_who_restates_others_does_not_join_two_stays() -> None:
    stays = timeline(
        word("jail", "2T10:00", "3T08:00"), word("portal", "5T10:00", "8T10:00"), word("notify", "2T10:00", "8T10:00")
    )
    assert [[each.source for each in stay.words] for stay in stays] == [["notify", "portal"], ["jail"]]


def test_one_that_lists_whom_another_let_go_leaves_it_open() -> None:
    stay = only(word("jail", "2T10:00", "5T08:00"), word("portal", "2T10:00"))
    assert (stay.state, stay.disagree) == (CustodyState.UNKNOWN, True)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ([word("jail", "2T10:00", "5T08:00", kind=EventKind.DISAPPEARED)], CustodyState.DISAPPEARED),
        ([word("jail", "2T10:00", "5T08:00", kind=EventKind.MOVED_TO_SUPERVISION)], CustodyState.RELEASED),
        ([word("never heard of", "2T10:00")], CustodyState.UNKNOWN),
        (
            [word("jail", "2T10:00", "5T08:00", kind=EventKind.DISAPPEARED), word("portal", "2T10:00")],
            CustodyState.IN_CUSTODY,
        ),
    ],
)
def test_states(words: list[StayWord], state: CustodyState) -> None:
    assert only(*words).state is state


def test_the_events_of_a_record_are_its_stays() -> None:
    again = booked(booking_number="B2")
    told = events(DROP_OFF, "10:00 -, 10:15 in, 10:30 -, 10:45 -, 11:00 b, 11:15 b", b=again)
    first, second = stay_words("jail", "Azure Jail", reversed(told))
    assert first.ended is not None
    assert span(first.ended.during) == "10:15..10:30"
    assert second.left is None
    moved = events(DROP_OFF, "10:15 a, 10:30 b", a=booked(facility="Azure Jail"), b=booked(facility="Cinder Jail"))
    assert [each.left for each in stay_words("jail", "Cinder Jail", moved)] == [None]
    assert stay_words("jail", "", ()) == ()


def test_a_stay_that_is_told_on_under_another_identity_is_told_once() -> None:
    booking = event(EventKind.BOOKED, "2T10:00", Basis.EXPLICIT, 1)
    went = replace(event(EventKind.CORRECTED, "3T10:00..3T11:00", Basis.SIGHTING, 1), detail=TOLD_SINCE)
    came = replace(booking, record=2, kind=EventKind.CORRECTED, detail=TOLD_BEFORE)
    left = event(EventKind.RELEASED, "4T10:00", Basis.EXPLICIT, 2)
    assert stay_words("jail", "", [booking, went]) == ()
    (told,) = stay_words("jail", "", [came, left])
    assert (told.began, told.ended) == (came, left)
    assert len(stay_words("jail", "", [booking, replace(went, detail="booked_at")])) == 1
