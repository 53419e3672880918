"""Files and mappings that cannot be used are refused with place and remedy, and with nothing of a row."""

import gzip
import io
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eyre.errors import InputError
from eyre.service.link_mapping import LinkMapping, load_mapping, parse_pairs
from eyre.service.read_csv_table import LONGEST_ROW
from eyre.service.tables import check_output, read_table, write_table
from eyre.service.texts import LONGEST_VALUE
from tests.service.link_files_made import PEOPLE, link, write

SECRET = "Quintero"


def forms() -> dict[str, bytes]:
    plain = PEOPLE.encode()
    parquet = io.BytesIO()
    pq.write_table(pyarrow.csv.read_csv(io.BytesIO(plain)), parquet)
    return {"csv": plain, "csv.gz": gzip.compress(plain), "parquet": parquet.getvalue()}


FORMS = forms()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "`x.csv` is empty: give it a header"),
        (b" \n\n", "`x.csv` is empty"),
        (b"surname,city\nLee,A\nQuintero\n", "row 3 of `x.csv` has 1 cells where the header has 2"),
        (b"surname,city\nLee,A\nQuintero,B,C\n", "row 3 of `x.csv` has 3 cells where the header has 2"),
        (b'surname,city\n"Quintero,A\nLee,B\n', "row 2 of `x.csv` has 1 cells"),
        (b"surname,city\nLee,A\nQuintero\xf1,B\n", "line 3 of `x.csv` is not utf-8 text.*--encoding cp1252"),
        ("surname\nQuintero\n".encode("utf-16"), "UTF-16 text, not UTF-8: add `--encoding utf-16`"),
        (b"surname,surname\nQuintero,B\n", "columns 1 and 2 of `x.csv` have the same name"),
        (b"x,y\nQuintero,B\n", "none of the 2 columns of `x.csv` is known to say who anybody is.*--map theirs=ours"),
        (b"record_id,as_of\n1,2020-01-01\n", "none of the 2 columns"),
        (b"record_id,surname\n7,Quintero\n,Lee\n", "row 2 of `x.csv` has no record id in `record_id`"),
        (
            b"rec_id,surname\n7,Quintero\n8,Lee\n7,Ray\n",
            "row 1 of `x.csv` and row 3 of `x.csv` have the same record id",
        ),
        (b"surname\n" + b"Q" * (LONGEST_VALUE + 1), "row 1 of `x.csv` has 10001 bytes in `surname`"),
        (b"Quintero,Marisol,1984-03-09\nLee,Ann,\n", "none of the 3 columns.*is its first row a header"),
        (b"Quintero,Quintero\nLee,Ann\n", "is the first row a header"),
        (b"surname,b\nLee," + b"Q" * (2 * LONGEST_ROW) + b"\n", "a row of `x.csv` is longer than"),
    ],
)
def test_a_csv_that_cannot_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, told: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.csv").write_bytes(content)
    with pytest.raises(InputError, match=told) as refused:
        link(Path("x.csv"))
    assert refused.value.remedy
    assert SECRET not in str(refused.value)


def test_record_ids_are_unique_over_all_files(tmp_path: Path) -> None:
    files = [write(tmp_path / name, PEOPLE) for name in ("one.csv", "two.csv")]
    with pytest.raises(InputError, match=r"row 1 of `.*one.csv` and row 1 of `.*two.csv` have the same record id"):
        link(*files)


@pytest.mark.parametrize("ends", [".gz", ""])
def test_a_file_that_expands_beyond_measure_is_refused(tmp_path: Path, ends: str) -> None:
    path = tmp_path / f"x.csv{ends}"
    content = b"surname\n" + b"Lee\n" * 100_000
    path.write_bytes(gzip.compress(content) if ends else content)
    with pytest.raises(InputError, match="expands to more than 1000 bytes"):
        read_table(path, most_bytes=1_000)
    pq.write_table(pa.table({"surname": ["Lee"] * 100_000}), tmp_path / "x.parquet", use_dictionary=False)
    with pytest.raises(InputError, match="expands to more than 1000 bytes"):
        read_table(tmp_path / "x.parquet", most_bytes=1_000)


def test_files_that_are_not_what_their_names_say(tmp_path: Path) -> None:
    for name, content in (("x.parquet", b"surname\nQuintero\n"), ("x.csv.gz", b"surname\nQuintero\n")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError, match=f"{name}` (is not Parquet|cannot be read)"):
            read_table(tmp_path / name)
    cut = gzip.compress(PEOPLE.encode())[:-12]
    (tmp_path / "cut.csv.gz").write_bytes(cut)
    with pytest.raises(InputError, match=r"cut.csv.gz` cannot be read"):
        read_table(tmp_path / "cut.csv.gz")
    for path, told in (
        (tmp_path, "is a folder"),
        (tmp_path / "no.csv", "no file"),
        (tmp_path / "x.csv.gz", "damaged|read"),
    ):
        with pytest.raises(InputError, match=told):
            read_table(path)
    with pytest.raises(InputError, match="neither CSV nor Parquet"):
        read_table(write(tmp_path / "x.xlsx", "surname"))


