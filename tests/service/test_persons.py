"""A person through every use case: found, shown, explained; under a view, after a purge, after a judgement."""

from collections.abc import Callable

import pytest

from eyre.errors import InputError, NotFoundError
from eyre.ids import format_record_id
from eyre.model.judgement import Verdict
from eyre.model.person import Person
from eyre.service.ask_about import Description, person_asked
from eyre.service.find_person import find_person
from eyre.service.how_person import how_person
from eyre.service.judge import Decision, judge
from eyre.service.purge import purge
from eyre.service.rekey import ensure_keys
from eyre.service.resolve_view import resolve_view
from eyre.service.show_person import show_person
from eyre.service.why_two import why_two
from eyre.store.open_store import Store
from tests.service.house import (
    EVERYTHING,
    MODEL,
    RECEIVED_AT,
    answers,
    copy_what_is_seen,
    everything,
    partition,
    seen,
    take_some,
)

QUESTIONS: dict[str, Person] = {
    text: person_asked(Description(name=text))
    for text in ("Matthew Yellowhorse", "Davis, Nathaniel", "Nobody Inparticular")
}


def ids(records: frozenset[int]) -> list[str]:
    return sorted(format_record_id(each) for each in records)


def largest(store: Store, purpose: str = EVERYTHING) -> frozenset[int]:
    with seen(store, purpose) as session:
        return max(partition(resolve_view(session, MODEL)), key=lambda each: (len(each), min(each)))


def test_any_record_of_a_person_leads_to_the_same_person(invented: Store) -> None:
    with seen(invented, EVERYTHING) as session:
        persons = sorted(partition(resolve_view(session, MODEL)), key=len)
        assert len(persons) > 200
        for members in persons[-8:] + persons[:2]:
            shown = [show_person(session, MODEL, record, invented) for record in sorted(members)]
            assert [each == shown[0] for each in shown] == [True] * len(shown)
            assert sorted(each.record for each in shown[0].records) == ids(members)
            oldest = min(session.said(list(members)).values(), key=lambda each: (each.first_said_at, each.id))
            assert shown[0].person == format_record_id(oldest.id)


def test_every_value_shown_is_said_by_the_records_named_and_none_is_left_out(invented: Store) -> None:
    members = largest(invented)
    with seen(invented, EVERYTHING) as session:
        profile = show_person(session, MODEL, min(members), invented)
        said = session.said(sorted(members))
    fields = {field.field: field.values for field in profile.fields}
    names = {(format_record_id(record), len(each.person.names)) for record, each in said.items()}
    sayings = [saying.record for value in fields["name"] for saying in value.said_by]
    assert {record for record, many in names if many} == set(sayings)
    sexes = {(saying.record, value.said) for value in fields["sex"] for saying in value.said_by}
    assert sexes == {(format_record_id(record), sex) for record, each in said.items() for sex in each.person.sexes}
    assert [line.begins for line in profile.timeline] == sorted(
        (each.begins for each in profile.timeline), reverse=True
    )
    assert {each.source for each in profile.freshness} == {each.source for each in said.values()}
    assert all(each.complete_as_of is not None for each in profile.freshness)


def test_a_person_is_found_by_name_by_number_and_by_slips(invented: Store) -> None:
    members = largest(invented)
    with seen(invented, EVERYTHING) as session:
        person = show_person(session, MODEL, min(members), invented)
        fields = {field.field: field.values for field in person.fields}
        number = fields["identifier"][0].said
        issuer = f":{number['issuer']}" if number.get("issuer") else ""
        name = next(value.said for value in fields["name"] if "given" in value.said)
        first, last = name["given"], name["surname"]
        asked = [
            Description(name=f"{first} {last}"),
            Description(name=f"{last}, {first}"),
            Description(given=first, surname=last),
            Description(ids=(f"{number['type']}{issuer}={number['value']}",)),
        ]
        for description in asked:
            found = find_person(session, MODEL, person_asked(description))
            assert found.persons[0].person == person.person
            assert [each.bits for each in found.persons] == sorted((each.bits for each in found.persons), reverse=True)
        few = find_person(session, MODEL, person_asked(asked[0]), limit=1)
        assert len(few.persons) == 1


def test_a_question_that_names_nobody_is_refused_and_one_about_nobody_finds_nobody(invented: Store) -> None:
    with seen(invented, EVERYTHING) as session:
        with pytest.raises(InputError, match="names nobody"):
            find_person(session, MODEL, person_asked(Description(sex="F")))
        assert find_person(session, MODEL, QUESTIONS["Nobody Inparticular"]).persons == ()


@pytest.mark.parametrize(
    "description",
    [
        Description(birth_date="tomorrow"),
        Description(ids=("citizenship=x",)),
        Description(ids=("ssn",)),
        Description(ids=("ssn= ",)),
        Description(ids=("923-06-7103",)),
    ],
)
def test_what_cannot_be_read_is_refused_without_repeating_it(description: Description) -> None:
    with pytest.raises(InputError) as caught:
        person_asked(description)
    assert not any(typed in str(caught.value) for typed in ("tomorrow", "citizenship", "7103"))


