"""What is understood without typer is what typer understands."""

from pathlib import Path

import pytest

from eyre.cli import commands, link
from eyre.cli.link_rows import LinkOptions
from eyre.cli.plain_link import plain_link

PLAIN: tuple[list[str], ...] = (
    ["link", "a.csv"],
    ["link", "a.csv", "b.parquet", "--out", "x/y.csv"],
    ["link", "--json", "a.csv", "-o", "y.parquet", "b.csv", "--keep"],
    ["link", "a.csv", "--pairs", "p.csv", "-o", "y.csv", "--out", "z.csv"],
)
LEFT_TO_TYPER: tuple[list[str], ...] = (
    [],
    ["link"],
    ["link", "--help"],
    ["link", "a.csv", "--out"],
    ["link", "a.csv", "--out", "--json"],
    ["link", "a.csv", "--out=y.csv"],
    ["link", "a.csv", "-oy.csv"],
    ["link", "a.csv", "--map", "A=surname"],
    ["link", "a.csv", "--model", "m.yaml"],
    ["link", "--", "-a.csv"],
    ["link", ""],
    ["show", "a.csv"],
)


@pytest.mark.parametrize("arguments", PLAIN, ids=" ".join)
def test_plain_arguments_mean_what_they_mean_to_typer(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    understood: list[LinkOptions] = []
    monkeypatch.setattr(link, "link_rows", understood.append)
    commands.app(arguments, standalone_mode=False)
    assert understood == [plain_link(arguments)]
    assert isinstance(understood[0].files[0], Path)


@pytest.mark.parametrize("arguments", LEFT_TO_TYPER, ids=" ".join)
def test_all_else_is_left_to_typer(arguments: list[str]) -> None:
    assert plain_link(arguments) is None
