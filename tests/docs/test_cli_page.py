"""Every command has its heading in the reference, and no page names a command that is not there."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperGroup

from eyre.cli import commands as main
from eyre.cli.failure import ExitCode

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def commands(command: Any, name: str) -> dict[str, Any]:
    """The commands that can be run, by their full name."""
    if not isinstance(command, TyperGroup):
        return {name: command}
    below = command.commands.items()
    return {full: each for part, child in below for full, each in commands(child, f"{name} {part}").items()}


@pytest.fixture(scope="module")
def all_commands() -> dict[str, Any]:
    (app,) = (each for each in vars(main).values() if isinstance(each, typer.Typer))
    return commands(typer.main.get_command(app), "eyre")


def test_every_command_has_its_heading(all_commands: dict[str, Any]) -> None:
    page = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^## (eyre .+)$", page, flags=re.MULTILINE)) == sorted(all_commands)


def test_every_command_says_what_it_is_for_and_can_answer_in_json(all_commands: dict[str, Any]) -> None:
    for name, command in all_commands.items():
        assert command.help, name
        assert any("--json" in option.opts for option in command.params), name


def test_no_page_names_a_command_that_is_not_there(all_commands: dict[str, Any]) -> None:
    for page in PAGES:
        for line in re.findall(r"^eyre ([a-z].*)$|`eyre ([a-z][^`\n]*)`", page.read_text("utf-8"), flags=re.MULTILINE):
            words = ["eyre", *"".join(line).split()]
            assert {" ".join(words[:2]), " ".join(words[:3])} & set(all_commands), f"{page.name}: {' '.join(words)}"


def test_every_exit_code_has_its_row() -> None:
    page = (ROOT / "docs/reference/exit-codes.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \|", page, flags=re.MULTILINE)
    assert rows == [(str(int(code)), code.name.lower()) for code in ExitCode]
