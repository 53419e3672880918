"""One field's text, by its rule, into the draft."""

from eyre.model.issue import IssueCode
from eyre.model.person import Identifier
from eyre.model.record import Operation
from eyre.sources.draft import Draft
from eyre.sources.field_rule import FieldRule
from eyre.sources.findings import Findings, unreadable
from eyre.sources.read_birth import OLDEST_AGE, birth_from_year
from eyre.sources.read_money import read_amount, read_bond
from eyre.sources.read_name import is_mojibake, tidy
from eyre.sources.source_facts import SourceFacts
from eyre.sources.take_date import take_date
from eyre.sources.take_name import take_name
from eyre.sources.target import BOND, DATE_TARGETS, NAME_HOMES, OPERATION

_STATE_ISSUED = frozenset({"sid", "driver_licence", "doc"})
_NO_ISSUER = frozenset({"ssn", "fbi"})


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
        take_date(name, value, rule, draft=draft, context=context)
    elif home in NAME_HOMES:
        take_name(name, value, rule, draft=draft, findings=findings)
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


def _number(name: str, value: str, rule: FieldRule, *, draft: Draft, findings: Findings) -> None:
    if not (value.isascii() and value.isdigit() and len(value) <= 4):
        unreadable(name, rule, findings, "the value is not a whole number")
        return
    number = int(value)
    if rule.to == "birth.age":
        if number > OLDEST_AGE:
            findings.warn(IssueCode.SUSPECT_VALUE, name, f"nobody is older than {OLDEST_AGE}: left out")
        else:
            draft.age = (number, value)
    elif number < 1000:
        unreadable(name, rule, findings, "the year has not four digits")
    else:
        draft.births.append(birth_from_year(number, value))


def _bond(name: str, value: str, rule: FieldRule, *, draft: Draft, findings: Findings) -> None:
    kind, amount = ("", read_amount(value)) if rule.to != BOND else read_bond(value)
    if amount is None:
        unreadable(name, rule, findings, "the value is not an amount of dollars")
        return
    if kind:
        draft.put("charge", "bond_type", kind)
    if amount:
        draft.put("charge", "bond_amount", amount)
