"""A manifest made ready for reading, once and not for every delivery."""

from dataclasses import dataclass

from eyre.sources.manifest import Manifest
from eyre.sources.read_fields import FieldReaders
from eyre.sources.source_facts import SourceFacts

_MOST_KEPT = 16_384  # manifests that one process reads deliveries of by turns


@dataclass(frozen=True, slots=True)
class Plan:
    """What reads a source's fields, and those of its lists by name; `digest` is the manifest's. Holds nothing that a
    delivery said."""

    manifest: Manifest
    digest: bytes
    facts: SourceFacts
    fields: FieldReaders
    lists: dict[str, FieldReaders]


_plans: dict[int, Plan] = {}


def plan_of(manifest: Manifest) -> Plan:
    """The plan of `manifest`, the same one as long as it is the same object."""
    plan = _plans.get(id(manifest))  # which nothing else can have while the plan holds the manifest
    if plan is None or plan.manifest is not manifest:
        if len(_plans) >= _MOST_KEPT:
            _plans.clear()
        plan = _plans[id(manifest)] = _made(manifest)
    return plan


def _made(manifest: Manifest) -> Plan:
    facts = SourceFacts(manifest.id, manifest.state, manifest.zone)
    lists = {name: FieldReaders(rule.fields, rule.ignored, facts) for name, rule in manifest.lists.items()}
    return Plan(manifest, manifest.digest, facts, FieldReaders(manifest.fields, manifest.ignored, facts), lists)
