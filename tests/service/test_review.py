"""The review queue and its cases: under a view, page by page, before and after an answer."""

from collections.abc import Callable

import pytest

from eyre.cli.as_data import to_data
from eyre.errors import InputError, NotFoundError
from eyre.ids import parse_record_id
from eyre.model.field_group import FieldGroup
from eyre.model.judgement import Verdict
from eyre.service.judge import Decision, judge
from eyre.service.resolve_view import resolve_view
from eyre.service.review_case import Foreseen, review_case
from eyre.service.review_queue import Question, ReviewQueue, review_queue
from eyre.store.open_store import Store
from eyre.store.reader import ReaderSession
from tests.service.house import (
    EVERYTHING,
    MODEL,
    RECEIVED_AT,
    copy_what_is_seen,
    everything,
    partition,
    seen,
    take_some,
)

NARROW = "public_inquiry"


def pair(question: Question) -> tuple[int, int]:
    return parse_record_id(question.left), parse_record_id(question.right)


def whole(session: ReaderSession) -> ReviewQueue:
    return review_queue(session, MODEL, limit=1000)


def ids(foreseen: Foreseen) -> tuple[set[frozenset[int]], set[frozenset[int]]]:
    before, after = (
        {frozenset(map(parse_record_id, person)) for person in persons} for persons in (foreseen.before, foreseen.after)
    )
    return before, after


def test_the_queue_is_over_the_persons_of_the_view_and_the_most_worth_comes_first(invented: Store) -> None:
    with seen(invented, EVERYTHING) as session:
        resolved = resolve_view(session, MODEL)
        queue = whole(session)
        held = {record: said.parts for record, said in session.said([each.record for each in resolved.records]).items()}
    assert (queue.records, queue.persons) == (len(resolved.records), resolved.persons)
    assert queue.doubts == len(queue.questions) > 10
    persons = {record: each for each in partition(resolved) for record in each}
    for each in queue.questions:
        left, right = pair(each)
        assert (persons[left] == persons[right]) == each.together
        assert each.bits >= MODEL.bar if each.together else each.bits < MODEL.weak  # a weak tie may not hold
        if not each.together:
            assert (each.left_records, each.right_records) == (len(persons[left]), len(persons[right]))
            stays = [
                held[record].get(FieldGroup.CUSTODY, {}).get("booking") for record in persons[left] | persons[right]
            ]
            assert each.in_custody == any(
                stay and "released_at" not in stay and stay.get("status") != "released" for stay in stays
            )
        times = 2 if each.in_custody else 1
        assert each.worth == pytest.approx(each.uncertainty * each.left_records * each.right_records * times)
    worths = [each.worth for each in queue.questions]
    assert worths == sorted(worths, reverse=True)
    assert {each.together for each in queue.questions} == {True, False}


def test_pages_make_up_the_queue(invented: Store) -> None:
    with seen(invented, EVERYTHING) as session:
        queue = whole(session)
        pages = [review_queue(session, MODEL, limit=7, skip=skip) for skip in range(0, queue.doubts + 7, 7)]
        assert [each for page in pages for each in page.questions] == list(queue.questions)
        assert [page.doubts for page in pages] == [queue.doubts] * len(pages)
        assert pages[-1].questions == ()
        for limit, skip in ((0, 0), (1001, 0), (1, -1)):
            with pytest.raises(InputError, match="cannot be had"):
                review_queue(session, MODEL, limit=limit, skip=skip)


def test_the_queue_of_a_narrow_view_is_that_of_a_store_that_holds_nothing_else(
    invented: Store, another: Callable[[Store], Store]
) -> None:
    less = another(invented)
    copy_what_is_seen(invented, NARROW, less)
    with seen(invented, NARROW) as session:
        queue = whole(session)
        cases = [to_data(review_case(session, MODEL, *pair(each))) for each in queue.questions[:5]]
    with seen(less, NARROW) as session:
        assert whole(session) == queue
        assert [to_data(review_case(session, MODEL, *pair(each))) for each in queue.questions[:5]] == cases
    with seen(invented, EVERYTHING) as session:
        assert whole(session).questions != queue.questions
    assert 0 < queue.records < len(everything(invented))
    assert queue.doubts > 10


def test_a_record_that_is_hidden_has_no_case(invented: Store) -> None:
    with seen(invented, NARROW) as session:
        shown = {each.record for each in resolve_view(session, MODEL).records}
        hidden = min(set(everything(invented)) - shown)
        with pytest.raises(NotFoundError):
            review_case(session, MODEL, min(shown), hidden)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_what_is_foreseen_happens_and_what_is_answered_is_not_asked_again(store: Store, verdict: Verdict) -> None:
    take_some(store)
    with seen(store, EVERYTHING) as session:
        before = partition(resolve_view(session, MODEL))
        queue = whole(session)
        question = next(each for each in queue.questions if each.together == (verdict is Verdict.DIFFERENT))
        case = review_case(session, MODEL, *pair(question))
        judge(store, session, pair(question), Decision(verdict, "clerk", "saw both files", RECEIVED_AT))
    assert not case.settled
    same, different = case.same, case.different
    answered, other = (different, same) if question.together else (same, different)
    assert other == Foreseen((), ())
    with seen(store, EVERYTHING) as session:
        after = partition(resolve_view(session, MODEL))
        assert ids(answered) == (before - after, after - before)
        assert before != after
        assert review_case(session, MODEL, *pair(question)).settled
        left = whole(session)
    assert pair(question) not in {pair(each) for each in left.questions}
    persons = {record: each for each in after for record in each}
    groups = {frozenset((persons[one], persons[two])) for one, two in map(pair, left.questions)}
    if verdict is Verdict.DIFFERENT:
        assert frozenset(persons[record] for record in pair(question)) not in groups


def test_both_records_stand_side_by_side_and_every_value_is_there(invented: Store) -> None:
    with seen(invented, EVERYTHING) as session:
        agreements = set()
        for question in whole(session).questions[:12]:
            left, right = pair(question)
            case = review_case(session, MODEL, left, right)
            said = session.said([left, right])
            sides = ((case.left, left, "left"), (case.right, right, "right"))
            for side, record, name in sides:
                names = [getattr(row, name) for row in case.rows if row.field == "name" and getattr(row, name)]
                assert len(names) == len(said[record].person.names)
                assert side.source == said[record].source
            for row in case.rows:
                agreements.add(row.agreement)
                assert (row.agreement == "same") <= (row.left.casefold() == row.right.casefold())
                assert (row.agreement in ("alike", "different")) <= bool(row.left and row.right)
                assert (row.agreement == "one side") <= (bool(row.left) != bool(row.right))
            found = partition(resolve_view(session, MODEL)) if question.together else set()
            assert not found or any({left, right} <= each for each in found)
            assert case.why.same_person == question.together
    assert agreements == {"same", "alike", "different", "one side", "told"}


def test_no_question_is_asked_twice(invented: Store) -> None:
    with seen(invented, EVERYTHING) as session:
        queue = whole(session)
    pairs = [pair(each) for each in queue.questions]
    assert len(set(pairs)) == len(pairs)
