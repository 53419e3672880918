"""Every code that a person or a machine can meet has its heading in the reference."""

import inspect
import re
from pathlib import Path

from eyre import errors
from eyre.errors import EyreError
from eyre.model.issue import IssueCode

ROOT = Path(__file__).parents[2]
SOURCE = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "src/eyre").rglob("*.py"))]


def headings(page: str) -> list[str]:
    text = (ROOT / "docs/reference" / page).read_text(encoding="utf-8")
    return re.findall(r"^## (\S.*)$", text, flags=re.MULTILINE)


def test_every_error_code_has_its_heading() -> None:
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, EyreError)]
    narrower = {code for text in SOURCE for code in re.findall(r"\"(EYRE-\d{3})\"", text)}
    assert headings("errors.md") == sorted({kind.code for kind in kinds} | narrower)


def test_every_issue_code_has_its_heading() -> None:
    assert headings("issues.md") == [code.value for code in IssueCode]


def test_every_setting_has_its_heading() -> None:
    named = {name for text in SOURCE for name in re.findall(r"\"(EYRE_[A-Z_]+)\"", text)}
    assert named <= set(headings("settings.md"))
