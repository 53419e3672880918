"""Rows that together tell one record, made one."""

from collections.abc import Iterator

from eyre.sources.field_rule import GroupRule
from eyre.sources.raw_row import RawRow, Values

DISAGREE = "the rows of one group disagree on"


def group_rows(rows: Iterator[RawRow], rule: GroupRule) -> Iterator[RawRow]:
    """One row a group, in the order of first sight, wherever its rows stand in the delivery.

    Holds the delivery's rows in memory, within its limits. Rows of a group that disagree outside the list's columns
    have a fault together, for which of them is right cannot be known. Faulty and skipped rows pass as they are.
    """
    groups: dict[tuple[str, ...], RawRow] = {}
    singles: list[RawRow] = []
    for row in rows:
        if row.fault or row.skip:
            singles.append(row)
            continue
        columns = set(rule.columns)
        item = {name: text for name, text in row.values.items() if name in columns}
        values = {name: text for name, text in row.values.items() if name not in columns}
        key = tuple(values.get(name, "").strip() for name in rule.by)
        told = groups.get(key)
        groups[key] = _start(row, values, item, rule) if told is None else _join(told, values, item, rule)
    yield from singles
    yield from groups.values()


def _start(row: RawRow, values: Values, item: Values, rule: GroupRule) -> RawRow:
    return RawRow(row.place, values, {**row.lists, rule.list: _items([], item)})


def _join(told: RawRow, values: Values, item: Values, rule: GroupRule) -> RawRow:
    fault = told.fault
    if not fault and values != told.values:
        names = [name for name in told.values if values.get(name) != told.values[name]]
        fault = f"{DISAGREE} `{names[0]}`" if names else f"{DISAGREE} which columns there are"
    _items(told.lists[rule.list], item)
    return RawRow(told.place, told.values, told.lists, fault=fault, rows=told.rows + 1)


def _items(items: list[Values], item: Values) -> list[Values]:
    if any(text.strip() for text in item.values()):
        items.append(item)
    return items
