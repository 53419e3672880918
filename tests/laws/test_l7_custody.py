"""Law L7, of the pure part: no event is lost, invented or told twice, whatever repeats, comes late or out of order."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eyre.clock import to_text
from eyre.custody.events_of import events_of
from eyre.custody.judge_looks import judge_looks
from eyre.custody.look import LookFacts
from eyre.custody.look_line import look_line
from eyre.custody.pending import is_settled
from eyre.custody.rule import CustodyRule
from eyre.custody.run import Run, Stay
from eyre.custody.seen import Message, Seen, Snapshot
from eyre.custody.seen_of import seen_of
from eyre.custody.stay_word import stay_words
from eyre.model.custody_event import Basis, CustodyEvent, EventKind
from eyre.model.justice import Booking
from eyre.model.record import RecordClass
from eyre.model.release_signal import ReleaseSignal
from tests.custody.sources_made import QUARTER, RECORDS, START, Made, instant_of, made_sources, noted
from tests.custody.story import UTC_ZONE
from tests.laws.thoroughness import QUICK, THOROUGH

Events = Mapping[int, tuple[CustodyEvent, ...]]


def events_by_record(seen: Seen, rule: CustodyRule) -> Events:
    line = look_line(judge_looks(seen.facts, rule))
    return {record: events_of(record, seen.runs_of(record), line, rule) for record in RECORDS}


def same_in_any_order(made: Made, order: list[Snapshot | Message]) -> None:
    """Noting everything, in any order and some of it twice, is the same as computing it from the whole."""
    whole = seen_of(made.snapshots, made.messages)
    gathered = Seen()
    for said in order:
        gathered = noted(gathered, said)
    assert gathered == whole
    assert events_by_record(gathered, made.rule) == events_by_record(whole, made.rule)


@st.composite
def orders(draw: st.DrawFn) -> tuple[Made, list[Snapshot | Message]]:
    made = draw(made_sources())
    everything: list[Snapshot | Message] = [*made.snapshots, *made.messages]
    again = draw(st.lists(st.sampled_from(everything), max_size=4)) if everything else []
    return made, draw(st.permutations(everything + again))


@QUICK
@given(orders())
def test_any_order_and_repetition(drawn: tuple[Made, list[Snapshot | Message]]) -> None:
    same_in_any_order(*drawn)


@pytest.mark.slow
@THOROUGH
@given(orders())
def test_any_order_and_repetition_at_length(drawn: tuple[Made, list[Snapshot | Message]]) -> None:
    same_in_any_order(*drawn)


def a_store_keeps_up(made: Made) -> None:
    """A store that takes what is said in its order, and computes the events only of records of which something new was
    said or that are not settled, holds at every moment what the whole gives. What it never revisits costs nothing."""
    everything: list[Snapshot | Message] = [*made.snapshots, *made.messages]
    seen, held = Seen(), dict[int, tuple[CustodyEvent, ...]]()
    settled = dict.fromkeys(RECORDS, True)
    for said in sorted(everything, key=instant_of):
        last = seen.facts[-1].at if seen.facts else None
        now = noted(seen, said)
        line = look_line(judge_looks(now.facts, made.rule))
        for record in RECORDS:
            if not settled[record] or stored(now, record) != stored(seen, record) or instant_of(said) == last:
                held[record] = events_of(record, now.runs_of(record), line, made.rule)
            settled[record] = is_settled(now.runs_of(record), line, made.rule)
        seen = now
        assert {record: held.get(record, ()) for record in RECORDS} == events_by_record(seen, made.rule)


def stored(seen: Seen, record: int) -> list[tuple[datetime, datetime | None, Stay]]:
    """A record's runs as a store holds them: the end of one that lasts is open."""
    last = seen.facts[-1].at if seen.facts else None
    lasting = [(run.first, None if run.last == last else run.last, run.stay) for run in seen.runs.get(record, ())]
    return lasting + [(run.first, run.last, run.stay) for run in seen.told.get(record, ())]


@QUICK
@given(made_sources())
def test_a_store_that_revisits_what_is_unsettled_keeps_up(made: Made) -> None:
    a_store_keeps_up(made)


@pytest.mark.slow
@THOROUGH
@given(made_sources())
def test_a_store_that_revisits_what_is_unsettled_keeps_up_at_length(made: Made) -> None:
    a_store_keeps_up(made)


def nothing_is_invented(made: Made) -> None:
    """Every event follows from what was known when it says that it followed; it is told once, in order."""
    seen = seen_of(made.snapshots, made.messages)
    for events in events_by_record(seen, made.rule).values():
        assert len({event.id for event in events}) == len(events)
        assert [event.during.latest for event in events] == sorted(event.during.latest for event in events)
        for event in events:
            assert 0 < event.confidence <= 1
            known = seen_of(
                [each for each in made.snapshots if each.facts.at <= event.concluded_from],
                [each for each in made.messages if each.at <= event.concluded_from],
            )
            assert event in events_by_record(known, made.rule)[event.record]


@QUICK
@given(made_sources())
def test_nothing_is_invented(made: Made) -> None:
    nothing_is_invented(made)


@pytest.mark.slow
@THOROUGH
@given(made_sources())
def test_nothing_is_invented_at_length(made: Made) -> None:
    nothing_is_invented(made)


@QUICK
@given(made_sources())
def test_only_complete_looks_without_a_row_make_a_release_of_it(made: Made) -> None:
    seen = seen_of(made.snapshots, made.messages)
    looks = judge_looks(seen.facts, made.rule)
    for record, events in events_by_record(seen, made.rule).items():
        said = [run for run in seen.runs_of(record) if not run.stay.withdrawn]
        for event in events:
            if event.basis is not Basis.INFERRED_DROP_OFF:
                continue
            assert made.rule.release is ReleaseSignal.DROP_OFF
            without = [
                look.at
                for look in looks
                if look.complete
                and event.during.earliest < look.at <= event.concluded_from
                and not any(run.first <= look.at <= run.last for run in said)
            ]
            assert len(without) >= made.rule.confirm or "another stay" in event.detail
            assert any(run.last == event.during.earliest for run in said)


