"""A row, read strictly: every field is taken, or declared as ignored, or dropped; what is left over is an issue."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from eyre.clock import in_utc
from eyre.model.issue import IssueCode
from eyre.model.record import Operation, Record
from eyre.sources.apply_rule import apply_rule
from eyre.sources.draft import Draft
from eyre.sources.field_rule import FieldRule
from eyre.sources.findings import Findings
from eyre.sources.manifest import AgeBasis, Manifest
from eyre.sources.raw_row import RawRow, Values
from eyre.sources.read_birth import birth_from_age
from eyre.sources.record_key import record_key
from eyre.sources.sensitive import sensitive_field
from eyre.sources.source_facts import SourceFacts


class _Declared(NamedTuple):
    fields: Mapping[str, FieldRule]
    ignored: tuple[str, ...]


def build_record(manifest: Manifest, row: RawRow, *, as_of: datetime, findings: Findings) -> Record | None:
    """The record that `row` tells, or None when the findings forbid it. Sensitive fields must be gone already."""
    if row.fault:
        findings.fail(IssueCode.BAD_ROW, "", row.fault)
        return None
    facts = SourceFacts(manifest.id, manifest.state, manifest.zone)
    draft = Draft()
    key = record_key(manifest, row.values, findings)
    _take(dict(row.values), _Declared(manifest.fields, manifest.ignored), draft, context=(facts, findings))
    for name, items in row.lists.items():
        _take_list(manifest, name, items, draft=draft, context=(facts, findings))
    for kind in draft.close():
        findings.drop(kind)
    moment = draft.as_of or in_utc(as_of)
    if draft.operation is Operation.DELETE:
        shell = Record(manifest.id, key, manifest.kind, moment, operation=Operation.DELETE, place=row.place)
        return None if findings.failed else shell
    _settle_age(manifest, draft, as_of=moment, findings=findings)
    person = draft.person()
    if not person.names and not person.identifiers:
        findings.fail(IssueCode.MISSING_FIELD, "", "the row names nobody: neither a name nor an identifier")
    if findings.failed:
        return None
    return Record(
        source=manifest.id,
        key=key,
        record_class=manifest.kind,
        as_of=moment,
        person=person,
        booking=draft.booking(),
        holds=tuple(draft.holds),
        charges=tuple(draft.charges),
        case=draft.case(),
        supervision=draft.supervision(),
        place=row.place,
    )


def _take(values: Values, declared: _Declared, draft: Draft, *, context: tuple[SourceFacts, Findings]) -> None:
    findings = context[1]
    for name, rule in declared.fields.items():
        apply_rule(name, values.pop(name, ""), rule, draft=draft, context=context)
    for name in declared.ignored:
        values.pop(name, None)
    for name, text in values.items():
        if text.strip():
            findings.fail(IssueCode.UNKNOWN_FIELD, name[:200], "the manifest does not declare this field")


def _take_list(
    manifest: Manifest, name: str, items: list[Values], *, draft: Draft, context: tuple[SourceFacts, Findings]
) -> None:
    rule = manifest.lists.get(name)
    if rule is None:
        if name not in manifest.ignored and any(text.strip() for item in items for text in item.values()):
            context[1].fail(IssueCode.UNKNOWN_FIELD, name[:200], "the manifest does not declare this list")
        return
    for item in items:
        element = Draft()
        _take(dict(item), _Declared(rule.fields, rule.ignored), element, context=context)
        for kind in element.close():
            context[1].drop(kind)
        draft.add(element)


def _settle_age(manifest: Manifest, draft: Draft, *, as_of: datetime, findings: Findings) -> None:
    """An age says something only where no date or year of birth does."""
    if draft.age is None or draft.births:
        return
    day: date | None = as_of.astimezone(manifest.zone).date()
    if manifest.age_basis is AgeBasis.AGE_AT_BOOKING:
        day = draft.booked_on
    if day is None or day.year < 200:
        findings.warn(IssueCode.SUSPECT_VALUE, "", "an age without the day that it is told for: left out")
        return
    draft.births.append(birth_from_age(draft.age[0], day, draft.age[1]))


def drop_sensitive(manifest: Manifest, row: RawRow, findings: Findings) -> RawRow:
    """The row without what is never taken: declared columns, and any field whose name tells that it is such."""
    values = _without(row.values, {name: kind.value for name, kind in manifest.sensitive.items()}, findings)
    lists = {}
    for name, items in row.lists.items():
        told = manifest.sensitive.get(name) or sensitive_field(name)
        if told is not None:
            findings.dropped[told.value] += len(items)
            continue
        rule = manifest.lists.get(name)
        declared = {field: kind.value for field, kind in rule.sensitive.items()} if rule else {}
        lists[name] = [_without(item, declared, findings) for item in items]
    return replace(row, values=values, lists=lists)


def _without(values: Values, declared: Mapping[str, str], findings: Findings) -> Values:
    kept: Values = {}
    for name, text in values.items():
        kind = declared.get(name)
        if kind is None and (found := sensitive_field(name)) is not None:
            kind = found.value
            if text.strip():
                findings.warn(
                    IssueCode.UNKNOWN_FIELD, name[:200], "an undeclared field that is never taken was dropped"
                )
        if kind is None:
            kept[name] = text
        elif text.strip():
            findings.dropped[kind] += 1
    return kept
