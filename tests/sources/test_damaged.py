"""What was damaged on its way is told, or not taken; what people do write is neither."""

import pytest

from tests.sources.reading import Reading, manifest


def codes(reading: Reading) -> list[str]:
    """Codes of all issues but those of single hardly believable values."""
    issues = [issue for each in reading.accepted for issue in each.warnings]
    issues += [issue for each in reading.quarantined for issue in each.issues]
    return [issue.code.value for issue in (*issues, *reading.summary.issues) if issue.code != "suspect-value"]


def said(target: str, text: str) -> Reading:
    """What is made of one row that says `text` of `target`."""
    form = {"type": "csv", "columns": ["NO", "NAME", "X"], "header": False}
    cell = text.replace('"', '""')
    return Reading(manifest(fields={"X": {"to": target}}, format=form), f'1,"ROE, RICHARD","{cell}"\n')


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("charge.description", "ASSAULT\x01 4TH"),
        ("charge.description", "ASSAULT\u20284TH"),
        ("charge.description", "ASSAULT\ufeff 4TH"),
        ("charge.description", "ASSAULT \xff\xfe4TH"),
        ("charge.description", "A" * 3_000),
        ("charge.description", "ASS^ULT 4TH"),
        ("charge.description", "{{charge.text}}"),
        ("charge.description", "ASSAULT</td><td>4TH"),
        ("charge.description", "ASSAULT td> 4TH"),
        ("charge.description", "ASSAULT|THEFT"),
        ("charge.statute", "565.0<6"),
        ("charge.bond", "CASH $5,00 0.00"),
        ("charge.bond", "1e99999CASH $500.00"),
        ("alias.full", "R\xacE, RICHARD"),
        ("name.surname", "?"),
        ("alias.given", "--"),
        ("alias.full", 'ROE, RICH"ARD'),
        ("alias.full", "ROE, 1e999 RICHARD"),
        ("alias.full", "ROE, RICH\u200bARD"),
        ("address.state", "1e999OZ"),
        ("address.postal_code", "0005!"),
        ("identifier.subject", "12?45"),
    ],
)
def test_marks_of_damage_are_told(target: str, text: str) -> None:
    assert codes(said(target, text)) != []


@pytest.mark.parametrize(
    ("target", "text"),
    [
        (
            "charge.description",
            "POSS MARIJUANA < 10 G & PARAPH. (M/A) - 5'11\" @ #3, 100%; [F] \u00a7 4 \u2013 O\u2019FALLON",
        ),
        ("charge.description", "THEFT >= $750"),
        ("charge.description", "DISTR METH >5G"),
        ("charge.statute", "13A-6-2(a)(1), 18 USC 922(g)/924"),
        ("charge.bond", "CASH 10% $5,000.00"),
        ("charge.bond", "NO BOND"),
        ("alias.full", "O`BRIEN-MU\u00d1OZ JR., J\u00fcrgen D\u2019Angelo (Bill) 3RD"),
        ("alias.full", 'ROE, WILLIAM "BILL"'),
        ("address.state", "N. Dakota"),
        ("address.postal_code", "63101-1234"),
        ("address.postal_code", "K1A 0B1"),
        ("identifier.subject", "CR-24/001:2_a(B)"),
        ("email", f"{'a' * 64}@{'b' * 60}.example"),
    ],
)
def test_what_people_write_is_no_damage(target: str, text: str) -> None:
    assert codes(said(target, text)) == []


@pytest.mark.parametrize("number", ["12\x013", "12<3", "123(", "1{3"])
def test_nobody_can_say_whose_a_damaged_number_is(number: str) -> None:
    reading = Reading(manifest(), f'NO,NAME\n{number},"ROE, R"\n')
    assert not reading.accepted
    assert [each.record_key for each in reading.quarantined] == [""]


def test_what_is_left_of_a_key_is_not_the_key_of_somebody_else() -> None:
    fields = {"NAME": {"to": "name.full", "required": True}, "NO": {"to": "identifier.subject"}}
    source = manifest(fields=fields, identity_keys=["NAME", "NO"], booking_number_scope="absent")
    reading = Reading(source, 'NO,NAME\n1,\n2,"ROE, R"\n')
    assert [each.record_key for each in reading.quarantined] == [""]
    assert [each.record.key for each in reading.accepted] == ["ROE, R|2"]


def test_a_number_without_an_end_names_nobody() -> None:
    reading = Reading(manifest(), f'NO,NAME\n{"9" * 3_000},"ROE, R"\n')
    assert [each.record_key for each in reading.quarantined] == [""]
