"""Readers are bounded, keep their counts, and refuse by code what is not the declared format."""

import gzip
import io
import json
import time
import zipfile
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from eyre.errors import SourceError
from eyre.sources import refusal
from eyre.sources.manifest import Manifest
from eyre.sources.parse_delivery import parse_delivery
from tests.sources.reading import AS_OF, Reading, manifest

JSON = {"type": "json", "rows": "data", "total": "total"}
XML = {"type": "xml", "row": "b:Row", "namespaces": {"b": "urn:b"}}
FIXED = {
    "type": "fixed",
    "columns": [{"name": "NO", "start": 1, "width": 3}, {"name": "NAME", "start": 5, "width": 10}],
    "skip": ["#"],
    "trailer": "T",
    "total": {"name": "total", "start": 2, "width": 4},
}
HTML = {"type": "html", "rows": "table#r tr"}


def refused(source: Manifest, data: bytes | str) -> str:
    raw = data.encode() if isinstance(data, str) else data
    with pytest.raises(SourceError) as caught:
        list(parse_delivery(source, raw, as_of=AS_OF))
    return caught.value.code


def keys(reading: Reading) -> list[str]:
    return [each.record.key for each in reading.accepted]


def test_an_open_file_is_read_as_bytes_are() -> None:
    outcomes = list(parse_delivery(manifest(), io.BytesIO(b"NO,NAME\n1,A\n"), as_of=AS_OF))
    assert len(outcomes) == 2


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("NO,NAME\n1,Muñoz\n".encode(), "Muñoz"),
        ("NO,NAME\n1,Muñoz\n".encode("utf-8-sig"), "Muñoz"),
        ("NO,NAME\n1,Muñoz\n".encode("utf-16"), "Muñoz"),
        ("NO,NAME\n1,Muñoz\n".encode("cp1252"), "Muñoz"),
    ],
)
def test_the_encoding_is_found_by_rule(raw: bytes, name: str) -> None:
    assert Reading(manifest(), raw).record.person.names[0].full == name


def test_a_declared_encoding_is_held_to() -> None:
    assert refused(manifest(encoding="utf-8"), "NO,NAME\n1,Muñoz\n".encode("cp1252")) == refusal.ENCODING
    assert refused(manifest(), b"NO,NAME\n1,\x81\n") == refusal.ENCODING


def test_csv_faults_stay_in_their_row() -> None:
    reading = Reading(manifest(), 'NO,NAME\n1,A\n2,B,C\n\n3,"x"y\n4,D\n')
    assert keys(reading) == ["1", "4"]
    assert [each.place for each in reading.quarantined] == ["line 3", "line 5"]
    assert [each.why for each in reading.ignored] == ["blank line"]


def test_an_open_quotation_at_the_end_is_a_truncation() -> None:
    reading = Reading(manifest(), 'NO,NAME\n1,A\n2,"B\n')
    assert (keys(reading), reading.codes, reading.summary.complete) == (["1"], ["bad-row"], False)
    assert [issue.code.value for issue in reading.summary.issues] == ["truncated"]


def test_a_second_column_of_one_name_is_another_layout() -> None:
    assert refused(manifest(), "NO,NAME,NO\n1,A,2\n") == refusal.LAYOUT


def test_a_header_without_the_key_column_is_another_layout() -> None:
    assert refused(manifest(), "NUMBER,NAME\n1,A\n") == refusal.LAYOUT


@pytest.mark.parametrize("form", [{"type": "csv"}, JSON, {"type": "jsonl"}, XML, FIXED])
def test_a_maintenance_page_is_refused(form: dict[str, Any]) -> None:
    page = "<!DOCTYPE html><html><body>Down for maintenance</body></html>"
    assert refused(manifest(format=form), page) == refusal.HTML_PAGE


def test_json_rows_total_and_envelope() -> None:
    source = manifest(format=JSON)
    body: dict[str, Any] = {"page": 1, "data": [{"NO": 1, "NAME": "A"}, {"NO": 2, "NAME": None}, 7], "total": 4}
    reading = Reading(source, json.dumps(body))
    assert (keys(reading), reading.codes) == (["1"], ["missing-field", "bad-row"])
    assert [(i.code.value, i.field, i.severity.value) for i in reading.summary.issues] == [
        ("assertion", "", "error"),
        ("unknown-field", "page", "warning"),
    ]


def test_json_that_ends_early_keeps_whole_rows_and_says_so() -> None:
    reading = Reading(manifest(format=JSON), '{"data": [{"NO": "1", "NAME": "A"}, {"NO": "2", "NA')
    assert (keys(reading), reading.codes, reading.summary.complete) == (["1"], ["bad-row"], False)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("not json", refusal.WRONG_FORMAT),
        ('{"data": [{"NO": 1,}]}', refusal.WRONG_FORMAT),
        ('{"error": "max-requests-for-timeperiod"}', refusal.LAYOUT),
        ("[" * 100_000, refusal.LIMIT),
        ('{"data": [' + '{"a":' * 100_000, refusal.LIMIT),
    ],
)
def test_other_json_is_refused(text: str, code: str) -> None:
    assert refused(manifest(format=JSON), text) == code


