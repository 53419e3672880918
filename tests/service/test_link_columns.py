"""What resolution is told of each column."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from eyre.resolve.said import SaidColumns
from eyre.service.coded_texts import nothing
from eyre.service.link_births import births_of
from eyre.service.link_columns import FilePlan, said_of, slots_of
from eyre.service.link_mapping import AsOfByValue, LinkMapping
from eyre.service.plan_columns import plan_columns
from eyre.service.texts import text_of

HERE = Path("x.csv")


def said(mapping: LinkMapping | None = None, **columns: Any) -> SaidColumns:
    table = pa.table(columns)
    mapping = mapping or LinkMapping()
    plan = plan_columns(table.column_names, mapping.columns, HERE)
    return said_of(slots_of([FilePlan(HERE, "x", table, plan)], mapping))


def told_in(column: Any) -> list[str | None]:
    return list(column.to_pylist())


def day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def births(columns: SaidColumns) -> list[tuple[int, int, int]]:
    found = columns.births
    return list(zip(found.row.tolist(), found.earliest.tolist(), found.latest.tolist(), strict=True))


@pytest.mark.parametrize(
    "column",
    [
        ["1984-03-09", None, "1958"],
        ["03/09/1984", "", "1958"],
        [" 19840309 ", "00/00/0000", "1958.0"],
        [19840309, None, 1958],
        [19840309.0, None, 1958.0],
    ],
)
def test_a_date_is_read_however_it_is_written(column: list[object]) -> None:
    exact = day("1984-03-09")
    assert births(said(dob=column)) == [(0, exact, exact), (2, day("1958-01-01"), day("1958-12-31"))]


def test_typed_days_are_days() -> None:
    assert births(said(birth_date=[date(1984, 3, 9)])) == births(said(birth_date=["1984-03-09"]))
    stamps = pa.array([date(1984, 3, 9)]).cast(pa.timestamp("us"))
    assert births(said(birth_date=stamps)) == births(said(birth_date=["1984-03-09"]))


def test_an_age_counts_from_its_own_day_or_the_mappings_also_beside_a_date() -> None:
    columns: Any = {
        "age": ["36", "36", "36", "x", "200"],
        "as_of": ["2020-04-01", "", "2020-04-01", "2020-04-01", "2020-04-01"],
        "dob": ["", "", "1984-03-09", "", ""],
    }
    own = (0, day("1983-04-02"), day("1984-04-01"))
    exact = (2, day("1984-03-09"), day("1984-03-09"))
    beside = (2, day("1983-04-02"), day("1984-04-01"))
    assert births(said(**columns)) == [own, exact, beside]
    later = (1, day("1993-04-02"), day("1994-04-01"))
    assert births(said(LinkMapping(as_of=date(2030, 4, 1)), **columns)) == [own, later, exact, beside]


def test_an_age_can_hold_as_of_the_day_of_its_source() -> None:
    by_source = AsOfByValue("source", {"census": date(2020, 4, 1)})
    found = births(said(LinkMapping(as_of_by_value=by_source), age=[36, 36], source=["census", "tax"]))
    assert found == [(0, day("1983-04-02"), day("1984-04-01"))]


def test_a_pattern_tells_the_day_of_a_file() -> None:
    mapping = LinkMapping(as_of=date(2000, 1, 1), as_of_by_file={"census_*.csv": date(2020, 4, 1)})
    assert mapping.day_of_file(Path("data/census_a.csv")) == date(2020, 4, 1)
    assert mapping.day_of_file(Path("data/tax.csv")) == date(2000, 1, 1)


def test_several_dates_of_birth_are_several_births() -> None:
    mapping = LinkMapping({"dob": "birth_date", "other_dob": "birth_date"})
    found = births(said(mapping, dob=["1984-03-09", ""], other_dob=["1984-09-03", "1990-01-02"]))
    assert [row for row, _, _ in found] == [0, 0, 1]


def test_births_of_nothing_are_none() -> None:
    empty = nothing(0)
    assert len(births_of([empty], empty, (empty, empty)).row) == 0


def test_several_phones_are_several_values_and_empty_ones_none() -> None:
    phones = said(surname=["a", "b", "c"], phone=["1", "", None], cell_phone=["2", "3", " "]).phones
    assert (phones.row.tolist(), told_in(phones.text)) == ([0, 0, 1], ["1", "2", "3"])


def test_a_full_name_beside_parts_is_a_second_name() -> None:
    names = said(first_name=["Ann", ""], surname=["Lee", ""], full_name=["Lee, Ann M", "Bo Ray"]).names
    assert names.row.tolist() == [0, 0, 1]
    assert told_in(names.given) == ["Ann", "", ""]
    assert told_in(names.full) == ["", "Lee, Ann M", "Bo Ray"]


def test_a_post_office_box_is_an_address_of_its_own() -> None:
    addresses = said(street_name=["Alder St", "", ""], po_box=["PO Box 77", "78", ""], city=["Fairhaven"] * 3).addresses
    told = zip(addresses.row.tolist(), told_in(addresses.house_number), told_in(addresses.street), strict=True)
    assert list(told) == [(0, "", "Alder St"), (0, "77", "po box"), (1, "78", "po box"), (2, "", "")]
    assert told_in(addresses.city) == ["Fairhaven"] * 4


def test_a_first_address_line_is_the_street_beside_house_numbers_and_else_the_whole() -> None:
    beside = plan_columns(["Street Number", "address_1"], {}, HERE).taken
    assert beside == {"house_number": ("Street Number",), "street": ("address_1",)}
    assert plan_columns(["address_1", "city"], {}, HERE).taken["street_address"] == ("address_1",)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("First Name", "given_name"), ("LAST_NAME", "surname"), ("dateOfBirth", "birth_date"), ("DOB", "birth_date"),
        ("Zip", "postal_code"), ("zipcode", "postal_code"), ("Gender", "sex"), ("soc_sec_id", "ssn"),
        ("street_number", "house_number"), ("suburb", "city"), ("postcode", "postal_code"),
        ("middle_initial", "middle_name"), ("Apt #", "unit"), ("E-mail", "email"), ("Rec ID", "record_id"),
    ],
)  # fmt: skip
def test_common_names_are_recognised(theirs: str, ours: str) -> None:
    assert plan_columns([theirs, "full_name"], {}, HERE).recognised[theirs] == ours


def test_a_standard_name_goes_before_a_synonym_and_the_other_rides_along() -> None:
    plan = plan_columns(["last_name", "surname"], {}, HERE)
    assert plan.taken["surname"] == ("surname",)
    assert plan.rides_along == ("last_name",)


def test_floats_that_are_not_whole_stay_as_they_are() -> None:
    assert text_of(pa.chunked_array([[1.5, 2.0, None]]), "x", HERE).to_pylist() == ["1.5", "2", ""]
    assert text_of(pa.chunked_array([[3.0, float("nan"), None]]), "x", HERE).to_pylist() == ["3", "", ""]


def test_zeros_that_a_spreadsheet_took_come_back_where_codes_have_five_digits() -> None:
    def codes(*texts: str) -> list[str | None]:
        return told_in(said(surname=["x"] * len(texts), zip=list(texts)).addresses.postal_code)

    assert codes("10001", "90210.0", "2119", "602", "", "98101-1234") == [
        "10001",
        "90210",
        "02119",
        "00602",
        "98101-1234",
    ]
    assert codes("2119", "3165", "4881", "10001") == ["2119", "3165", "4881", "10001"]


def test_numbers_that_went_through_floats_are_what_they_were() -> None:
    columns = said(
        phone=["5553012210.0", "555-301.0"], ssn=["512047788.0", ""], age=["36.0", "36.5"], as_of=["2020-04-01"] * 2
    )
    assert told_in(columns.phones.text) == ["5553012210", "555-301.0"]
    assert told_in(columns.identifiers.value) == ["512047788"]
    assert columns.births.row.tolist() == [0]
