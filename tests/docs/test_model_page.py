"""The page on the model explains every setting and every weight of the model that ships, and no other."""

import re
from importlib.resources import files
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/model.md").read_text(encoding="utf-8")
MODEL = yaml.safe_load(files("eyre.resolve").joinpath("models/us_people.yaml").read_text(encoding="utf-8"))


def rows(title: str) -> list[str]:
    section = PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    return [name for row in re.findall(r"^\| (`.+?) \|", section, flags=re.M) for name in re.findall(r"`(\w+)`", row)]


def test_every_setting_has_its_row() -> None:
    assert sorted(rows("Settings")) == sorted(MODEL)


def test_every_weight_has_one_row() -> None:
    titles = [title for title in re.findall(r"^## (.+)$", PAGE, flags=re.MULTILINE) if title != "Settings"]
    told = [name for title in titles for name in rows(title)]
    assert sorted(told) == sorted(MODEL["weights"])