def test_a_json_field_told_twice_is_a_fault_of_its_row() -> None:
    reading = Reading(
        manifest(format={"type": "jsonl"}), '{"NO": "1", "NO": "2", "NAME": "A"}\n{"NO": "3", "NAME": "B"}\n'
    )
    assert (reading.codes, keys(reading)) == (["bad-row"], ["3"])


def test_numbers_in_json_keep_their_text() -> None:
    source = manifest(fields={"AMOUNT": {"to": "charge.bond_amount"}}, format={"type": "jsonl"})
    reading = Reading(source, '{"NO": 12345678901234567890, "NAME": "A", "AMOUNT": 100.50}\n')
    assert (keys(reading), reading.record.charges[0].bond_amount) == (["12345678901234567890"], "100.50")


def test_xml_rows_attributes_and_strays() -> None:
    text = '<Rows xmlns="urn:b"><Row><NO>1</NO><NAME>A</NAME></Row><Row id="9"><NO>2</NO><NAME>B</NAME></Row></Rows>'
    fields = {"b:NO": {"to": "booking.booking_number"}, "b:NAME": {"to": "name.full"}}
    source = manifest(format=XML, fields=fields, identity_keys=["b:NO"])
    reading = Reading(source, text)
    assert (keys(reading), reading.codes) == (["1"], ["unknown-field"])
    half = Reading(source, text[: text.index("<Row id")])
    assert (keys(half), half.summary.complete) == (["1"], False)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', refusal.DOCTYPE),
        ('<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', refusal.DOCTYPE),
        ("<a><b></a>", refusal.WRONG_FORMAT),
        ("<a/>", refusal.LAYOUT),
        ("<a>" * 200, refusal.LIMIT),
        ("plain", refusal.WRONG_FORMAT),
    ],
)
def test_other_xml_is_refused(text: str, code: str) -> None:
    assert refused(manifest(format=XML), text) == code


def test_a_billion_laughs_are_refused_before_they_are_told() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    assert refused(manifest(format=XML), f'<!DOCTYPE a [<!ENTITY l0 "ha">{entities}]><a>&l9;</a>') == refusal.DOCTYPE


def test_fixed_width_headers_trailers_and_strays() -> None:
    reading = Reading(manifest(format=FIXED), "# a header\n001 ROE, R\n002xROE, S\n0\n003 ROE, T\nT0003\n")
    assert (keys(reading), reading.codes, len(reading.ignored)) == (["001", "003"], ["bad-row", "bad-row"], 2)
    assert [issue.code.value for issue in reading.summary.issues] == ["assertion"]


def test_html_rows_by_header_and_blank_rows() -> None:
    head = "<table id=r><tr><th>NO</th><th>NAME</th></tr>"
    table = f"{head}<tr><td>1</td><td>ROE,&nbsp;R</td></tr><tr><td></td><td></td></tr>"
    reading = Reading(manifest(format=HTML), f"<html>{table}<tr><td>2</td></tr></table></html>")
    assert (keys(reading), reading.codes, len(reading.ignored)) == (["1"], ["bad-row"], 1)
    assert reading.summary.complete
    assert not Reading(manifest(format=HTML), f"<html>{table}").summary.complete


def test_the_last_row_of_an_html_page_that_was_cut_off_is_not_read() -> None:
    rows = "<tr><td>1</td><td>ROE, R</td></tr><tr><td>2</td><td>ROE, ROBER"
    cut = Reading(manifest(format=HTML), f"<html><table id=r><tr><th>NO</th><th>NAME</th></tr>{rows}")
    assert (keys(cut), cut.codes) == (["1"], ["bad-row"])
    assert not cut.summary.complete


def test_other_html_is_refused() -> None:
    assert refused(manifest(format=HTML), "<html>maintenance</html>") == refusal.LAYOUT
    assert refused(manifest(format=HTML), "<div>" * 100_000) == refusal.LIMIT


def workbook(cells: dict[str, str]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for place, text in cells.items():
        sheet.write(place, text)
    book.close()
    return out.getvalue()


def test_excel_is_read_and_its_bombs_are_refused() -> None:
    source = manifest(format={"type": "excel"})
    cells = {"A1": "NO", "B1": "NAME", "A2": "1", "B2": "ROE, R"}
    assert keys(Reading(source, workbook(cells))) == ["1"]
    assert refused(source, workbook({**cells, "XFD1048576": "far"})) == refusal.LIMIT
    assert refused(source, b"PK\x03\x04 no workbook") == refusal.WRONG_FORMAT
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (8 << 20))
    assert refused(source, bomb.getvalue()) == refusal.LIMIT


def test_parquet_is_read_and_nested_or_broken_files_are_refused() -> None:
    source = manifest(format={"type": "parquet"})

    def file(columns: dict[str, Any]) -> bytes:
        out = io.BytesIO()
        pq.write_table(pa.table(columns), out)
        return out.getvalue()

    assert keys(Reading(source, file({"NO": [1, 2], "NAME": ["A", "B"]}))) == ["1", "2"]
    assert refused(source, file({"NO": [[1]], "NAME": ["A"]})) == refusal.LAYOUT
    assert refused(source, file({"NO": [1]})[:-9]) == refusal.WRONG_FORMAT
    assert refused(manifest(format={"type": "parquet"}, limits={"max_rows": 1}), file({"NO": [1, 2]})) == refusal.LIMIT


