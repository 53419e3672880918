"""Deliveries that were damaged as a whole, or line by line: told, or not taken."""

from typing import Any

import pytest

from eyre.sources import refusal
from eyre.sources.fixed_habits import FixedHabits
from eyre.sources.formats import FixedColumn
from tests.sources.reading import Reading, manifest
from tests.sources.test_damaged import codes
from tests.sources.test_readers import FIXED, keys, refused

CHARGE = {"CHARGE": {"to": "charge.description"}}
JSON_LINES = {"type": "jsonl"}


def test_text_in_an_encoding_that_nobody_declared_is_told() -> None:
    body = 'NO,NAME\n1,"MUÑOZ, R"\n'.encode("cp1252")
    assert codes(Reading(manifest(), body)) == ["encoding"]
    assert codes(Reading(manifest(encoding="cp1252"), body)) == []
    lines = '{"NO":"1","NAME":"MUÑOZ, R"}\n'
    assert codes(Reading(manifest(format=JSON_LINES), lines.encode("cp1252"))) == ["encoding"]
    assert codes(Reading(manifest(format={"type": "json", "rows": ""}), f"[{lines}]".encode("cp1252"))) == ["encoding"]


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_that_is_not_of_the_declared_encoding_is_refused(mark: bytes) -> None:
    assert refused(manifest(encoding="cp1252"), mark + b"NO,NAME\n1,A\n") == refusal.ENCODING


def test_a_table_without_its_header_is_no_table() -> None:
    assert refused(manifest(), "") == refusal.LAYOUT
    headless = {"type": "csv", "columns": ["NO", "NAME"], "header": False}
    assert Reading(manifest(format=headless), "").summary.complete


def test_columns_that_a_cut_header_lacks_are_told_also_where_no_row_stands_under_it() -> None:
    reading = Reading(manifest(fields=CHARGE), "NO,NAME,CHA")
    assert [(each.code.value, each.field) for each in reading.summary.issues] == [("missing-field", "CHARGE")]


def test_columns_of_a_group_that_are_not_there_are_told() -> None:
    group = {"by": ["NO"], "list": "charges", "columns": ["CHARGE"]}
    source = manifest(group=group, lists={"charges": {"fields": CHARGE}})
    assert codes(Reading(source, 'NO,NAME\n1,"ROE, R"\n')) == ["missing-field"]


def test_a_quotation_within_a_cell_is_a_fault_and_inches_are_none() -> None:
    form = {"type": "csv", "columns": ["NO", "NAME"], "header": False}
    reading = Reading(manifest(format=form), '\xffx"1",A\n2,5\'11"\n3,WILLIAM "BILL"\n""\n')
    assert (keys(reading), reading.codes) == (["2", "3"], ["bad-row", "bad-row"])


def test_a_file_that_ends_within_the_end_of_a_line_is_cut() -> None:
    whole = 'NO,NAME\r\n1,"ROE, R"\r\n'
    assert Reading(manifest(), whole).summary.complete
    assert not Reading(manifest(), whole[:-1]).summary.complete


def fixed(*lines: str) -> Reading:
    rows = "".join(f"{line}\n" for line in ("#", *lines, f"T{len(lines):04}"))
    return Reading(manifest(format=FIXED), rows)


def test_a_line_that_lost_a_letter_among_padded_ones_is_a_fault() -> None:
    padded = [f"{number:03} {'ROE, R':10}" for number in range(8)]
    assert codes(fixed(*padded)) == []
    assert codes(fixed(*padded, "008 ROE, RICH")) == ["bad-row"]
    assert codes(fixed(*(line.rstrip() for line in padded), "008 ROE, RICH")) == []


def test_blanks_that_part_a_text_are_a_fault_where_no_other_line_has_them() -> None:
    sound = [f"{number:03} {'ROE, R':10}" for number in range(12)]
    assert codes(fixed(*sound, "012 ROE,     R")) == ["bad-row"]
    assert codes(fixed(*(f"{number:03} ROE,     R" for number in range(12)), sound[0].replace("000", "012"))) == []


def test_habits_need_more_than_a_few_lines() -> None:
    columns = (FixedColumn(name="A", start=1, width=9),)
    assert FixedHabits(columns, ["ROE      "] * 5).fault("ROE") == ""
    assert FixedHabits(columns, ["ROE      "] * 6).fault("ROE") == "the line has 3 characters, the others have 9"


@pytest.mark.parametrize(
    "text",
    [
        "Charge: 565.056 - ASSAULT; Bond - CASH, $500.00; Bond - SURETY, $10.00",
        "Charge: 565.056 - ASSAULT<1e9br />Charge: 570.030 - STEALING",
    ],
)
def test_two_charges_that_ran_into_one_are_not_taken_for_one(text: str) -> None:
    fields: dict[str, Any] = {}
    lists = {"charges": {"fields": {"description": {"to": "charge.description"}, "bond": {"to": "charge.bond"}}}}
    lists["charges"]["ignored"] = ["kind", "statute"]  # type: ignore[assignment]
    form = {"type": "csv", "columns": ["NO", "NAME", "hold_reasons"], "header": False}
    source = manifest(hook="cinder_holds", fields=fields, lists=lists, format=form)
    assert codes(Reading(source, f'1,"ROE, R","{text}"\n'))[:1] == ["unknown-field"]