def test_a_named_encoding_is_used(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("surname\nMuñoz\n".encode("cp1252"))
    assert read_table(path, encoding="cp1252")["surname"].to_pylist() == ["Muñoz"]
    path.write_bytes("surname\nMuñoz\n".encode("utf-16"))
    assert read_table(path, encoding="utf-16")["surname"].to_pylist() == ["Muñoz"]
    with pytest.raises(InputError, match=r"x\.csv` is not (utf-16 text|readable)"):
        read_table(write(path, "surname\nMuñozz\n"), encoding="utf-16")
    with pytest.raises(InputError, match="`nonsense` is no known encoding"):
        read_table(path, encoding="nonsense")


def test_a_column_that_is_no_text_is_refused_as_evidence(tmp_path: Path) -> None:
    pq.write_table(pa.table({"surname": [["Quintero"]], "city": ["A"]}), tmp_path / "x.parquet")
    with pytest.raises(InputError, match=r"`surname` of .* holds list.*--map surname=ignored"):
        link(tmp_path / "x.parquet")
    assert link(tmp_path / "x.parquet", mapping=LinkMapping({"surname": "ignored"})).persons == 1


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        (["LAST_NM"], "`LAST_NM` is no mapping of a column"),
        (["=surname"], "is no mapping"),
        (["LAST_NM=last"], "`LAST_NM` to the unknown field `last`: use one of record_id, given_name"),
        (["race=city"], "`race` evidence of identity, and race-or-ethnicity never is"),
        (["Place of Birth=city"], "birth-place never is"),
        (["truth=record_id"], "truth never is"),
    ],
)
def test_a_mapping_that_may_not_be(pairs: list[str], told: str) -> None:
    with pytest.raises(InputError, match=told):
        parse_pairs(pairs)


def test_a_mapping_names_columns_that_are_there_and_fields_with_room(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", PEOPLE)
    with pytest.raises(InputError, match=r"the column `Surnam`, which no file has: is `surname` meant\?"):
        link(path, mapping=LinkMapping({"Surnam": "surname"}))
    with pytest.raises(InputError, match="the column `LAST`, which no file has: check its spelling"):
        link(path, mapping=LinkMapping({"LAST": "surname"}))
    with pytest.raises(InputError, match="two columns for `city`: `phone` and `city`"):
        link(path, mapping=LinkMapping({"city": "city", "phone": "city"}))
    with pytest.raises(InputError, match="is named twice"):
        link(path, path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("columns: [", "is not YAML"),
        ("- a", "is not a table of keys"),
        ("colums: {}", "unknown key `colums`"),
        ("columns: {LAST: last}", "unknown field `last`"),
        ("columns: [a]", "`columns` of .* is not a table"),
        ("as_of: soon", "`as_of` of .* is no day: `soon`"),
        ("as_of_by_file: {a: 5}", "is no day"),
        ("as_of_by_value: {days: {}}", "names no column"),
    ],
)
def test_a_mapping_file_that_cannot_be_used(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        load_mapping(write(tmp_path / "m.yaml", text))


def test_an_output_is_judged_before_any_work(tmp_path: Path) -> None:
    given = write(tmp_path / "x.csv", PEOPLE)
    (tmp_path / "folder.csv").mkdir()
    for name, told in (
        ("x.csv", "is an input as well"),
        ("y.xlsx", "neither CSV nor Parquet"),
        ("no/y.csv", "no folder"),
        ("folder.csv", "is a folder"),
    ):
        with pytest.raises(InputError, match=told):
            check_output(tmp_path / name, (given,))
    check_output(tmp_path / "y.csv", (given,))


def test_a_failed_write_leaves_what_was_there(tmp_path: Path) -> None:
    path = write(tmp_path / "y.csv", "before")
    with pytest.raises(InputError, match="has no place in a CSV"):
        write_table(pa.table({"a": [[1]]}), path)
    assert path.read_text(encoding="utf-8") == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["y.csv"]


DAMAGE = st.tuples(
    st.integers(0, 400), st.integers(0, 12), st.binary(max_size=6) | st.sampled_from([b'"', b"\xff", b"\n,"])
)


@settings(max_examples=60)
@given(st.sampled_from(["csv", "csv.gz", "parquet"]), st.lists(DAMAGE, min_size=1, max_size=4))
def test_a_damaged_file_is_linked_or_refused_and_shows_nothing_of_a_row(
    tmp_path_factory: pytest.TempPathFactory, kind: str, damages: list[tuple[int, int, bytes]]
) -> None:
    path = tmp_path_factory.mktemp("damaged") / f"x.{kind}"
    data = FORMS[kind]
    for start, length, put in damages:
        data = data[:start] + put + data[start + length :]
    path.write_bytes(data)
    told, linked = "", None
    try:
        linked = link(path)
    except InputError as error:
        told = str(error)
    assert SECRET not in told
    assert linked is None or len(linked.person_id) == sum(file.table.num_rows for file in linked.files)
