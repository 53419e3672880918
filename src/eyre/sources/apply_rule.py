"""One field's text, by its rule, into the draft."""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from eyre.model.issue import IssueCode
from eyre.model.person import Identifier, NameKind, PersonName
from eyre.model.record import Operation
from eyre.sources.date_format import read_date
from eyre.sources.draft import Draft
from eyre.sources.field_rule import FieldRule
from eyre.sources.findings import Findings
from eyre.sources.read_birth import OLDEST_AGE, birth_from_date, birth_from_year
from eyre.sources.read_moment import read_moment
from eyre.sources.read_money import read_amount, read_bond
from eyre.sources.read_name import doubts, is_mojibake, part_last_comma_first, take_out_aliases, tidy
from eyre.sources.target import AS_OF, BOND, DATE_TARGETS, NAME_HOMES, OPERATION

_NO_DATE = frozenset({"UNKNOWN", "UNK", "TBD", "N/A", "NA", "NONE", "NULL", "PENDING", "-", "--"})
_ZERO_DATE = re.compile(r"[0/. -]+(?:[T ]?00:00(?::00)?)?")
_PROJECTED = re.compile(r"\s*\(?\b(?:EST(?:IMATED)?|PROJ(?:ECTED)?|SCHED(?:ULED)?)\b\.?\)?\s*", re.IGNORECASE)
_STATE_ISSUED = frozenset({"sid", "driver_licence", "doc"})
_NO_ISSUER = frozenset({"ssn", "fbi"})
_KINDS = {"name": NameKind.LEGAL, "alias": NameKind.ALIAS, "maiden": NameKind.MAIDEN}


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What reading a field needs to know of its source."""

    source: str
    state: str
    zone: ZoneInfo


def apply_rule(name: str, text: str, rule: FieldRule, *, draft: Draft, context: tuple[SourceFacts, Findings]) -> None:
    """Reads `text` of the field `name`; what cannot be taken is told to the findings."""
    findings = context[1]
    said = tidy(text)
    if not said or said in rule.none:
        if rule.required:
            findings.fail(IssueCode.MISSING_FIELD, name, "the field is empty")
        return
    if is_mojibake(said):
        findings.warn(IssueCode.SUSPECT_VALUE, name, "the text shows a wrong encoding")
    values = [said] if not rule.separator else [tidy(each) for each in said.split(rule.separator) if each.strip()]
    for value in values:
        meaning = value if rule.categories is None else _category(value, rule.categories)
        if meaning is None:
            findings.fail(IssueCode.UNKNOWN_CATEGORY, name, "the manifest's `categories` do not have this word")
        elif meaning:
            _place(name, meaning, rule, draft=draft, context=context)


def _category(value: str, categories: dict[str, str]) -> str | None:
    if value in categories:
        return categories[value]
    folded = {word.casefold(): meaning for word, meaning in categories.items()}
    return folded.get(value.casefold())


def _place(name: str, value: str, rule: FieldRule, *, draft: Draft, context: tuple[SourceFacts, Findings]) -> None:
    facts, findings = context
    home, _, part = rule.to.partition(".")
    if rule.to in DATE_TARGETS:
        _date(name, value, rule, draft=draft, context=context)
    elif home in NAME_HOMES:
        _name(name, value, rule, draft=draft, findings=findings)
    elif home == "birth":
        _number(name, value, rule, draft=draft, findings=findings)
    elif home == "identifier":
        draft.identifiers.append(Identifier(part, value, _issuer(part, rule, facts)))
    elif rule.to in (BOND, "charge.bond_amount"):
        _bond(name, value, rule, draft=draft, findings=findings)
    elif rule.to == OPERATION:
        draft.operation = Operation(value)
    elif home == "sex":
        draft.sexes.append(value)
    elif home == "phone":
        draft.phones.append(value)
    elif home == "email":
        draft.emails.append(value)
    else:
        draft.put(home, part, rule.prefix + value)


def _issuer(kind: str, rule: FieldRule, facts: SourceFacts) -> str:
    if rule.issuer is not None:
        return rule.issuer
    if kind in _NO_ISSUER:
        return ""
    return facts.state if kind in _STATE_ISSUED else facts.source


def _unreadable(name: str, rule: FieldRule, findings: Findings, reason: str) -> None:
    tell = findings.warn if rule.unreadable == "warn" else findings.fail
    tell(IssueCode.BAD_VALUE, name, reason)


def _date(name: str, value: str, rule: FieldRule, *, draft: Draft, context: tuple[SourceFacts, Findings]) -> None:
    facts, findings = context
    target = rule.to
    if target == "booking.released_at" and _PROJECTED.search(value):
        value = _PROJECTED.sub(" ", value).strip()
        target = "booking.projected_release"
        findings.warn(IssueCode.SUSPECT_VALUE, name, "the release is only projected")
    if not value or value.upper() in _NO_DATE or _ZERO_DATE.fullmatch(value):
        return
    read = read_date(value, rule.formats)
    if read is None:
        _unreadable(name, rule, findings, "the date has none of the declared formats")
        return
    if target == "birth.date":
        birth = birth_from_date(read, value)
        if birth is None or birth.earliest != birth.latest:
            findings.warn(IssueCode.SUSPECT_VALUE, name, "no calendar has this date: only what is certain was taken")
        if birth is not None:
            draft.births.append(birth)
        return
    try:
        moment = read_moment(read, facts.zone)
    except ValueError:
        _unreadable(name, rule, findings, "no calendar or clock shows this")
        return
    if moment.note:
        findings.warn(IssueCode.SUSPECT_VALUE, name, moment.note)
    if target == AS_OF:
        if read.hour < 0:
            _unreadable(name, rule, findings, "a day is no instant")
        else:
            draft.as_of = datetime.fromisoformat(moment.text)
        return
    if target == "booking.booked_at":
        draft.booked_on = moment.local_day
    home, _, part = target.partition(".")
    draft.put(home, part, moment.text)


def _name(name: str, value: str, rule: FieldRule, *, draft: Draft, findings: Findings) -> None:
    home, _, part = rule.to.partition(".")
    for doubt in doubts(value):
        findings.warn(IssueCode.SUSPECT_VALUE, name, doubt)
    first, aliases = take_out_aliases(value)
    if aliases and not first:
        first, aliases = value, []
    for alias in aliases:
        findings.warn(IssueCode.SUSPECT_VALUE, name, "an alias stands inside a name")
        draft.names.append(_whole(alias, NameKind.ALIAS, rule) or PersonName(full=alias, kind=NameKind.ALIAS))
    if part != "full":
        draft.put(home, part, first)
        return
    kind = _KINDS[home]
    whole = _whole(first, kind, rule)
    if whole is None:
        if rule.split:
            findings.warn(IssueCode.SUSPECT_VALUE, name, "the name is not in the declared order: kept whole")
        whole = PersonName(full=first, kind=kind)
    draft.names.insert(0 if kind is NameKind.LEGAL else len(draft.names), whole)


def _whole(text: str, kind: NameKind, rule: FieldRule) -> PersonName | None:
    return part_last_comma_first(text, kind) if rule.split else None


def _number(name: str, value: str, rule: FieldRule, *, draft: Draft, findings: Findings) -> None:
    if not (value.isascii() and value.isdigit() and len(value) <= 4):
        _unreadable(name, rule, findings, "the value is not a whole number")
        return
    number = int(value)
    if rule.to == "birth.age":
        if number > OLDEST_AGE:
            findings.warn(IssueCode.SUSPECT_VALUE, name, f"nobody is older than {OLDEST_AGE}: left out")
        else:
            draft.age = (number, value)
    elif number < 1000:
        _unreadable(name, rule, findings, "the year has not four digits")
    else:
        draft.births.append(birth_from_year(number, value))


def _bond(name: str, value: str, rule: FieldRule, *, draft: Draft, findings: Findings) -> None:
    kind, amount = ("", read_amount(value)) if rule.to != BOND else read_bond(value)
    if amount is None:
        _unreadable(name, rule, findings, "the value is not an amount of dollars")
        return
    if kind:
        draft.put("charge", "bond_type", kind)
    if amount:
        draft.put("charge", "bond_amount", amount)
