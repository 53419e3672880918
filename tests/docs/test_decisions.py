"""A decision says what it was weighed against and what it costs."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))


def sections(text: str) -> dict[str, str]:
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], (body.strip() for body in parts[2::2]), strict=True))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_four_parts_and_none_is_empty(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {path.name[:4]} ")
    found = sections(text)
    assert list(found) == ["Context", "Decision", "Alternatives", "Drawbacks"]
    assert all(found.values())
    assert found["Drawbacks"].startswith("* ")


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]
    assert DECISIONS


def test_every_dependency_has_one_line_and_no_other_package_has() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = [
        *project["project"]["dependencies"],
        *(each for extra in project["project"]["optional-dependencies"].values() for each in extra),
        *project["dependency-groups"]["dev"],
    ]
    names = [re.split(r"[\[<>=~! ]", each, maxsplit=1)[0] for each in needed]
    text = (ROOT / "docs/decisions/0007-dependencies.md").read_text(encoding="utf-8")
    rows = [row for row in re.findall(r"^\| ([a-z0-9-]+) \|", text, flags=re.MULTILINE) if row != "package"]
    assert sorted(rows) == sorted(names)
