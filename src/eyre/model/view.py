"""A view: what one purpose, in one requester's hands, may see.

It gives each terms class (distinct terms x record class) the field groups that are visible in it; a class that is not
named is not visible at all. The store opens a session under a view and cannot read outside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from eyre.model.field_group import ALL_GROUPS, FieldGroup


@dataclass(frozen=True)
class View:
    """`visible` maps a terms class (small positive integer) to the field groups that may be seen in it."""

    purpose: str
    visible: Mapping[int, FieldGroup]

    def __post_init__(self) -> None:
        object.__setattr__(self, "visible", MappingProxyType(dict(sorted(self.visible.items()))))

    def __hash__(self) -> int:
        return hash((self.purpose, tuple(self.visible.items())))

    def allows(self, terms_class: int, groups: FieldGroup) -> bool:
        """Whether all of `groups` of a record of `terms_class` may be seen."""
        return terms_class in self.visible and groups & ~self.visible[terms_class] == 0


def view_of(purpose: str, classes: Iterable[int], masked: FieldGroup = FieldGroup(0)) -> View:
    """The view that sees all of `classes` less the same `masked` groups in each."""
    return View(purpose, dict.fromkeys(classes, ALL_GROUPS & ~masked))
