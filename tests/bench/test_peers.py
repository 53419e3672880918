"""Peers get what Eyre used, prepared, and without the truth; who they are is pinned."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bench.accuracy import main
from bench.peers import NAMES, PEERS
from bench.peers_env import PINNED
from bench.peers_page import table_of
from bench.peers_table import peers_table
from bench.peers_told import columns_of, components
from eyre.resolve.model import default_model
from eyre.service.link import link_files
from eyre.service.link_mapping import LinkMapping


def _linked(folder: Path, columns: dict[str, list[str]]) -> pa.Table:
    path = folder / "people.parquet"
    pq.write_table(pa.table(columns), path)
    return peers_table(link_files((path,), LinkMapping(), default_model()))


def test_the_table_has_what_eyre_took_and_neither_truth_nor_what_it_never_uses(tmp_path: Path) -> None:
    table = _linked(
        tmp_path,
        {
            "rec_id": ["a", "b", "c"],
            "truth": ["1", "1", "2"],
            "race": ["x", "y", "z"],
            "first_name": [" Zoë ", "zoe", "Ada"],
            "last_name": ["QUILL", "Quill-Marsh", ""],
            "dob": ["03/09/1980", "19800309", "1999-13-45"],
            "hobby": ["chess", "go", "chess"],
        },
    )
    assert table.column_names == ["record_id", "given_name", "surname"]
    assert table["given_name"].to_pylist() == ["zoe", "zoe", "ada"]
    assert table["surname"].to_pylist() == ["quill", "quill-marsh", None]


def test_dates_are_written_one_way_and_those_of_no_calendar_are_missing(tmp_path: Path) -> None:
    said = ["03/09/1980", "19800310", "1999-13-45", "1970-01-02"]
    table = _linked(tmp_path, {"surname": ["a", "b", "c", "d"], "dob": said})
    assert table["birth_date"].to_pylist() == ["1980-03-09", "1980-03-10", None, "1970-01-02"]


def test_a_column_that_says_the_same_everywhere_is_left_out_and_one_that_tells_is_not(tmp_path: Path) -> None:
    names = ["Ada", "Bea", "Cyd", "Dot", "Eve"]
    table = _linked(
        tmp_path,
        {"given_name": names, "surname": names[::-1], "city": ["Anytown"] * 5, "dob": ["1980-02-03"] * 2 + [""] * 3},
    )
    assert table.column_names == ["record_id", "given_name", "surname"]


def test_a_name_in_one_column_is_parted_and_an_age_becomes_a_year(tmp_path: Path) -> None:
    table = _linked(
        tmp_path,
        {
            "name": ["QUILL, ADA M", "Bea Marsh"],
            "age": ["40", "31"],
            "as_of": ["2020-05-01", "2021-05-01"],
        },
    )
    assert table["given_name"].to_pylist() == ["ada", "bea"]
    assert table["surname"].to_pylist() == ["quill", "marsh"]
    assert table["birth_year"].to_pylist() == ["1980", "1990"]


def test_every_peer_has_an_environment_in_which_every_version_is_pinned() -> None:
    assert set(NAMES) == set(PINNED)
    assert {peer.name for peer in PEERS} == set(NAMES)
    assert all("==" in package for packages in PINNED.values() for package in packages)


def test_components_are_named_by_their_first_record() -> None:
    assert components(5, [(3, 1), (4, 3), (0, 2)]) == [0, 1, 0, 1, 1]


def test_a_column_without_a_value_is_not_given_to_a_peer(tmp_path: Path) -> None:
    path = tmp_path / "people.parquet"
    pq.write_table(pa.table({"record_id": ["a"], "ssn": pa.nulls(1, pa.string())}), path)
    assert columns_of(path) == ["record_id"]


@pytest.mark.parametrize("arguments", [["febrl9"], ["febrl3", "--peers", "nobody"]])
def test_what_is_not_there_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert f"`{arguments[-1]}`" in capsys.readouterr().err


def test_the_page_has_every_system_and_marks_the_best_of_a_row() -> None:
    mine = {"precision": 1.0, "recall": 0.98, "f1": 0.99, "bcubed_f1": 0.995}
    page = table_of({"febrl3": {**mine, "peers": {"splink": {"f1": 0.9952}, "goldenmatch": {"failure": "stopped"}}}})
    head, _, row = page.splitlines()
    assert head.count("|") == row.count("|") == 5 + len(PEERS) + 1
    assert "| .9900 |" in row
    assert "**.9952**" in row
