"""A text is read once in a delivery and kept; a row that has it again says what it would say alone."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from eyre.sources.draft import Draft
from eyre.sources.findings import Findings
from eyre.sources.outcome import Accepted, Quarantined, RowOutcome
from eyre.sources.plan import plan_of
from eyre.sources.read_fields import MOST_KEPT, FieldReaders, Fields
from tests.sources.reading import Reading, manifest

FIELDS: dict[str, dict[str, Any]] = {
    "AKA": {"to": "alias.full", "separator": ";"},
    "DOB": {"to": "birth.date", "formats": ["%m/%d/%Y"], "unreadable": "warn"},
    "AGE": {"to": "birth.age"},
    "SEX": {"to": "sex", "categories": {"M": "M", "F": "F", "X": ""}},
    "SSN": {"to": "identifier.ssn", "required": True},
    "CHARGE": {"to": "charge.description"},
    "NOTE": {"to": "charge.description", "none": ["NONE"]},
    "BOND": {"to": "charge.bond"},
}
SOURCE = manifest(fields=FIELDS, ignored=["COLOUR"], age_basis="age_current")
TEXTS = [
    "",
    " ",
    "ROE, RICHARD",
    "ROE",
    "ROE AKA DOE, JANE",
    "M",
    "f",
    "X",
    "Q",
    "31",
    "02/30/1988",
    "12/01/1960",
    "NONE",
]
TEXTS += ["CASH $1,500.00", "HOLD FOR ICE", "Ã©", "a  b", "A;B", "R0E", "UNKNOWN"]
rows = st.lists(st.lists(st.sampled_from(TEXTS), min_size=10, max_size=10), min_size=1, max_size=12)


def read(said: list[list[str]], first: int = 1) -> list[RowOutcome]:
    """The outcomes of rows numbered from `first`, placed as if they were a delivery from its beginning."""
    header = ",".join(["NO", "NAME", *FIELDS, "COLOUR"])
    lines = [",".join([str(number), *(f'"{text}"' for text in row)]) for number, row in enumerate(said, first)]
    reading = Reading(SOURCE, "\n".join([header, *lines, ""]))
    return sorted([*reading.accepted, *reading.quarantined], key=_place)


def _place(outcome: RowOutcome) -> int:
    assert isinstance(outcome, Accepted | Quarantined)
    place = outcome.record.place if isinstance(outcome, Accepted) else outcome.place
    return int(place.removeprefix("line "))


def _placed(outcome: RowOutcome, place: str) -> RowOutcome:
    if isinstance(outcome, Accepted):
        warnings = tuple(replace(each, place=place) for each in outcome.warnings)
        return Accepted(replace(outcome.record, place=place), warnings, outcome.rows)
    assert isinstance(outcome, Quarantined)
    return replace(outcome, place=place, issues=tuple(replace(each, place=place) for each in outcome.issues))


@given(rows)
def test_rows_read_together_say_what_each_says_alone(said: list[list[str]]) -> None:
    alone = []
    for number, row in enumerate(said, 1):
        (outcome,) = read([row], number)
        alone.append(_placed(outcome, f"line {number + 1}"))
    assert read(said) == alone


def test_what_is_kept_of_a_field_is_bounded() -> None:
    plan = plan_of(SOURCE)
    readers = FieldReaders({"CHARGE": SOURCE.fields["CHARGE"]}, (), plan.facts)
    fields = Fields(readers)
    for number in range(10_000):
        draft = Draft()
        fields.take({"CHARGE": f"COUNT {number}"}, draft, Findings("line 1"))
        assert draft.parts == {"charge": {"description": f"COUNT {number}"}}
    assert fields.kept <= MOST_KEPT
