"""Reads instruments from YAML. What is not understood is refused: terms that cannot be read may not be guessed."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from eyre.errors import ConfigError
from eyre.model.field_group import ALL_GROUPS, FieldGroup
from eyre.model.record import RecordClass
from eyre.terms.instrument import Instrument, Rule, Status, Terms
from eyre.terms.purpose import Purpose

_FIELDS = {"id", "version", "status", "citation", "jurisdiction", "terms", "rules"}
_RULE_FIELDS = {"clause", "classes", "purposes", "allow", "deny"}


@cache
def shipped_terms() -> Terms:
    """The terms of the invented state and of the simulated town."""
    folder = files("eyre.terms").joinpath("catalogue")
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(".yaml"))
    return terms_of(read_instrument(folder.joinpath(name).read_text(encoding="utf-8"), name) for name in names)


def terms_of(instruments: Iterable[Instrument]) -> Terms:
    """Instruments gathered by the reference that they stand under."""
    gathered: dict[str, tuple[Instrument, ...]] = {}
    for each in instruments:
        gathered[each.terms] = (*gathered.get(each.terms, ()), each)
    return Terms(gathered)


def read_instrument(text: str, place: str) -> Instrument:
    """The instrument that a YAML text says; `place` is named in errors. Raises `ConfigError` EYRE-102."""
    try:
        said = _mapping(yaml.safe_load(text), _FIELDS)
        return Instrument(
            id=str(said["id"]),
            version=int(said["version"]),
            status=Status(said["status"]),
            citation=str(said["citation"]),
            jurisdiction=str(said["jurisdiction"]),
            terms=str(said["terms"]),
            rules=tuple(_rule(each) for each in said["rules"]),
        )
    except (KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        raise ConfigError(
            f"the instrument `{place}` cannot be read: {' '.join(str(error).split())}",
            remedy="compare with docs/reference/purposes.md",
            code="EYRE-102",
        ) from error


def _mapping(said: Any, fields: set[str]) -> Mapping[str, Any]:
    if not isinstance(said, dict):
        raise TypeError("a mapping was due")
    if unknown := sorted(set(said) - fields):
        raise ValueError(f"`{unknown[0]}` is not known here")
    return said


def _rule(said: Any) -> Rule:
    body = _mapping(said, _RULE_FIELDS)
    return Rule(
        clause=str(body["clause"]),
        classes=frozenset(RecordClass(each) for each in body["classes"]),
        purposes=frozenset(Purpose(each) for each in body["purposes"]),
        allow=_groups(body.get("allow", [])),
        deny=_groups(body.get("deny", [])),
    )


def _groups(said: Any) -> FieldGroup:
    if said == "all":
        return ALL_GROUPS
    groups = FieldGroup(0)
    for name in said:
        groups |= FieldGroup[str(name).upper()]
    return groups
