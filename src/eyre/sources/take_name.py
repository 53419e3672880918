"""Names of a row."""

from eyre.model.issue import IssueCode
from eyre.model.person import NameKind, PersonName
from eyre.sources.draft import Draft
from eyre.sources.field_rule import FieldRule
from eyre.sources.read_name import doubts, part_last_comma_first, take_out_aliases
from eyre.sources.told_by_text import ToldByText

_KINDS = {"name": NameKind.LEGAL, "alias": NameKind.ALIAS, "maiden": NameKind.MAIDEN}


def take_name(value: str, rule: FieldRule, told: ToldByText) -> None:
    """Aliases inside a name come out of it; what is suspect is kept as said and warned."""
    home, _, part = rule.to.partition(".")
    for doubt in doubts(value):
        told.warn(IssueCode.SUSPECT_VALUE, doubt)
    first, aliases = take_out_aliases(value)
    if aliases and not first:
        first, aliases = value, []
    for alias in aliases:
        told.warn(IssueCode.SUSPECT_VALUE, "an alias stands inside a name")
        name = _whole(alias, NameKind.ALIAS, rule) or PersonName(full=alias, kind=NameKind.ALIAS)
        told.add(Draft.add_name, name)
    if part != "full":
        told.put(home, part, first)
        return
    kind = _KINDS[home]
    whole = _whole(first, kind, rule)
    if whole is None:
        if rule.split:
            told.warn(IssueCode.SUSPECT_VALUE, "the name is not in the declared order: kept whole")
        whole = PersonName(full=first, kind=kind)
    told.add(Draft.add_name, whole)


def _whole(text: str, kind: NameKind, rule: FieldRule) -> PersonName | None:
    return part_last_comma_first(text, kind) if rule.split else None
