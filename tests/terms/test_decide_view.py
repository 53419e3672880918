"""A view holds what the terms allow a purpose, and never more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eyre.errors import ConfigError, ViewError
from eyre.model.field_group import ALL_GROUPS, FieldGroup
from eyre.model.record import RecordClass
from eyre.sources.catalogue import invented_sources, town_sources
from eyre.terms.decide_view import ClassUnderTerms, decide_view, parse_purpose, visible_groups
from eyre.terms.instrument import Instrument, Rule, Status, Terms
from eyre.terms.load_terms import read_instrument, shipped_terms, terms_of
from eyre.terms.purpose import PURPOSE_TITLES, Purpose

CUSTODY = frozenset({RecordClass.CUSTODY})
INQUIRY = frozenset({Purpose.PUBLIC_INQUIRY})


def instrument(*rules: Rule, status: Status = Status.ENACTED, terms: str = "t") -> Instrument:
    return Instrument("i", 1, status, "Oz Code § 1", "ocd-division/country:us/state:oz", terms, rules)


def rule(allow: FieldGroup = FieldGroup(0), deny: FieldGroup = FieldGroup(0)) -> Rule:
    return Rule("§ 1", CUSTODY, INQUIRY, allow, deny)


def seen(*instruments: Instrument, purpose: Purpose = Purpose.PUBLIC_INQUIRY) -> FieldGroup:
    return visible_groups(instruments, RecordClass.CUSTODY, purpose)


def test_a_purpose_that_is_not_on_the_list_is_refused() -> None:
    with pytest.raises(ViewError, match="`curiosity` is no purpose") as caught:
        parse_purpose("curiosity")
    assert "public_inquiry" in caught.value.remedy


def test_what_nobody_allowed_is_denied() -> None:
    classes = [ClassUnderTerms(1, "unheard-of", RecordClass.CUSTODY), ClassUnderTerms(2, "t", RecordClass.COURT)]
    view = decide_view(terms_of([instrument(rule(ALL_GROUPS))]), Purpose.PUBLIC_INQUIRY, classes)
    assert dict(view.visible) == {}
    assert seen(instrument(rule(ALL_GROUPS)), purpose=Purpose.RESEARCH) == FieldGroup(0)


def test_a_denial_overrides_whoever_allows() -> None:
    allowing, denying = instrument(rule(ALL_GROUPS)), instrument(rule(deny=FieldGroup.BIRTH), status=Status.POLICY)
    assert seen(allowing, denying) == seen(denying, allowing) == ALL_GROUPS & ~FieldGroup.BIRTH


def test_what_is_only_proposed_may_take_away_and_never_gives() -> None:
    bill = instrument(rule(ALL_GROUPS, FieldGroup.SEX), status=Status.PROPOSED)
    assert seen(bill) == FieldGroup(0)
    assert seen(instrument(rule(FieldGroup.NAME | FieldGroup.SEX)), bill) == FieldGroup.NAME


groups = st.integers(0, int(ALL_GROUPS)).map(FieldGroup)
rules = st.builds(
    Rule,
    clause=st.just("§ 1"),
    classes=st.frozensets(st.sampled_from(RecordClass)),
    purposes=st.frozensets(st.sampled_from(Purpose)),
    allow=groups,
    deny=groups,
)
instruments = st.builds(
    Instrument,
    id=st.just("i"),
    version=st.just(1),
    status=st.sampled_from(Status),
    citation=st.just("Oz Code"),
    jurisdiction=st.just("ocd-division/country:us/state:oz"),
    terms=st.sampled_from(["a", "b"]),
    rules=st.lists(rules, max_size=3).map(tuple),
)
some_classes = st.lists(
    st.builds(
        ClassUnderTerms, st.integers(1, 6), st.sampled_from(["a", "b", "unheard-of"]), st.sampled_from(RecordClass)
    ),
    unique_by=lambda each: each.number,
)


@given(st.lists(instruments, max_size=4), st.sampled_from(Purpose), some_classes)
def test_a_view_never_shows_more_than_the_terms_allow(
    written: list[Instrument], purpose: Purpose, classes: list[ClassUnderTerms]
) -> None:
    view = decide_view(terms_of(written), purpose, classes)
    assert view.purpose == purpose
    for number, shown in view.visible.items():
        (each,) = [known for known in classes if known.number == number]
        concerned = [
            rule
            for text in written
            if text.terms == each.terms
            for rule in text.rules
            if each.record_class in rule.classes and purpose in rule.purposes
        ]
        for group in shown:
            assert any(group in rule.allow for rule in concerned)
            assert not any(group in rule.deny for rule in concerned)


@given(st.lists(instruments, max_size=4), st.sampled_from(Purpose), some_classes, some_classes)
def test_a_further_class_changes_nothing_about_the_others(
    written: list[Instrument], purpose: Purpose, classes: list[ClassUnderTerms], further: list[ClassUnderTerms]
) -> None:
    terms = terms_of(written)
    more = [ClassUnderTerms(each.number + 10, each.terms, each.record_class) for each in further]
    alone = decide_view(terms, purpose, classes).visible
    together = decide_view(terms, purpose, [*more, *classes]).visible
    assert {number: shown for number, shown in together.items() if number < 10} == dict(alone)


def test_every_shipped_source_has_terms_that_let_its_keeper_see_it() -> None:
    terms = shipped_terms()
    for folder in [*invented_sources(), *town_sources()]:
        manifest = folder.manifest
        under = terms.under(manifest.terms)
        assert visible_groups(under, manifest.kind, Purpose.OVERSIGHT) == ALL_GROUPS, manifest.id


def test_the_shipped_terms_tell_purposes_apart() -> None:
    terms: Terms = shipped_terms()
    classes = [
        ClassUnderTerms(number, folder.manifest.terms, folder.manifest.kind)
        for number, folder in enumerate(invented_sources(), 1)
    ]
    views = {purpose: tuple(decide_view(terms, purpose, classes).visible.items()) for purpose in Purpose}
    assert len(set(views.values())) >= 5
    public = dict(views[Purpose.PUBLIC_INQUIRY])
    kinds = {each.record_class for each in classes if each.number in public}
    assert RecordClass.SUPERVISION not in kinds, "a bill that is only proposed has shown it"


def test_every_purpose_says_what_it_is() -> None:
    assert set(PURPOSE_TITLES) == set(Purpose)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "id: x", "{", "id: [a", "version: one"],
)
def test_terms_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(ConfigError, match=r"`odd\.yaml` cannot be read") as caught:
        read_instrument(text, "odd.yaml")
    assert caught.value.code == "EYRE-102"


def test_a_word_that_terms_do_not_know_is_refused_rather_than_passed_over() -> None:
    text = (
        "id: x\nversion: 1\nstatus: enacted\ncitation: c\njurisdiction: j\nterms: t\n"
        "rules:\n  - {clause: a, classes: [custody], purposes: [research], allow: [name], except: [birth]}\n"
    )
    with pytest.raises(ConfigError, match="`except` is not known"):
        read_instrument(text, "odd.yaml")
