"""Which field groups an event tells of: hidden with any of them."""

from collections.abc import Mapping

from eyre.model.custody_event import EventKind
from eyre.model.field_group import FieldGroup

_CHARGES = FieldGroup.CUSTODY | FieldGroup.CHARGE
_GROUPS: Mapping[EventKind, FieldGroup] = {
    EventKind.CHARGES_CHANGED: _CHARGES,
    EventKind.BOND_CHANGED: _CHARGES,
    EventKind.CASE_FILED: FieldGroup.COURT,
    EventKind.CASE_CHANGED: FieldGroup.COURT,
    EventKind.SUPERVISION_BEGAN: FieldGroup.SUPERVISION,
    EventKind.SUPERVISION_CHANGED: FieldGroup.SUPERVISION,
    EventKind.SUPERVISION_ENDED: FieldGroup.SUPERVISION,
}


def event_groups(kind: EventKind) -> FieldGroup:
    """The groups that a view must show for an event of `kind` to be seen."""
    return _GROUPS.get(kind, FieldGroup.CUSTODY)
