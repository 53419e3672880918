"""The generated people are the same every time, and what is said of them is what the description promises."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bench.population import draw_records, write_population
from eyre.service.plan_columns import plan_columns

RECORDS = 20_000


@pytest.fixture(scope="module")
def people() -> pa.Table:
    return pa.concat_tables(draw_records(RECORDS, seed=7))


def missing(people: pa.Table, column: str) -> float:
    return people[column].null_count / people.num_rows


def test_the_same_seed_gives_the_same_file_and_another_seed_another_one(tmp_path: Path) -> None:
    for name, seed in (("one", 3), ("two", 3), ("other", 4)):
        write_population(tmp_path / f"{name}.parquet", 2_000, seed)
    one, two, other = (pq.read_table(tmp_path / f"{name}.parquet") for name in ("one", "two", "other"))
    assert one.equals(two)
    assert one["surname"] != other["surname"]
    assert one["record_id"].to_pylist() == [f"{number:09}" for number in range(2_000)]


def test_every_column_is_recognised_and_truth_is_not(people: pa.Table) -> None:
    taken = plan_columns(["record_id", *people.column_names], {}, Path("people.parquet")).recognised
    assert {name: field for name, field in taken.items() if name != field} == {}
    assert set(people.column_names) - set(taken) == {"truth"}


def test_there_are_about_three_records_a_person_and_at_most_eight(people: pa.Table) -> None:
    sizes = np.bincount(people["truth"].to_numpy())
    assert people.num_rows == RECORDS
    assert 2.8 < sizes.mean() < 3.2
    assert sizes.min() >= 1
    assert sizes.max() == 8


def test_names_are_as_frequent_as_counted(people: pa.Table) -> None:
    surnames = people["surname"].to_pylist()
    assert 0.005 < surnames.count("smith") / RECORDS < 0.015  # 1.0 % in 1990
    assert 0.003 < surnames.count("brown") / RECORDS < 0.010
    assert len(set(surnames)) > RECORDS / 10


def test_what_is_missing_is_missing_as_often_as_said(people: pa.Table) -> None:
    shares = {name: missing(people, name) for name in ("ssn", "phone", "birth_date", "given_name", "street")}
    assert shares == pytest.approx(
        {"ssn": 0.70, "phone": 0.45, "birth_date": 0.05, "given_name": 0.006, "street": 0.12}, abs=0.02
    )


def test_there_are_fathers_and_sons_twins_and_shared_homes(people: pa.Table) -> None:
    lines = people.to_pylist()
    persons: dict[int, list[dict[str, str]]] = {}
    for line in lines:
        persons.setdefault(line["truth"], []).append(line)
    assert {line["name_suffix"] for line in lines} == {None, "jr", "sr"}
    homes = {
        (line["surname"], line["house_number"], line["street"], line["postal_code"]): line["truth"] for line in lines
    }
    shared = sum(homes[line["surname"], line["house_number"], line["street"], line["postal_code"]] != line["truth"]
                 for line in lines if line["street"])  # fmt: skip
    assert shared > RECORDS / 20
    moved = [len({line["postal_code"] for line in said if line["postal_code"]}) > 1 for said in persons.values()]
    renamed = [len({line["surname"][:2] for line in said if line["surname"]}) > 1 for said in persons.values()]
    assert 0.06 < np.mean(moved) < 0.25  # of all, those with one record included
    assert 0.02 < np.mean(renamed) < 0.15


def test_one_ssn_is_one_persons_but_for_slips(people: pa.Table) -> None:
    numbers = people.select(["ssn", "truth"]).filter(pa.compute.is_valid(people["ssn"]))
    pairs = set(zip(numbers["ssn"].to_pylist(), numbers["truth"].to_pylist(), strict=True))
    assert len(pairs) - len({number for number, _ in pairs}) <= 1