def test_gzip_is_opened_bounded_and_checked() -> None:
    raw = b"NO,NAME\n1,A\n2,B\n"
    assert keys(Reading(manifest(), gzip.compress(raw))) == ["1", "2"]
    cut = Reading(manifest(), gzip.compress(raw)[:-4])
    assert not cut.summary.complete
    assert refused(manifest(), gzip.compress(b"\n" * (64 << 20))) == refusal.LIMIT
    damaged = bytearray(gzip.compress(raw))
    damaged[-6] ^= 0xFF
    assert refused(manifest(), bytes(damaged)) == refusal.WRONG_FORMAT


@pytest.mark.parametrize(
    ("limits", "data"),
    [
        ({"max_bytes": 10}, "NO,NAME\n1,A\n"),
        ({"max_rows": 1}, "NO,NAME\n1,A\n2,B\n"),
        ({"max_line": 20}, "NO,NAME\n1," + "A" * 30),
        ({"max_line": 20}, 'NO,NAME\n1,"' + "A\n" * 30),
    ],
)
def test_a_limit_refuses(limits: dict[str, int], data: str) -> None:
    assert refused(manifest(limits=limits), data) == refusal.LIMIT


def test_a_refusal_repeats_nothing_of_the_delivery() -> None:
    with pytest.raises(SourceError) as caught:
        list(parse_delivery(manifest(format=JSON), b'{"data": [{"NAME": "ROE, RICHARD",}]}', as_of=AS_OF))
    assert "ROE" not in str(caught.value)


@pytest.mark.parametrize("value", ["\\ud800", "\\u0000", "A" * 101])
def test_a_value_that_is_no_text_or_too_long_is_a_fault_of_its_row(value: str) -> None:
    source = manifest(format={**JSON, "total": ""}, limits={"max_line": 100})
    reading = Reading(source, f'{{"data": [{{"NO": "1", "NAME": "{value}"}}, {{"NO": "2", "NAME": "B"}}]}}')
    assert (reading.codes, keys(reading)) == (["bad-row"], ["2"])


def test_a_row_that_cannot_be_parted_is_kept_as_text_unless_it_could_tell_what_is_never_taken() -> None:
    line = 'NO,NAME\n1,"ROE, R",EXTRA\n'
    assert "EXTRA" in Reading(manifest(), line).quarantined[0].raw
    told = Reading(manifest(sensitive={"FAITH": "religion"}), line).quarantined[0].raw
    assert "EXTRA" not in told
    assert "withheld" in told
    assert "ICE" not in Reading(manifest(), "NO,NAME\n1,A,HOLD FOR ICE\n").quarantined[0].raw


def test_a_declared_column_that_a_table_lacks_is_told_once() -> None:
    source = manifest(fields={"OUT": {"to": "booking.released_at", "formats": ["%Y-%m-%d"]}})
    reading = Reading(source, "NO,NAME\n1,A\n2,B\n")
    assert [(issue.code.value, issue.field) for issue in reading.summary.issues] == [("missing-field", "OUT")]
    assert reading.summary.complete


def test_damaged_text_in_parquet_is_refused() -> None:
    out = io.BytesIO()
    pq.write_table(pa.table({"NO": ["1"], "NAME": ["A\u00e9A"]}), out, compression="none", use_dictionary=False)
    damaged = out.getvalue().replace("A\u00e9A".encode(), b"A\xff\xfeA")
    assert refused(manifest(format={"type": "parquet"}), damaged) == refusal.WRONG_FORMAT


SHORT_VALUE, LONGER = 10_000, 20
MUCH = 5
"""Were it to grow with the square of the length, it would be as many times too much as the value is longer: 20."""


@pytest.mark.parametrize("filler", [" ", ",", "(", "-", "9", "9,", "$", "HOLD ", "AKA ", "0/", "ICE HOL "])
def test_a_long_value_is_read_in_a_time_that_grows_with_its_length_only(filler: str) -> None:
    source = manifest(
        fields={
            "BOND": {"to": "charge.bond"},
            "HOLD": {"to": "hold.description"},
            "OUT": {"to": "booking.released_at", "formats": ["%m/%d/%Y", "%b %d %Y %I:%M%p"]},
        }
    )

    def work(length: int) -> float:
        """The seconds that a core works for it, however many others it works for meanwhile."""
        text = filler * (length // len(filler))
        began = time.thread_time()
        reading = Reading(source, f'NO,NAME,BOND,HOLD,OUT\n1,"A{text}","{text}","{text}","{text}"\n')
        assert reading.summary.rows_in == 1
        return time.thread_time() - began

    work(100)  # the manifest is made ready
    short = min(work(SHORT_VALUE) for _ in range(5))
    assert work(LONGER * SHORT_VALUE) < LONGER * MUCH * short
