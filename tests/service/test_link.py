"""`link`: who is whom in files, whatever the order, form and names in which they come."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.accuracy import measure
from bench.data_sets import DATA_SETS
from eyre.errors import InputError
from eyre.resolve.agreement import Agreement
from eyre.service.link_answer import answer_table, pairs_table
from eyre.service.link_mapping import LinkMapping
from eyre.service.link_summary import linked_summary
from eyre.service.tables import read_table, write_table
from tests.service.link_files_made import PEOPLE, link, persons, write, write_rows


def test_a_person_is_named_by_the_first_of_its_record_ids_and_rows_keep_their_order(tmp_path: Path) -> None:
    header, *rows = PEOPLE.splitlines()
    linked = link(write(tmp_path / "x.csv", "\n".join([header, *reversed(rows)])))
    assert linked.record_id.to_pylist() == ["b2", "b1", "a2", "a1"]
    assert linked.person_id.to_pylist() == ["b2", "a1", "a2", "a1"]
    assert linked.persons == 3


def as_gzip(path: Path) -> Path:
    zipped = path.with_name(path.name + ".gz")
    zipped.write_bytes(gzip.compress(path.read_bytes()))
    return zipped


def as_parquet(path: Path) -> Path:
    """With the types that a reader guesses: days as dates, numbers as numbers."""
    pq.write_table(pyarrow.csv.read_csv(path), path.with_suffix(".parquet"))
    return path.with_suffix(".parquet")


def as_semicolons(path: Path) -> Path:
    return write(path, path.read_text(encoding="utf-8").replace(",", ";"))


def with_mark(path: Path) -> Path:
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    return path


@pytest.mark.parametrize("form", [as_gzip, as_parquet, as_semicolons, with_mark])
def test_every_form_of_a_file_says_the_same(tmp_path: Path, form: Callable[[Path], Path]) -> None:
    plain = link(write(tmp_path / "x.csv", PEOPLE))
    assert persons(link(form(tmp_path / "x.csv"))) == persons(plain)


def test_rows_are_linked_across_files_that_name_their_columns_differently(tmp_path: Path) -> None:
    ours = write(tmp_path / "jail.csv", "given_name,surname,birth_date\nMarisol,Quintero,1984-03-09\n")
    theirs = write(tmp_path / "court.csv", "LAST NAME;First Name;DOB\nQuintero;Marisol;19840309\nOstrander;Petra;\n")
    assert persons(link(ours, theirs)) == {"jail:1": "court:1", "court:1": "court:1", "court:2": "court:2"}


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for folder in ("north", "south"):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder / "roster.csv", "full_name\nMarisol Quintero\n")
    linked = link(tmp_path / "north/roster.csv", tmp_path / "south/roster.csv")
    assert linked.record_id.to_pylist() == ["north/roster:1", "south/roster:1"]


def test_what_is_never_evidence_changes_nothing(tmp_path: Path) -> None:
    rows = [line.split(",") for line in PEOPLE.splitlines()]
    extra = ["race", "x", "y", "z", "z"], ["birth_place", "q", "w", "e", "e"], ["truth", "1", "1", "2", "2"]
    told = "\n".join(",".join([*row, *(each[at] for each in extra)]) for at, row in enumerate(rows))
    plain, full = link(write(tmp_path / "x.csv", PEOPLE)), link(write(tmp_path / "x.csv", told))
    assert full.person_id == plain.person_id
    assert pairs_table(full) == pairs_table(plain)
    summary = linked_summary(full)["files"][0]
    assert summary["never_evidence"] == {"race": "race-or-ethnicity", "birth_place": "birth-place", "truth": "truth"}


def test_the_pairs_say_weight_and_probability(tmp_path: Path) -> None:
    (pair,) = pairs_table(link(write(tmp_path / "x.csv", PEOPLE))).to_pylist()
    assert (pair["left_id"], pair["right_id"], pair["same_person"]) == ("a1", "b1", True)
    assert pair["weight_bits"] > 10
    assert pair["probability"] == pytest.approx(1 / (1 + 2 ** -pair["weight_bits"]), abs=1e-5)


def test_all_columns_of_all_files_are_kept_and_none_is_written_over(tmp_path: Path) -> None:
    one = write(tmp_path / "one.csv", 'surname,person_id,note\nLee,p7,"said ""no"", twice"\n')
    pq.write_table(pa.table({"surname": ["Ray"], "note": [5], "tags": [[1, 2]]}), tmp_path / "two.parquet")
    answer = answer_table(link(one, tmp_path / "two.parquet"), keep=True)
    assert answer.column_names == ["record_id", "person_id", "surname", "said_person_id", "note", "tags"]
    assert answer["note"].to_pylist() == ['said "no", twice', "5"]
    write_table(answer, tmp_path / "kept.parquet")
    assert pq.read_table(tmp_path / "kept.parquet")["tags"].to_pylist() == [None, [1, 2]]
    write_table(answer.drop_columns(["tags"]), tmp_path / "kept.csv.gz")
    assert read_table(tmp_path / "kept.csv.gz")["note"].to_pylist() == ['said "no", twice', "5"]
    with pytest.raises(InputError, match=r"column `tags`.*write .parquet"):
        write_table(answer, tmp_path / "kept.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept.csv.gz", "kept.parquet", "one.csv", "two.parquet"]


def test_a_header_alone_is_no_records(tmp_path: Path) -> None:
    linked = link(write(tmp_path / "x.csv", "record_id,surname\n"))
    assert (linked.persons, answer_table(linked, keep=True).num_rows) == (0, 0)


GIVEN = ["Marisol", "Mari", "Dwayne", "Wayne", "Petra", "Peter", ""]
FAMILY = st.fixed_dictionaries(
    {
        "given_name": st.sampled_from(GIVEN),
        "surname": st.sampled_from(["Quintero", "Ostrander", "Ostrander Jr", ""]),
        "birth_date": st.sampled_from(["1984-03-09", "1984-03-19", "1958-01-01", "1984", ""]),
        "phone": st.sampled_from(["555-301-2210", "555-301-2211", ""]),
        "street_address": st.sampled_from(["12 Alder St", "9 Birch Ave Apt 3", ""]),
    }
)


@settings(max_examples=25)
@given(st.lists(FAMILY, min_size=2, max_size=12), st.randoms(use_true_random=False), st.integers(0, 12))
def test_the_order_of_rows_and_files_makes_no_difference(
    tmp_path_factory: pytest.TempPathFactory, people: list[dict[str, str]], random: object, cut: int
) -> None:
    folder = tmp_path_factory.mktemp("order")
    rows = [{"record_id": f"r{at:02}", **person} for at, person in enumerate(people)]
    whole = link(write_rows(folder / "whole.csv", rows))
    random.shuffle(rows)  # type: ignore[attr-defined]
    parts = [part for part in (rows[cut:], rows[:cut]) if part]
    paths = [write_rows(folder / f"part{at}.csv", part) for at, part in enumerate(parts)]
    assert persons(link(*paths)) == persons(whole)


def measured(name: str) -> Agreement:
    result, _ = measure(next(each for each in DATA_SETS if each.name == name))
    return result


def test_febrl3_is_linked_nearly_without_fault() -> None:
    result = measured("febrl3")
    assert result.f1 >= 0.99
    assert result.precision >= 0.999


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "least"), [("febrl4", 0.99), ("historical_50k", 0.76), ("ppl_all", 0.96), ("ppl_census_link", 0.95)]
)
def test_no_change_takes_accuracy_below_its_floor(name: str, least: float) -> None:
    assert measured(name).f1 >= least


def test_a_mapping_is_used_before_a_name(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", "surname,maiden,first_name\nLee,Quintero,Ann\nRay,Quintero,Ann\n")
    by_name = link(path)
    assert by_name.files[0].plan.recognised == {"first_name": "given_name", "surname": "surname"}
    mapped = link(path, mapping=LinkMapping({"maiden": "surname", "surname": "ignored"}))
    assert mapped.files[0].plan.recognised == {"first_name": "given_name", "maiden": "surname"}
