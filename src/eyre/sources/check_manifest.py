"""What a manifest says against itself, or against what Eyre never does."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from eyre.sources.field_rule import FieldRule, GroupRule, ListRule
from eyre.sources.sensitive import race_field, sensitive_field
from eyre.sources.target import DATE_TARGETS

_ONCE = (DATE_TARGETS - {"birth.date"}) | {"birth.age", "operation", "charge.bond", "charge.bond_amount"}
"""Text of two fields with one target is joined by a space; these cannot be."""
_ROW_ONLY = frozenset({"booking", "case", "supervision", "operation", "as_of", "birth.age"})


def contradictions(said: Mapping[str, Any]) -> list[str]:
    """Sentences, each naming the key and the remedy; empty when the manifest is sound."""
    return [
        *_named_twice(said),
        *_never_taken(said),
        *_identity(said),
        *_signals(said),
        *_targets(said),
        *_lists(said),
        *_group(said),
    ]


def _named_twice(said: Mapping[str, Any]) -> Iterable[str]:
    counts = Counter([*said["fields"], *said["ignored"], *said["sensitive"]])
    for name, times in counts.items():
        if times > 1:
            yield f"`{name}` is named {times} times: keep it in one of `fields`, `ignored`, `sensitive`"


def _never_taken(said: Mapping[str, Any]) -> Iterable[str]:
    lists: Mapping[str, ListRule] = said["lists"]
    mapped = [*said["fields"], *said["identity_keys"]]
    mapped += [name for rule in lists.values() for name in rule.fields]
    for name in dict.fromkeys(mapped):
        kind = sensitive_field(name)
        if kind is not None:
            yield f"`{name}` looks like {kind.value}, which Eyre never takes: move it to `sensitive`"
        elif race_field(name):
            yield f"`{name}` looks like race or ethnicity, which Eyre never takes: move it to `ignored`"


def _identity(said: Mapping[str, Any]) -> Iterable[str]:
    declared = {*said["fields"], *said["ignored"]}
    for name in said["identity_keys"]:
        if name not in declared:
            yield f"identity key `{name}` is not in `fields` or `ignored`: declare it there as well"
    if said["scope"] == "per_person" and len(said["identity_keys"]) < 2:
        yield "a booking number of scope `per_person` needs the person's number as an identity key too"


def _signals(said: Mapping[str, Any]) -> Iterable[str]:
    fields: Mapping[str, FieldRule] = said["fields"]
    targets = {rule.to for rule in fields.values()}
    if said["scope"] == "absent" and "booking.booking_number" in targets:
        yield "`booking_number_scope` is `absent` but a field is mapped to `booking.booking_number`"
    if said["release"] == "projected_only" and "booking.released_at" in targets:
        yield "a projected release is no release: map it to `booking.projected_release`"
    if said["release"] == "push_delete" and "operation" not in targets:
        yield "`push_delete` needs a field mapped to `operation`"


def _targets(said: Mapping[str, Any]) -> Iterable[str]:
    scopes = [said["fields"], *(rule.fields for rule in said["lists"].values())]
    for fields in scopes:
        counts = Counter(rule.to for rule in fields.values() if rule.to in _ONCE)
        for target, times in counts.items():
            if times > 1:
                yield f"`{target}` can hold one value and {times} fields are mapped to it: ignore the others"


def _lists(said: Mapping[str, Any]) -> Iterable[str]:
    lists: Mapping[str, ListRule] = said["lists"]
    for name, rule in lists.items():
        for field, mapped in rule.fields.items():
            if mapped.to in _ROW_ONLY or mapped.to.partition(".")[0] in _ROW_ONLY:
                yield f"`{mapped.to}` belongs to the row, not to an element of `{name}`: ignore `{field}`"


def _group(said: Mapping[str, Any]) -> Iterable[str]:
    group: GroupRule | None = said["group"]
    if group is None:
        return
    if missing := set(group.by) - {*said["fields"], *said["ignored"]}:
        yield f"`group.by` names `{sorted(missing)[0]}`, which is not in `fields` or `ignored`"
    if group.list not in said["lists"]:
        yield f"`group.list` names `{group.list}`, which is not in `lists`"
    elif missing := set(group.columns) - {*said["lists"][group.list].fields, *said["lists"][group.list].ignored}:
        yield f"`group.columns` names `{sorted(missing)[0]}`, which the list does not declare"
