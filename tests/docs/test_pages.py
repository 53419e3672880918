"""Pages are short, every link leads somewhere, and the index leaves none out."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def links(path: Path) -> list[str]:
    return [link for link in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")) if "://" not in link]


def anchors(path: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_is_short_and_its_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert len(text.splitlines()) < 500
    for link in links(page):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_the_index_names_every_page_of_the_documentation() -> None:
    index = ROOT / "docs/README.md"
    named = {(index.parent / link).resolve() for link in links(index)}
    assert {page for page in PAGES if page.parent != ROOT and page != index} <= named


def test_the_glossary_explains_each_word_once_and_in_order() -> None:
    text = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    words = re.findall(r"^\*\*(.+?)\*\* — ", text, flags=re.MULTILINE)
    assert len(words) > 40
    assert len(set(words)) == len(words)
    assert words == sorted(words, key=lambda word: re.sub(r"\W", "", word.lower()))


def test_every_page_that_the_code_names_is_there() -> None:
    code = [path for kind in ("py", "yaml", "sql") for path in sorted((ROOT / "src").rglob(f"*.{kind}"))]
    named = {page for path in code for page in re.findall(r"docs/[\w/-]+\.\w+(?:\.\w+)?", path.read_text("utf-8"))}
    assert "docs/reference/issues.md" in named
    assert [page for page in sorted(named) if not (ROOT / page).exists()] == []
