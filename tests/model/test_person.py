"""What the values of the model refuse."""

from datetime import UTC, date, datetime

import pytest

from eyre.model.field_group import ALL_GROUPS, PERSON_GROUPS, FieldGroup
from eyre.model.judgement import Judgement, Verdict
from eyre.model.person import Birth, BirthBasis


def test_a_birth_interval_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        Birth(date(1980, 2, 2), date(1980, 2, 1), BirthBasis.DATE)


@pytest.mark.parametrize(("left", "right"), [(2, 1), (1, 1)])
def test_a_judgement_names_two_records_the_smaller_first(left: int, right: int) -> None:
    with pytest.raises(ValueError, match="smaller id first"):
        Judgement(left, right, Verdict.SAME, "clerk-4", "same fingerprint", datetime(2026, 11, 23, tzinfo=UTC))


def test_the_groups_are_one_bit_each_and_never_renumbered() -> None:
    assert [(group.name, int(group)) for group in FieldGroup] == [
        ("NAME", 1),
        ("BIRTH", 2),
        ("SEX", 4),
        ("IDENTIFIER", 8),
        ("ADDRESS", 16),
        ("CONTACT", 32),
        ("CUSTODY", 64),
        ("CHARGE", 128),
        ("COURT", 256),
        ("SUPERVISION", 512),
    ]
    assert int(ALL_GROUPS) == sum(FieldGroup)
    assert PERSON_GROUPS & (FieldGroup.CUSTODY | FieldGroup.CHARGE | FieldGroup.COURT | FieldGroup.SUPERVISION) == 0
