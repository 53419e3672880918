"""A command that a page tells people to type is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def code(path: Path) -> str:
    """What stands on a page as code, in a block or in a line."""
    text = path.read_text(encoding="utf-8")
    return "\n".join([*re.findall(r"^```\w*\n(.*?)^```", text, flags=re.M | re.S), *re.findall(r"`([^`\n]+)`", text)])


def test_every_make_target_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    told = {name for page in PAGES for name in re.findall(r"^make ([a-z-]+)", code(page), flags=re.MULTILINE)}
    assert {"demo", "test", "check"} <= told
    assert told <= targets


def test_help_explains_every_target_that_a_page_names() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    explained = set(re.findall(r"^([a-z-]+):.*## \S", makefile, flags=re.MULTILINE))
    told = {name for page in PAGES for name in re.findall(r"^make ([a-z-]+)", code(page), flags=re.MULTILINE)}
    assert told <= explained


def test_the_machine_that_checks_runs_the_readme_s_test_command_and_all_of_check() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (needs,) = re.findall(r"^check: (.+?)(?: ##.*)?$", makefile, flags=re.MULTILINE)
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    made = [word for line in re.findall(r"^make (.+)$", script, flags=re.MULTILINE) for word in line.split()]
    assert made[0] == "test"
    assert set(needs.split()) <= set(made)
