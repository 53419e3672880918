"""HTML pages made for people: a table, or labelled values."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from eyre.sources.decode_text import open_text
from eyre.sources.formats import HtmlFormat, HtmlList
from eyre.sources.opened_delivery import OpenedDelivery, require_columns
from eyre.sources.raw_row import RawRow, Values
from eyre.sources.refusal import LAYOUT, LIMIT, refusal

MAX_HTML_BYTES = 32 << 20  # a page is parsed whole; 16,000 rows are under 20 MB
MAX_HTML_DEPTH = 256
_CUT = "the page ends before `</html>`, perhaps within it"
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr p li td tr th dt dd option".split())


def read_html(delivery: OpenedDelivery, form: HtmlFormat) -> Iterator[RawRow]:
    """A row for each element that `form.rows` selects. Raises `SourceError` when there is none. The last one on a page
    that was cut off is not read: it may lack half of what it says."""
    page = _text(delivery)
    _refuse_depth(page)
    nodes = LexborHTMLParser(page).css(form.rows)
    if not nodes:
        raise refusal(
            LAYOUT, f"nothing on the page matches `{form.rows}`", "the publisher may be down, or changed its page"
        )
    columns = list(form.columns)
    number = 0
    whole = page.rstrip().lower().endswith("</html>")
    for node in nodes:
        if not columns and not form.label and _cells(node, "th") and not _cells(node, "td"):
            columns = _cells(node, "th")
            require_columns(delivery, columns)
            continue
        number += 1
        cut = not whole and node is nodes[-1]
        yield RawRow(f"row {number}", {}, fault=_CUT) if cut else _row(f"row {number}", node, form, columns)
    if not whole:
        delivery.notes.truncated = "the page ends before `</html>`"


def _text(delivery: OpenedDelivery) -> str:
    size = delivery.file.seek(0, 2)
    delivery.file.seek(0)
    if size > MAX_HTML_BYTES:
        raise refusal(LIMIT, f"the page is larger than {MAX_HTML_BYTES} bytes", "is it the right page?")
    text = open_text(delivery)
    try:
        return text.read()
    finally:
        text.detach()


def _refuse_depth(page: str) -> None:
    depth = 0
    for match in _TAG.finditer(page):
        if match[2].lower() in _VOID:
            continue
        depth += -1 if match[1] else 1
        if depth > MAX_HTML_DEPTH:
            raise refusal(LIMIT, f"elements are nested deeper than {MAX_HTML_DEPTH}", "is it hostile?")


def _row(place: str, node: LexborNode, form: HtmlFormat, columns: list[str]) -> RawRow:
    lists = {name: _list(node, rule) for name, rule in form.lists.items()}
    if form.label:
        labels = [_clean(each) for each in node.css(form.label)]
        texts = [_clean(each) for each in node.css(form.value)]
    else:
        labels, texts = columns, _cells(node, "td")
    if not form.label and not any(texts):
        return RawRow(place, {}, skip="blank line")
    if len(labels) != len(texts):
        return RawRow(place, {}, fault=f"{len(texts)} cells where {len(labels)} are named", text="\t".join(texts))
    if len(set(labels)) != len(labels):
        return RawRow(place, {}, fault="a label stands twice")
    faulty = [name for name, items in lists.items() if items is None]
    if faulty:
        return RawRow(place, {}, fault=f"a row of the list `{faulty[0]}` has other cells than declared")
    return RawRow(place, dict(zip(labels, texts, strict=True)), {key: items or [] for key, items in lists.items()})


def _list(node: LexborNode, rule: HtmlList) -> list[Values] | None:
    items = []
    for row in node.css(rule.rows):
        cells = _cells(row, "td")
        if not cells:
            continue
        if len(cells) != len(rule.columns):
            return None
        items.append(dict(zip(rule.columns, cells, strict=True)))
    return items


def _cells(row: LexborNode, tag: str) -> list[str]:
    return [_clean(cell) for cell in row.iter(include_text=False) if cell.tag == tag]


def _clean(node: LexborNode) -> str:
    return _SPACE.sub(" ", node.text(deep=True, separator=" ")).strip()
