"""What a purpose may see: terms and terms classes in, a view out. Default deny; a denial overrides."""

from collections.abc import Iterable
from typing import NamedTuple

from eyre.errors import ViewError
from eyre.model.field_group import FieldGroup
from eyre.model.record import RecordClass
from eyre.model.view import View
from eyre.terms.instrument import Instrument, Rule, Status, Terms
from eyre.terms.purpose import Purpose


class ClassUnderTerms(NamedTuple):
    """A terms class as the store numbers it: the terms reference of its sources, and the kind of its records."""

    number: int
    terms: str
    record_class: RecordClass


def parse_purpose(text: str) -> Purpose:
    """The purpose of this code. Raises `ViewError` for one that is not on the closed list."""
    try:
        return Purpose(text)
    except ValueError:
        raise ViewError(
            f"`{text}` is no purpose", remedy=f"state one of {', '.join(Purpose)}", code="EYRE-501"
        ) from None


def decide_view(terms: Terms, purpose: Purpose, classes: Iterable[ClassUnderTerms]) -> View:
    """The view of `purpose`. Each class is decided by itself, so that no class changes what is seen of another.

    A class whose terms are unknown, or that allow the purpose nothing, is not in the view at all.
    """
    visible: dict[int, FieldGroup] = {}
    for each in classes:
        groups = visible_groups(terms.under(each.terms), each.record_class, purpose)
        if groups:
            visible[each.number] = groups
    return View(purpose.value, visible)


def visible_groups(instruments: Iterable[Instrument], record_class: RecordClass, purpose: Purpose) -> FieldGroup:
    """What instruments together show: all that one allows, less all that any denies."""
    allowed = denied = FieldGroup(0)
    for instrument in instruments:
        for rule in instrument.rules:
            if _concerns(rule, record_class, purpose):
                denied |= rule.deny
                if instrument.status is not Status.PROPOSED:
                    allowed |= rule.allow
    return allowed & ~denied


def _concerns(rule: Rule, record_class: RecordClass, purpose: Purpose) -> bool:
    return record_class in rule.classes and purpose in rule.purposes
