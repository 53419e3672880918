"""How a file's own column names lead to the standard ones: `theirs=ours` on a command line, or a YAML file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import yaml

from eyre.errors import InputError
from eyre.service.link_fields import FIELDS, IGNORED, never_evidence

_KEYS = {"columns", "as_of", "as_of_by_file", "as_of_by_value"}


@dataclass(frozen=True)
class AsOfByValue:
    """The day for which an age holds, by what a column says: `{"census2020": 2020-04-01}` by the column `source`."""

    column: str
    days: Mapping[str, date]


@dataclass(frozen=True)
class LinkMapping:
    """`columns` leads from a column's own name to a standard one, or to `ignored`. An age is taken as of the day in its
    row's `as_of`; else by value, by file (patterns over the end of a path), or as of `as_of`."""

    columns: Mapping[str, str] = field(default_factory=dict)
    as_of: date | None = None
    as_of_by_file: Mapping[str, date] = field(default_factory=dict)
    as_of_by_value: AsOfByValue | None = None

    def day_of_file(self, path: Path) -> date | None:
        """The day for which ages in this file hold; the first pattern that fits counts."""
        whole = path.as_posix()
        fitting = (
            day for glob, day in self.as_of_by_file.items() if fnmatch(whole, glob) or fnmatch(whole, f"*/{glob}")
        )
        return next(fitting, self.as_of)

    def with_columns(self, pairs: Mapping[str, str], as_of: date | None) -> "LinkMapping":
        """With what a command line says besides, which goes first."""
        return LinkMapping(
            {**self.columns, **pairs}, as_of or self.as_of, {} if as_of else self.as_of_by_file, self.as_of_by_value
        )


def parse_pairs(texts: Sequence[str]) -> dict[str, str]:
    """Each `theirs=ours`. Raises `InputError`."""
    pairs: dict[str, str] = {}
    for text in texts:
        theirs, equals, ours = text.rpartition("=")
        if not equals or not theirs.strip() or not ours.strip():
            raise InputError(
                f"`{text}` is no mapping of a column", remedy="write `theirs=ours`, e.g. `LAST_NM=surname`"
            )
        pairs[theirs.strip()] = _checked(theirs.strip(), ours.strip(), "the mapping")
    return pairs


def load_mapping(path: Path) -> LinkMapping:
    """The mapping that a YAML file says. Raises `InputError` that names the key and the remedy."""
    place = f"mapping `{path}`"
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except OSError as error:
        raise InputError(f"{place} cannot be read: {error.strerror}", remedy="check the path") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{place} is not YAML", remedy="see docs/how-to/link-two-files.md") from error
    _known_keys(said, _KEYS, place)
    columns = _table(said.get("columns"), "columns", place)
    return LinkMapping(
        columns={str(theirs): _checked(str(theirs), str(ours), place) for theirs, ours in columns.items()},
        as_of=_day(said["as_of"], "as_of", place) if "as_of" in said else None,
        as_of_by_file=_days(said.get("as_of_by_file"), "as_of_by_file", place),
        as_of_by_value=_by_value(said["as_of_by_value"], place) if "as_of_by_value" in said else None,
    )


def _by_value(said: Any, place: str) -> AsOfByValue:
    _known_keys(said, {"column", "days"}, f"`as_of_by_value` of {place}")
    if not isinstance(said.get("column"), str):
        raise InputError(f"`as_of_by_value` of {place} names no column", remedy="add `column: <name>`")
    return AsOfByValue(said["column"], _days(said.get("days"), "as_of_by_value.days", place))


def _checked(theirs: str, ours: str, place: str) -> str:
    if ours not in FIELDS and ours != IGNORED:
        raise InputError(
            f"{place} leads `{theirs}` to the unknown field `{ours}`",
            remedy=f"use one of {', '.join(FIELDS)}, or {IGNORED}",
        )
    if (kind := never_evidence(theirs)) and ours != IGNORED:
        raise InputError(
            f"{place} makes `{theirs}` evidence of identity, and {kind} never is", remedy="remove it from the mapping"
        )
    return ours


def _known_keys(said: Any, known: set[str], place: str) -> None:
    if not isinstance(said, dict):
        raise InputError(f"{place} is not a table of keys", remedy=f"give it the keys {', '.join(sorted(known))}")
    if unknown := sorted(str(key) for key in said if key not in known):
        raise InputError(f"{place} has the unknown key `{unknown[0]}`", remedy=f"use {', '.join(sorted(known))}")


def _table(said: Any, key: str, place: str) -> dict[Any, Any]:
    if said is None:
        return {}
    if not isinstance(said, dict):
        raise InputError(f"`{key}` of {place} is not a table", remedy="write one `theirs: ours` a line below it")
    return said


def _days(said: Any, key: str, place: str) -> dict[str, date]:
    return {str(name): _day(day, key, place) for name, day in _table(said, key, place).items()}


def _day(said: Any, key: str, place: str) -> date:
    try:
        return said if type(said) is date else date.fromisoformat(str(said))
    except ValueError as error:
        raise InputError(f"`{key}` of {place} is no day: `{said}`", remedy="write it as 2020-04-01") from error
