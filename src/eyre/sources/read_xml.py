"""XML, hardened: no document type, no entities, no network, no huge tree; rows as they close."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from eyre.sources.formats import XmlFormat
from eyre.sources.opened_delivery import OpenedDelivery
from eyre.sources.raw_row import RawRow, Values
from eyre.sources.refusal import DOCTYPE, LAYOUT, LIMIT, WRONG_FORMAT, refusal

_ENDS_EARLY = frozenset(
    {
        etree.ErrorTypes.ERR_DOCUMENT_END,
        etree.ErrorTypes.ERR_TAG_NOT_FINISHED,
        etree.ErrorTypes.ERR_GT_REQUIRED,
        etree.ErrorTypes.ERR_LTSLASH_REQUIRED,
    }
)


def read_xml(delivery: OpenedDelivery, form: XmlFormat) -> Iterator[RawRow]:
    """Elements `form.row`. Fields are named by their path inside it, attributes by `@`. Raises `SourceError`."""
    prefixes = {uri: prefix for prefix, uri in form.namespaces.items()}
    size = delivery.file.seek(0, 2)
    delivery.file.seek(0)
    depth = number = 0
    events = _events(delivery)
    for event, element in events:
        name = _name(element.tag, prefixes)
        if event == "start":
            if depth == 0:
                _refuse_doctype(element)
            depth += 1
            if depth > delivery.limits.max_depth:
                raise refusal(LIMIT, f"nested deeper than {delivery.limits.max_depth}", "is it the declared format?")
            continue
        depth -= 1
        if name == form.row:
            number += 1
            yield _row(f"row {number}, line {element.sourceline}", element, delivery, prefixes)
            _forget(element)
    if number == 0 and not delivery.notes.truncated and size:
        raise refusal(LAYOUT, f"there is no element `{form.row}`", "is it this source's message?")


def _events(delivery: OpenedDelivery) -> Iterator[tuple[str, Any]]:
    try:
        yield from etree.iterparse(
            delivery.file,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", None) not in _ENDS_EARLY:  # the stubs do not know of it
            raise refusal(WRONG_FORMAT, "the delivery is not well-formed XML", "look at its raw text") from error
        delivery.notes.truncated = "the XML document ends early"


def _refuse_doctype(element: Any) -> None:
    info = element.getroottree().docinfo
    if info.internalDTD is not None or info.doctype:
        raise refusal(DOCTYPE, "the XML has a document type", "Eyre reads none: a feed needs no entities")


def _name(tag: Any, prefixes: dict[str, str]) -> str:
    if not isinstance(tag, str):
        return ""
    if not tag.startswith("{"):
        return tag
    uri, _, local = tag[1:].partition("}")
    prefix = prefixes.get(uri)
    return tag if prefix is None else f"{prefix}:{local}" if prefix else local


def _row(place: str, element: Any, delivery: OpenedDelivery, prefixes: dict[str, str]) -> RawRow:
    found: list[tuple[str, str]] = []
    lists: dict[str, list[Values]] = {}
    _walk(element, "", found, lists=lists, names=(delivery.list_names, prefixes))
    values: Values = {}
    for path, text in found:
        if path in values:
            return RawRow(place, {}, fault="an element stands twice that is not declared as a list")
        values[path] = text
    if len(values) + sum(len(each) for items in lists.values() for each in items) > delivery.limits.max_fields:
        return RawRow(place, {}, fault=f"more than {delivery.limits.max_fields} fields")
    return RawRow(place, values, lists)


def _walk(
    element: Any,
    prefix: str,
    found: list[tuple[str, str]],
    *,
    lists: dict[str, list[Values]],
    names: tuple[frozenset[str], dict[str, str]],
) -> None:
    list_names, prefixes = names
    for key, value in element.attrib.items():
        found.append((f"{prefix}@{_name(key, prefixes)}", value))
    for child in element:
        path = f"{prefix}{_name(child.tag, prefixes)}"
        if path in list_names:
            inner: list[tuple[str, str]] = []
            _walk(child, "", inner, lists={}, names=(frozenset(), prefixes))
            item = dict(inner)
            if len(item) != len(inner):
                found.extend([(path, "")] * 2)  # told as a fault of the row
            lists.setdefault(path, []).append(item)
        else:
            _walk(child, f"{path}/", found, lists=lists, names=names)
    text = (element.text or "").strip()
    if prefix and (len(element) == 0 or text):
        found.append((prefix.rstrip("/"), text))
    elif text:
        found.append(("value", text))
    if any((child.tail or "").strip() for child in element):
        found.append((f"{prefix}#mixed", "text between elements"))


def _forget(element: Any) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
