"""Which looks are complete: outages, maintenance, caps, cut lists, old copies."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from eyre.custody.judge_looks import Doubt, Judging, judge_looks, judge_next, plausibly_gone
from eyre.custody.look import LookFacts
from eyre.model.record import RecordClass
from eyre.model.release_signal import ReleaseSignal
from tests.custody.story import DROP_OFF

START = datetime(2026, 3, 1, 10, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
CAPPED = DROP_OFF.__class__(DROP_OFF.kind, DROP_OFF.release, DROP_OFF.zone, list_cap=100)


def verdicts(*rows: int, step: timedelta = QUARTER) -> str:
    """One letter a look, `x` for one that is refused."""
    looks = judge_looks([LookFacts(START + at * step, each) for at, each in enumerate(rows)], DROP_OFF)
    return "".join("." if look.complete else "x" for look in looks)


def reason(facts: LookFacts) -> str:
    """Why a look is refused after one of 90 rows."""
    return judge_looks([LookFacts(START, 90), facts], CAPPED)[-1].reason


def test_a_look_is_refused_for_what_it_tells_of_itself() -> None:
    later = START + QUARTER
    assert reason(LookFacts(later, 90)) == ""
    assert reason(LookFacts(later, 90, ended_early=True)) == "it ended early"
    assert reason(LookFacts(later, 90, unsound=True)) == "it did not meet what its manifest asserts"
    assert reason(LookFacts(later, 90, declared_total=91)) == "it lists 90 rows of 91 declared"
    assert reason(LookFacts(later, 90, declared_total=90)) == ""
    assert reason(LookFacts(later, 100)) == "it lists 100 rows, as many as the list can hold"
    assert reason(LookFacts(later, 90, repeats=True)) == "an older copy"


@pytest.mark.parametrize(
    ("rows", "letters"),
    [
        ((100, 99, 97, 95), "...."),
        ((100, 97, 94), "..."),
        ((100, 96, 100), ".x."),
        ((1000, 980, 961), "..."),
        ((1000, 970, 1000), ".x."),
        ((100, 60, 60, 60), ".xxx"),
        ((4, 1), ".x"),
        ((10, 9, 8, 7), "...."),
        ((10, 8, 8, 8), ".xxx"),
        ((30, 27, 24), "..x"),
        ((5, 0, 0, 5), ".xx."),
        ((3, 0, 0), ".xx"),
        ((1, 0), ".."),
        ((100, 0, 100), ".x."),
        ((100, 140, 100), "..x"),
        ((0, 0, 5), "xx."),
    ],
)
def test_what_is_gone_must_be_plausible(rows: tuple[int, ...], letters: str) -> None:
    assert verdicts(*rows) == letters


def test_a_roster_that_fills_again_is_refused_until_it_stands_still() -> None:
    assert verdicts(600, 0, 300, 500, 590, 590) == ".xxxx."
    assert verdicts(600, 0, 300, 500, 600) == ".xxx."
    assert verdicts(600, 590) == ".."


def test_a_shrink_that_lasts_is_believed_when_time_explains_it() -> None:
    daily = verdicts(100, *[60] * 9, step=timedelta(days=1))
    assert daily.startswith(".xxx")
    assert daily.endswith("...")
    assert "x" not in daily.lstrip(".x").lstrip(".")


def test_after_an_outage_of_days_more_may_have_left() -> None:
    assert plausibly_gone(100, timedelta(minutes=15), 0.2) == 20
    assert plausibly_gone(100, timedelta(minutes=15), 0.02) == 3
    assert plausibly_gone(100, timedelta(days=3), 0.02) > 30
    assert plausibly_gone(100, timedelta(days=365), 0.02) == 100
    assert plausibly_gone(5, timedelta(minutes=15), 0.02) == 1


def test_a_list_that_is_renewed_each_night_loses_a_day_of_departures_at_once() -> None:
    nightly = replace(DROP_OFF, lag=timedelta(hours=25))
    for rows, letters in ((920, ".."), (850, ".x")):
        looks = judge_looks([LookFacts(START, 1000), LookFacts(START + QUARTER, rows)], nightly)
        assert "".join("." if look.complete else "x" for look in looks) == letters
        assert judge_looks([LookFacts(START, 1000), LookFacts(START + QUARTER, rows)], DROP_OFF)[-1].complete is False


def test_an_empty_roster_is_believed_when_its_publisher_says_so_at_first() -> None:
    assert judge_looks([LookFacts(START, 0, declared_total=0)], DROP_OFF)[0].complete
    assert not judge_looks([LookFacts(START, 0)], DROP_OFF)[0].complete
    year = [LookFacts(START, 50), LookFacts(START + timedelta(days=365), 0, declared_total=0)]
    assert not judge_looks(year, DROP_OFF)[1].complete


def test_an_older_copy_is_believed_when_it_lasts() -> None:
    copies = [LookFacts(START + at * QUARTER, 50, repeats=at > 0) for at in range(8)]
    assert [look.complete for look in judge_looks(copies, DROP_OFF)] == [True, *[False] * 4, True, True, True]
    other = [*copies[:3], LookFacts(START + 3 * QUARTER, 50)]
    assert judge_looks(other, DROP_OFF)[-1].complete


@pytest.mark.parametrize(("gone", "rows", "believed_after"), [(1, 49, 5), (0, 51, 5), (1, 50, 97)])
def test_an_older_copy_that_brings_people_back_is_not_believed_for_lasting(
    gone: int, rows: int, believed_after: int
) -> None:
    copies = [LookFacts(START + at * QUARTER, rows, repeats=True, gone=gone) for at in range(1, 99)]
    looks = judge_looks([LookFacts(START, 50), *copies], DROP_OFF)
    assert [look.complete for look in looks].index(True, 1) == believed_after


def test_looks_may_come_in_any_order_and_twice() -> None:
    facts = [LookFacts(START + at * QUARTER, rows) for at, rows in enumerate((100, 60, 95, 94))]
    facts.append(LookFacts(START + QUARTER, 96, ended_early=True))
    judged = judge_looks(facts, DROP_OFF)
    assert len(judged) == 4
    assert all(judge_looks([*order, *order[:2]], DROP_OFF) == judged for order in permutations(facts))


def test_judging_goes_on_from_a_state_and_never_back() -> None:
    facts = [LookFacts(START + at * QUARTER, rows) for at, rows in enumerate((100, 60, 95))]
    state, looks = Judging(), []
    for each in facts:
        state, look = judge_next(state, each, DROP_OFF)
        looks.append(look)
    assert tuple(looks) == judge_looks(facts, DROP_OFF)
    with pytest.raises(ValueError, match="later instant"):
        judge_next(state, facts[0], DROP_OFF)


def test_a_list_that_ends_before_its_last_row_is_refused_for_a_day_unless_somebody_new_stands_there() -> None:
    short = [LookFacts(START + at * QUARTER, 39, gone=1, last=7, cut=True) for at in range(1, 99)]
    looks = judge_looks([LookFacts(START, 40, last=8), *short], DROP_OFF)
    assert [look.complete for look in looks].index(True, 1) == 96
    assert looks[1].reason == "it ends before the row with which it ended"
    goes_on = [LookFacts(START, 40, last=8), short[0], replace(short[1], rows=40, last=9, cut=False)]
    assert [look.complete for look in judge_looks(goes_on, DROP_OFF)] == [True, False, True]


def test_a_page_that_stood_still_for_days_is_doubted_for_a_day_where_its_last_rows_left_together() -> None:
    later = START + timedelta(days=15)
    cut = [LookFacts(later + at * QUARTER, 7, gone=6, last=6, cut=True) for at in range(98)]
    looks = judge_looks([LookFacts(START, 13, last=13), *cut], DROP_OFF)
    assert [look.complete for look in looks].index(True, 1) == 97
    whole = LookFacts(later + 2 * QUARTER, 13, last=13)
    assert [look.complete for look in judge_looks([LookFacts(START, 13, last=13), *cut[:2], whole], DROP_OFF)] == [
        True,
        False,
        False,
        True,
    ]
    one, others = replace(cut[0], rows=12, gone=1), replace(cut[0], cut=False)
    for left in (one, others):
        assert judge_looks([LookFacts(START, 13, last=13), left], DROP_OFF)[-1].complete


@pytest.mark.parametrize(
    ("gone", "cut", "doubt"),
    [(1, True, Doubt.CUT_OFF), (30, True, Doubt.CUT_OFF), (40, False, Doubt.SHRUNK), (1, False, None)],
)
def test_why_a_look_is_not_believed_and_that_somebody_answers_for_it(gone: int, cut: bool, doubt: Doubt | None) -> None:
    state, _ = judge_next(Judging(), LookFacts(START, 100, last=7), DROP_OFF)
    facts = LookFacts(START + QUARTER, 100 - gone, gone=gone, cut=cut, last=6)
    after, look = judge_next(state, facts, DROP_OFF)
    assert (after.doubt, look.complete) == (doubt, doubt is None)
    accepted, look = judge_next(state, replace(facts, accepted=True), DROP_OFF)
    assert look.complete
    assert accepted.complete_rows == facts.rows


def test_a_few_who_left_while_others_came_are_explained_by_time_and_no_renumbering() -> None:
    left = [LookFacts(START + at * QUARTER, 40, gone=5) for at in range(1, 200)]
    looks = judge_looks([LookFacts(START, 40), *left], DROP_OFF)
    assert 1 < [look.complete for look in looks].index(True, 1) < 96
    cut = [LookFacts(START + at * QUARTER, 40, gone=1, last=7, cut=True) for at in range(1, 200)]
    assert judge_looks([LookFacts(START, 40, last=8), *cut], DROP_OFF)[96].complete
    anew = [LookFacts(START + at * QUARTER, 40, gone=40) for at in range(1, 999)]
    assert not any(look.complete for look in judge_looks([LookFacts(START, 40), *anew], DROP_OFF)[1:])


@pytest.mark.parametrize(
    ("release", "doubt"), [(ReleaseSignal.EXPLICIT, Doubt.SHRUNK), (ReleaseSignal.DELTA_FILE, None)]
)
def test_a_list_of_everybody_that_is_cut_is_told_also_where_absence_says_nothing(
    release: ReleaseSignal, doubt: Doubt | None
) -> None:
    rule = replace(DROP_OFF, kind=RecordClass.SUPERVISION, release=release)
    state, _ = judge_next(Judging(), LookFacts(START, 36, last=36), rule)
    last_left, look = judge_next(state, LookFacts(START + QUARTER, 35, gone=1, last=35, cut=True), rule)
    assert (look.complete, last_left.doubt) == (True, None)
    for rows in (3, 0):
        cut, _ = judge_next(state, LookFacts(START + QUARTER, rows, gone=36 - rows, last=rows, cut=True), rule)
        assert cut.doubt is (Doubt.CUT_OFF if doubt else None)
