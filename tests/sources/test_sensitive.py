"""What is never taken is dropped at the parser, counted, and not kept in quarantine either."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eyre.model.justice import Booking
from eyre.sources import sensitive
from eyre.sources.sensitive import SensitiveKind, immigration_hold, race_field, sensitive_field
from tests.sources.reading import Reading, manifest


@pytest.mark.parametrize(
    "text",
    [
        "HOLD FOR ICE",
        "ICE HOLD",
        "I.C.E. DETAINER",
        "Hold for: ICE",
        "IMMIGRATION",
        "Immigration Detainer",
        "DHS HOLD",
        "HOLD - US ICE",
        "HOLD FOR OTHER AGENCY - ICE",
        "Released to ICE",
        "U.S. ICE / ERO DETAINER",
        "I-247 FORM",
        "287(g)",
        "HOLD/BORDER PATROL",
        "DEPORTATION PROCEEDINGS",
        "ICE",
    ],
)
def test_an_immigration_hold_is_known_by_its_text(text: str) -> None:
    assert immigration_hold(text)
    assert immigration_hold(text.lower())


@pytest.mark.parametrize(
    "text",
    [
        "POSS ICE (METH)",
        "PAROLE HOLD",
        "HOLD FOR STATE PATROL",
        "OFFICE HOLD",
        "NO INS",
        "PAROLE HOLD; POSS ICE",
        "POLICE DETAINER",
        "JUSTICE COURT",
        "",
    ],
)
def test_other_texts_are_left_alone(text: str) -> None:
    assert not immigration_hold(text)


_PIECES = st.sampled_from(
    "ICE i.c.e. U.S. US DHS d.h.s CBP INS E.R.O. ero HOLD hold detainer custody pick-up transfer released for by to "
    "the immigration DEPORT border patrol homeland security i-247 I247 287(g 287 removal order meth \u0131ce \u0130CE "
    "- / : ( , ; | OFFICE x".split(" ")
)


@given(st.lists(_PIECES, max_size=7), st.sampled_from(["", " ", "  "]))
def test_what_the_patterns_find_is_found_whatever_is_looked_for_first(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    of_a_hold = sensitive._HOLD_AGENCY.search(text) is not None
    assert immigration_hold(text) is (sensitive._HOLD_TEXT.search(text) is not None)
    assert immigration_hold(text, in_hold=True) is (immigration_hold(text) or of_a_hold)


def test_inside_a_hold_the_agency_alone_tells_it() -> None:
    assert immigration_hold("ICE DALLAS", in_hold=True)
    assert not immigration_hold("POLICE DALLAS", in_hold=True)


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("PlaceOfBirth", SensitiveKind.BIRTH_PLACE),
        ("Details.Birth Place:", SensitiveKind.BIRTH_PLACE),
        ("POB", SensitiveKind.BIRTH_PLACE),
        ("birth_country", SensitiveKind.BIRTH_PLACE),
        ("CITIZENSHIP", SensitiveKind.CITIZENSHIP),
        ("j:Subject/j:PersonCitizenshipText", SensitiveKind.CITIZENSHIP),
        ("Immigration Hold", SensitiveKind.IMMIGRATION_HOLD),
        ("immigrationStatus", SensitiveKind.IMMIGRATION_STATUS),
        ("Religion", SensitiveKind.RELIGION),
        ("religious_preference", SensitiveKind.RELIGION),
    ],
)
def test_a_sensitive_field_is_known_by_its_name(field: str, kind: SensitiveKind) -> None:
    assert sensitive_field(field) is kind


@pytest.mark.parametrize("field", ["BIRTH_DATE", "birth_year", "Office", "PO_BOX", "Place", "Released", "City"])
def test_an_ordinary_field_is_not_sensitive(field: str) -> None:
    assert sensitive_field(field) is None
    assert not race_field(field)


def test_a_declared_column_is_dropped_and_counted_only_where_it_says_something() -> None:
    source = manifest(sensitive={"FAITH": "religion"})
    reading = Reading(source, 'NO,NAME,FAITH\n1,"ROE, A",x\n2,"ROE, B",\n')
    assert (reading.summary.dropped, reading.warnings) == ({"religion": 1}, [])


def test_an_undeclared_column_is_dropped_on_sight() -> None:
    reading = Reading(manifest(), 'NO,NAME,Place of Birth\n1,"ROE, A",Elsewhere\n')
    assert reading.summary.dropped == {"birth-place": 1}
    assert reading.warnings == ["an undeclared field that is never taken was dropped"]


def test_an_immigration_hold_is_dropped_wherever_it_stands() -> None:
    source = manifest(
        fields={
            "HOLD": {"to": "hold.description"},
            "WHO": {"to": "hold.agency"},
            "CHARGE": {"to": "charge.description"},
            "WHY": {"to": "booking.release_reason"},
        }
    )
    text = "NO,NAME,HOLD,WHO,CHARGE,WHY\n1,A,DETAINER,ICE,ICE HOLD,RELEASED TO ICE\n2,B,PAROLE,DOC,THEFT,BOND\n"
    reading = Reading(source, text)
    first, second = (each.record for each in reading.accepted)
    assert (first.holds, first.charges, first.booking) == ((), (), Booking(booking_number="1"))
    assert (len(second.holds), len(second.charges), second.booking) == (
        1,
        1,
        Booking(booking_number="2", release_reason="BOND"),
    )
    assert reading.summary.dropped == {"immigration-hold": 3}


def test_quarantine_keeps_nothing_of_it() -> None:
    source = manifest(
        fields={"HOLD": {"to": "hold.description"}, "SEX": {"to": "sex", "categories": {"M": "M"}}},
        sensitive={"FAITH": "religion"},
    )
    reading = Reading(source, "NO,NAME,HOLD,SEX,FAITH,Citizenship\n1,A,HOLD FOR ICE,?,zen,elsewhere\n")
    (row,) = reading.quarantined
    assert reading.codes == ["unknown-category"]
    assert not any(word in row.raw for word in ("ICE", "zen", "elsewhere"))
    assert reading.summary.dropped == {"citizenship": 1, "immigration-hold": 1, "religion": 1}