@QUICK
@given(made_sources(), st.randoms(use_true_random=False))
def test_runs_and_looks_may_come_in_pieces_and_in_any_order(made: Made, random: object) -> None:
    seen = seen_of(made.snapshots, made.messages)
    looks = judge_looks(seen.facts, made.rule)
    for record in RECORDS:
        runs = list(seen.runs_of(record))
        pieces = [piece for run in runs for piece in in_pieces(run, [look.at for look in looks])]
        mixed_runs, mixed_looks = [*pieces, *runs[:1]], [*looks, *looks[:2]]
        random.shuffle(mixed_runs)  # type: ignore[attr-defined]
        random.shuffle(mixed_looks)  # type: ignore[attr-defined]
        assert events_of(record, mixed_runs, mixed_looks, made.rule) == events_of(record, runs, looks, made.rule)


def in_pieces(run: Run, instants: list[datetime]) -> list[Run]:
    """A run in two, between two neighbouring looks."""
    within = [run.first, *(at for at in instants if run.first < at < run.last), run.last]
    middle = len(within) // 2
    if run.first == run.last:
        return [run]
    return [Run(run.first, within[middle - 1], run.stay), Run(within[middle], run.last, run.stay)]


DROP_OFF = CustodyRule(RecordClass.CUSTODY, ReleaseSignal.DROP_OFF, UTC_ZONE)


@dataclass(frozen=True)
class Observed:
    """True stays of one person under one key, what each says of itself (`words`), and what looks at irregular times
    showed of them: some broke off, and lack rows that they should have, though never without telling of it."""

    stays: tuple[tuple[datetime, datetime], ...]
    words: tuple[Stay, ...]
    shown: tuple[Snapshot, ...]
    rule: CustodyRule


@st.composite
def observed_truths(draw: st.DrawFn) -> Observed:
    steps = draw(st.lists(st.integers(1, 90), min_size=3, max_size=25))
    minutes = sorted(draw(st.sets(st.integers(0, sum(steps)), min_size=2, max_size=6)))
    turns = [START + timedelta(minutes=each, seconds=30) for each in minutes]
    tells = draw(st.booleans())  # another number under a row that never was gone is another stay only by its instant
    stays = tuple(zip(turns[::2], turns[1::2], strict=False))[: None if tells else 1]
    words = tuple(
        Stay(Booking(booking_number=f"B{number}", status="in custody", booked_at=to_text(booked) if tells else ""))
        for number, (booked, _) in enumerate(stays)
    )
    shown = []
    for at in (START + timedelta(minutes=each) for each in accumulate(steps)):
        broken = draw(st.sampled_from((False, False, False, True)))
        held = [number for number, (booked, released) in enumerate(stays) if booked <= at < released]
        listed = held and not (broken and draw(st.booleans()))
        facts = LookFacts(at, 100 + bool(listed), declared_total=120 if broken else 100 + bool(held))
        shown.append(Snapshot(facts, {1: words[held[0]]} if listed else {}))
    return Observed(stays, words, tuple(shown), replace(DROP_OFF, confirm=draw(st.integers(1, 3))))


def the_truth_lies_within(observed: Observed) -> None:
    """Each stay that was seen is told once, its true beginning and end lie in the intervals stated, and an end is
    stated exactly when enough complete looks were without it, or when another stay followed."""
    seen = seen_of(observed.shown, [])
    complete = [look.at for look in judge_looks(seen.facts, observed.rule) if look.complete]
    events = events_by_record(seen, observed.rule)[1]
    told = stay_words("jail", "", events)
    sighted = {run.stay: run.last for run in sorted(seen.runs_of(1), key=lambda run: run.last)}
    true = [
        (*stay, sighted[word]) for stay, word in zip(observed.stays, observed.words, strict=True) if word in sighted
    ]
    assert len(told) == len(true)
    assert {event.kind for event in events} <= {EventKind.BOOKED, EventKind.RELEASED, EventKind.DISAPPEARED}
    for word, (booked, released, last) in zip(told, true, strict=True):
        assert word.began.during.earliest <= booked <= word.began.during.latest
        assert word.left is None or word.left.earliest <= released <= word.left.latest
        enough = len([at for at in complete if at > last]) >= observed.rule.confirm
        assert (word.ended is not None) == (enough or word is not told[-1])


@QUICK
@given(observed_truths())
def test_the_truth_lies_within_what_is_stated(observed: Observed) -> None:
    the_truth_lies_within(observed)


@pytest.mark.slow
@THOROUGH
@given(observed_truths())
def test_the_truth_lies_within_what_is_stated_at_length(observed: Observed) -> None:
    the_truth_lies_within(observed)


@QUICK
@given(st.lists(st.integers(0, 40), min_size=1, max_size=20), st.lists(st.booleans(), min_size=20, max_size=20))
def test_a_roster_that_loses_nobody_implausibly_is_judged_alike_at_once_and_one_by_one(
    rows: list[int], broken: list[bool]
) -> None:
    facts = [LookFacts(START + at * QUARTER, each, ended_early=broken[at]) for at, each in enumerate(rows)]
    looks = judge_looks(facts, DROP_OFF)
    assert looks == judge_looks(reversed(facts), DROP_OFF)
    complete = [each for each, look in zip(facts, looks, strict=True) if look.complete]
    assert all(later.rows or earlier.rows <= 3 for earlier, later in pairwise(complete))