def test_an_explanation_adds_up_and_says_what_clustering_made_of_it(invented: Store) -> None:
    with seen(invented, EVERYTHING) as session:
        persons = sorted(partition(resolve_view(session, MODEL)), key=lambda each: (-len(each), min(each)))
        left, right = sorted(persons[0])[:2]
        stranger = min(persons[1])
        why = why_two(session, MODEL, left, right)
        assert why.same_person
        assert sum(part.units for part in why.parts) == why.units
        assert why_two(session, MODEL, right, left).units == why.units
        why_not = why_two(session, MODEL, left, stranger)
        assert not why_not.same_person
        assert sum(part.units for part in why_not.parts) == why_not.units
        with pytest.raises(InputError, match="the same person as itself"):
            why_two(session, MODEL, left, left)


def test_the_tree_of_a_person_begins_with_its_records_and_ends_with_all_of_them(invented: Store) -> None:
    members = largest(invented)
    with seen(invented, EVERYTHING) as session:
        how = how_person(session, MODEL, max(members))
    groups = {frozenset([leaf.record]) for leaf in how.leaves}
    assert sorted(leaf.record for leaf in how.leaves) == ids(members)
    for step in how.steps:
        groups -= {frozenset(step.left), frozenset(step.right)}
        groups.add(frozenset(step.left + step.right))
    assert [sorted(group) for group in groups] == [ids(members)]


@pytest.mark.parametrize("purpose", ["public_inquiry", "victim_notification"])
def test_a_narrow_view_answers_as_a_store_that_holds_nothing_else(
    invented: Store, another: Callable[[Store], Store], purpose: str
) -> None:
    narrow = another(invented)
    copy_what_is_seen(invented, purpose, narrow)
    told = answers(invented, purpose, QUESTIONS)
    assert told == answers(narrow, purpose, QUESTIONS)
    assert 0 < told["records"] < len(everything(invented))


def test_what_a_view_hides_is_not_found_in_the_same_words_as_what_is_not_there(invented: Store) -> None:
    hidden = next(record for record, said in everything(invented).items() if said.source == "oz_probation")
    with seen(invented, "public_inquiry") as session:
        told = []
        for record in (hidden, 1):
            with pytest.raises(NotFoundError) as caught:
                show_person(session, MODEL, record, invented)
            told.append(str(caught.value).replace(format_record_id(record), "RECORD"))
            with pytest.raises(NotFoundError):
                how_person(session, MODEL, record)
    assert told[0] == told[1]


def test_after_a_purge_every_answer_is_as_if_the_record_had_never_been(
    store: Store, another: Callable[[Store], Store]
) -> None:
    take_some(store)
    members = sorted(largest(store))
    middle = members[len(members) // 2]
    with seen(store, "record_correction") as session:
        purge(store, session, middle, purged_at=RECEIVED_AT)
    never = another(store)
    copy_what_is_seen(store, EVERYTHING, never)
    assert middle not in everything(never)
    told = answers(store, EVERYTHING, QUESTIONS)
    assert told == answers(never, EVERYTHING, QUESTIONS)
    assert all(imported.known for imported in take_some(store))
    assert answers(store, EVERYTHING, QUESTIONS) == told
    with seen(store, EVERYTHING) as session, pytest.raises(NotFoundError):
        show_person(session, MODEL, middle, store)


def test_a_judgement_is_obeyed_and_needs_a_name_a_reason_and_the_sight_of_both(store: Store) -> None:
    take_some(store)
    members = sorted(largest(store))
    pair = (members[0], members[1])
    decision = Decision(Verdict.DIFFERENT, "records clerk", "father and son", RECEIVED_AT)
    with seen(store, EVERYTHING) as session:
        judge(store, session, pair, decision)
    with seen(store, EVERYTHING) as session:
        why = why_two(session, MODEL, *pair)
        assert not why.same_person
        assert [(each.verdict, each.actor) for each in why.judgements] == [("different", "records clerk")]
        with pytest.raises(InputError, match="no `reason`"):
            judge(store, session, pair, Decision(Verdict.SAME, "clerk", " ", RECEIVED_AT))
        with pytest.raises(InputError, match="as itself"):
            judge(store, session, (members[0], members[0]), decision)
        with pytest.raises(NotFoundError):
            judge(store, session, (members[0], 1), decision)


def test_keys_of_another_version_are_made_anew_and_find_what_they_found(store: Store) -> None:
    take_some(store)
    before = answers(store, EVERYTHING, QUESTIONS)
    assert not ensure_keys(store, MODEL)
    with store.writer.connection() as writer:
        writer.execute("update eyre.meta set value = 'another'")
        writer.execute("delete from eyre.record_key")
    assert ensure_keys(store, MODEL)
    assert answers(store, EVERYTHING, QUESTIONS) == before
