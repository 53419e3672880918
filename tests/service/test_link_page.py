"""The page on linking files says what the code does."""

import re
from pathlib import Path

import pytest

from eyre.service.link_fields import FIELDS, field_of
from eyre.service.link_mapping import load_mapping, parse_pairs
from tests.service.link_files_made import write

PAGE = (Path(__file__).parents[2] / "docs/how-to/link-two-files.md").read_text(encoding="utf-8")
ROWS = [line.split("|")[1:4] for line in PAGE.splitlines() if line.startswith("| `")]


def names(cell: str) -> list[str]:
    return re.findall(r"`(\w+)`", cell)


def test_the_page_names_every_standard_column() -> None:
    assert [name for column, _, _ in ROWS for name in names(column)] == sorted(
        FIELDS, key=lambda field: PAGE.index(f"`{field}`", PAGE.index("| column |"))
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0].strip()))
def test_every_other_name_on_the_page_is_recognised(row: list[str]) -> None:
    ours, _, theirs = row
    assert {field_of(name, frozenset()) for name in names(theirs)} <= set(names(ours))


@pytest.mark.parametrize("block", re.findall(r"^```yaml\n(.*?)^```", PAGE, flags=re.M | re.S))
def test_every_mapping_on_the_page_can_be_used(tmp_path: Path, block: str) -> None:
    mapping = load_mapping(write(tmp_path / "m.yaml", block))
    assert mapping.columns or mapping.as_of_by_value


def test_every_pair_on_the_page_can_be_used() -> None:
    pairs = re.findall(r"--map (\w+=\w+)", PAGE)
    assert len(parse_pairs(pairs)) == 3
