"""A stay as the parts of a record, and back: the form in which a store keeps it."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from eyre.custody.run import Stay
from eyre.model.field_group import FieldGroup
from eyre.model.justice import Booking, Case, Charge, Hold, Supervision

STAY_GROUPS = FieldGroup.CUSTODY | FieldGroup.CHARGE | FieldGroup.COURT | FieldGroup.SUPERVISION
"""The groups that tell what happens to somebody, not who it is."""
_WITHDRAWN = {"withdrawn": True}


def stay_body(parts: Mapping[FieldGroup, Mapping[str, Any]]) -> dict[str, Any]:
    """The JSON of a stay, by the numbers of its groups, from the parts of a record."""
    return {str(int(group)): dict(body) for group, body in sorted(parts.items()) if group & STAY_GROUPS}


def body_of_stay(stay: Stay) -> dict[str, Any]:
    """The JSON of `stay`, as `stay_body` makes it."""
    if stay.withdrawn:
        return dict(_WITHDRAWN)
    custody: dict[str, Any] = {"booking": _texts(stay.booking)} if stay.booking else {}
    if stay.holds:
        custody["holds"] = [_texts(each) for each in stay.holds]
    bodies = {
        FieldGroup.CUSTODY: custody,
        FieldGroup.CHARGE: {"charges": [_texts(each) for each in stay.charges]} if stay.charges else {},
        FieldGroup.COURT: {"case": _texts(stay.case)} if stay.case else {},
        FieldGroup.SUPERVISION: {"supervision": _texts(stay.supervision)} if stay.supervision else {},
    }
    return {str(int(group)): body for group, body in bodies.items() if body}


def stay_from_body(body: Mapping[str, Any]) -> Stay:
    """The stay that `body` tells."""
    if body.get("withdrawn"):
        return Stay(withdrawn=True)

    def of(group: FieldGroup) -> Mapping[str, Any]:
        found: Mapping[str, Any] = body.get(str(int(group)), {})
        return found

    custody, case = of(FieldGroup.CUSTODY), of(FieldGroup.COURT).get("case")
    booking, supervision = custody.get("booking"), of(FieldGroup.SUPERVISION).get("supervision")
    return Stay(
        booking=Booking(**booking) if booking else None,
        holds=tuple(Hold(**each) for each in custody.get("holds", ())),
        charges=tuple(Charge(**each) for each in of(FieldGroup.CHARGE).get("charges", ())),
        case=Case(**case) if case else None,
        supervision=Supervision(**supervision) if supervision else None,
    )


def _texts(value: Booking | Hold | Charge | Case | Supervision) -> dict[str, str]:
    """The texts of `value` by their fields' names; empty ones are left out, as in a record's parts."""
    return {each.name: text for each in fields(value) if (text := getattr(value, each.name))}
