"""An instrument: the law, contract or policy under which a source's records may be seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from eyre.model.field_group import FieldGroup
from eyre.model.record import RecordClass
from eyre.terms.purpose import Purpose


class Status(StrEnum):
    """What force an instrument has. One that is only `proposed` may take away and never gives."""

    ENACTED = "enacted"
    CONTRACT = "contract"
    POLICY = "policy"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class Rule:
    """For records of `classes` asked for under one of `purposes`: the field groups that it allows, or denies.

    `clause` is what a refusal names. Where rules meet, a denial overrides.
    """

    clause: str
    classes: frozenset[RecordClass]
    purposes: frozenset[Purpose]
    allow: FieldGroup = FieldGroup(0)
    deny: FieldGroup = FieldGroup(0)


@dataclass(frozen=True, slots=True)
class Instrument:
    """`terms` is the reference that a source's manifest names; several instruments may stand under one reference.

    `jurisdiction` is an OCD id.
    """

    id: str
    version: int
    status: Status
    citation: str
    jurisdiction: str
    terms: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Terms:
    """The instruments in force, by the reference that manifests name."""

    instruments: Mapping[str, tuple[Instrument, ...]]

    def __post_init__(self) -> None:
        object.__setattr__(self, "instruments", MappingProxyType(dict(sorted(self.instruments.items()))))

    def under(self, reference: str) -> tuple[Instrument, ...]:
        """The instruments under a reference; none for one that nobody wrote down, which then allows nothing."""
        return self.instruments.get(reference, ())
