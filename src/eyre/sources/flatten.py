"""Nested values (JSON) to flat fields: `{"name": {"last": …}}` is the field `name.last`."""

from typing import Any

from eyre.sources.raw_row import RawRow, Values

Member = tuple[str, Any]
_ITEM = "value"  # the field name of a bare text in a list


class Members(list[Member]):
    """An object as its members in order, so that a key told twice is seen and not silently the last."""


class UnflatError(ValueError):
    """Why a row cannot be made flat; holds no value of it."""


def scalar_text(value: Any) -> str:
    """The text of a scalar: JSON's words for true and false, numbers as written, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def flatten(place: str, value: Any, *, pairs: dict[str, tuple[str, str]], most: int) -> RawRow:
    """The row that an object tells; a row that is no object, or tells a field twice, has a fault."""
    if not isinstance(value, Members):
        return RawRow(place, {}, fault="the row is not an object")
    if (flat := _flat(value)) is not None and len(flat) <= most:
        return RawRow(place, flat)
    values: Values = {}
    lists: dict[str, list[Values]] = {}
    try:
        _walk(value, "", values, lists)
        for name, (label, text) in pairs.items():
            for pair in lists.pop(name, []):
                _put(values, f"{name}.{pair.pop(label, '')}", pair.pop(text, ""))
                if pair:
                    raise UnflatError(f"a pair of `{name}` has more than `{label}` and `{text}`")
    except UnflatError as error:
        return RawRow(place, {}, fault=str(error))
    if len(values) + sum(len(each) for items in lists.values() for each in items) > most:
        return RawRow(place, {}, fault=f"more than {most} fields")
    return RawRow(place, values, lists)


def _flat(members: Members) -> Values | None:
    """The values of an object of scalars, none of them told twice, as most rows are; None for any other."""
    values: Values = {}
    for key, value in members:
        if type(value) is str:
            values[key] = value
        elif isinstance(value, list):
            return None
        else:
            values[key] = scalar_text(value)
    return values if len(values) == len(members) else None


def _walk(members: Members, prefix: str, values: Values, lists: dict[str, list[Values]]) -> None:
    for key, value in members:
        path = f"{prefix}{key}"
        if type(value) is str:
            _put(values, path, value)
        elif isinstance(value, Members):
            _walk(value, f"{path}.", values, lists)
        elif isinstance(value, list):
            if path in lists:
                raise UnflatError("a list is told twice")
            lists[path] = [_item(each) for each in value]
        else:
            _put(values, path, scalar_text(value))


def _item(value: Any) -> Values:
    if not isinstance(value, Members):
        if isinstance(value, list):
            raise UnflatError("a list stands inside a list")
        return {_ITEM: scalar_text(value)}
    if (flat := _flat(value)) is not None:
        return flat
    values: Values = {}
    lists: dict[str, list[Values]] = {}
    _walk(value, "", values, lists)
    if any(lists.values()):
        raise UnflatError("a list stands inside an element of a list")
    return values


def _put(values: Values, path: str, text: str) -> None:
    if path in values:
        raise UnflatError("a field is told twice")
    values[path] = text
