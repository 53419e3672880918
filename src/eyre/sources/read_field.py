"""One field's text, by its rule. What is known of the rule beforehand is settled once, not for every text."""

import re
from collections.abc import Callable, Mapping

from eyre.model.issue import IssueCode
from eyre.model.person import Identifier
from eyre.model.record import Operation
from eyre.sources.damaged_text import marks_of_damage, tell_damage
from eyre.sources.draft import Draft
from eyre.sources.field_rule import FieldRule
from eyre.sources.read_birth import OLDEST_AGE, birth_from_year
from eyre.sources.read_money import read_amount, read_bond
from eyre.sources.read_name import is_mojibake, tidy
from eyre.sources.source_facts import SourceFacts
from eyre.sources.take_date import take_date
from eyre.sources.take_name import take_name
from eyre.sources.target import ADDRESS_HOMES, BOND, DATE_TARGETS, NAME_HOMES, OPERATION
from eyre.sources.told_by_text import ToldByText

Place = Callable[[str, ToldByText], None]
"""Puts one value, which is not empty, where its rule wants it."""

_SHAPES = {"state": re.compile(r"[^\W\d_][^\d_]{0,39}"), "postal_code": re.compile(r"[A-Za-z0-9][A-Za-z0-9 -]{2,11}")}
_AMOUNT = re.compile(r"\$|\d{4}", re.ASCII)
_STATE_ISSUED = frozenset({"sid", "driver_licence", "doc"})
_NO_ISSUER = frozenset({"ssn", "fbi"})
_VALUES = {"sex": Draft.add_sex, "phone": Draft.add_phone, "email": Draft.add_email}


def field_reader(rule: FieldRule, facts: SourceFacts) -> Callable[[str], ToldByText | str]:
    """Gives what reads a text by `rule`; what cannot be taken is among the issues of what it tells.

    What is told may be a text alone, for the rule's own target (`ToldByText.condensed`), and is empty when it is none.
    """
    place, none, meaning = _checked(rule, _place(rule, facts)), frozenset(rule.none), _meaning(rule.categories)
    plain = meaning is None and not rule.separator
    home, _, part = rule.to.partition(".")

    def read(text: str) -> ToldByText | str:
        said = tidy(text)
        if not said or said in none:
            return _empty(rule)
        told = ToldByText()
        tell_damage(text, told)
        if is_mojibake(said):
            told.warn(IssueCode.SUSPECT_VALUE, "the text shows a wrong encoding")
        if plain:
            place(said, told)
            return told.condensed(home, part)
        for value in _parted(said, rule.separator):
            meant = value if meaning is None else meaning(value)
            if meant is None:
                told.fail(IssueCode.UNKNOWN_CATEGORY, "the manifest's `categories` do not have this word")
            elif meant:
                place(meant, told)
        return told.condensed(home, part)

    return read


def _checked(rule: FieldRule, place: Place) -> Place:
    """Puts a value as `place` does, and warns of what shows that it is damaged."""

    def put(value: str, told: ToldByText) -> None:
        for reason in marks_of_damage(value, rule.to):
            told.warn(IssueCode.BAD_VALUE, reason)
        place(value, told)

    return put


def _empty(rule: FieldRule) -> ToldByText | str:
    if not rule.required:
        return ""
    told = ToldByText()
    told.fail(IssueCode.MISSING_FIELD, "the field is empty")
    return told


def _parted(said: str, separator: str) -> list[str]:
    return [said] if not separator else [tidy(each) for each in said.split(separator) if each.strip()]


def _meaning(categories: Mapping[str, str] | None) -> Callable[[str], str | None] | None:
    if categories is None:
        return None
    folded = {word.casefold(): meaning for word, meaning in categories.items()}

    def meaning(value: str) -> str | None:
        return categories[value] if value in categories else folded.get(value.casefold())

    return meaning


def _place(rule: FieldRule, facts: SourceFacts) -> Place:
    home, _, part = rule.to.partition(".")
    if rule.to in DATE_TARGETS:
        return lambda value, told: take_date(value, rule, told, facts.zone)
    if home in NAME_HOMES:
        return lambda value, told: take_name(value, rule, told)
    if home == "birth":
        return lambda value, told: _number(value, rule, told)
    if home == "identifier":
        issuer = _issuer(part, rule, facts)
        return lambda value, told: told.add(Draft.add_identifier, Identifier(part, value, issuer))
    if rule.to in (BOND, "charge.bond_amount"):
        return lambda value, told: _bond(value, rule, told)
    if rule.to == OPERATION:
        return lambda value, told: told.add(Draft.set_operation, Operation(value))
    if home in _VALUES:
        return lambda value, told: told.add(_VALUES[home], value)
    if part in _SHAPES and home in ADDRESS_HOMES:
        return lambda value, told: _shaped(value, part, home, told)
    prefix = rule.prefix
    return lambda value, told: told.put(home, part, prefix + value)


def _shaped(value: str, part: str, home: str, told: ToldByText) -> None:
    """A part of an address that has a shape. Whoever lives abroad may have another: it is kept as said."""
    if not _SHAPES[part].fullmatch(value):
        told.warn(IssueCode.BAD_VALUE, "the text has not the shape of what the field tells")
    told.put(home, part, value)


def _issuer(kind: str, rule: FieldRule, facts: SourceFacts) -> str:
    if rule.issuer is not None:
        return rule.issuer
    if kind in _NO_ISSUER:
        return ""
    return facts.state if kind in _STATE_ISSUED else facts.source


def _number(value: str, rule: FieldRule, told: ToldByText) -> None:
    if not (value.isascii() and value.isdigit() and len(value) <= 4):
        told.unreadable(rule, "the value is not a whole number")
        return
    number = int(value)
    if rule.to == "birth.age":
        if number > OLDEST_AGE:
            told.warn(IssueCode.SUSPECT_VALUE, f"nobody is older than {OLDEST_AGE}: left out")
        else:
            told.add(Draft.set_age, (number, value))
    elif number < 1000:
        told.unreadable(rule, "the year has not four digits")
    else:
        told.add(Draft.add_birth, birth_from_year(number, value))


def _bond(value: str, rule: FieldRule, told: ToldByText) -> None:
    kind, amount = ("", read_amount(value)) if rule.to != BOND else read_bond(value)
    if amount is None:
        told.unreadable(rule, "the value is not an amount of dollars")
        return
    if kind:
        if _AMOUNT.search(kind):
            told.warn(IssueCode.BAD_VALUE, "an amount stands in it that cannot be parted from the words")
        told.put("charge", "bond_type", kind)
    if amount:
        told.put("charge", "bond_amount", amount)
