"""What a judgement would change, before it is taken."""

from dataclasses import dataclass

from eyre.resolve.judged import JudgedPair
from eyre.resolve.layout import Int32
from eyre.resolve.model import Model
from eyre.resolve.resolve_all import cluster_components
from eyre.resolve.resolve_around import Around

Persons = tuple[tuple[int, ...], ...]
"""Persons, each the ids of its records, ascending."""


@dataclass(frozen=True)
class Effect:
    """The persons that would be no more, and those that would be in their place. Both are of the same records."""

    before: Persons
    after: Persons


def effect_of(found: Around, model: Model, left: int, right: int, verdict: int) -> Effect:
    """What judging the records `left` and `right` would change: `verdict` is `judged.SAME` or `judged.DIFFERENT`.

    `found` must be around both. A judgement that holds on the same pair is taken to be overruled. Raises `KeyError` for
    a record that is not in `found`.
    """
    low, high = sorted((found.row_of(left), found.row_of(right)))
    others = [each for each in found.judged if (each.left, each.right) != (low, high)]
    judged = sorted([*others, JudgedPair(low, high, verdict)], key=lambda each: (each.left, each.right))
    person, _ = cluster_components(found.features, model, found.ties, judged)
    before, after = _persons(found, found.person), _persons(found, person)
    return Effect(tuple(sorted(before - after)), tuple(sorted(after - before)))


def _persons(found: Around, person: Int32) -> set[tuple[int, ...]]:
    members: dict[int, list[int]] = {}
    for record, root in zip(found.records.tolist(), person.tolist(), strict=True):
        members.setdefault(root, []).append(record)
    return {tuple(each) for each in members.values()}
