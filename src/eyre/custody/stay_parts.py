"""A stay as the parts of a record, and back: the form in which a store keeps it."""

from collections.abc import Mapping
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


def withdrawn_body() -> dict[str, Any]:
    """The JSON of a stay that its source took back."""
    return dict(_WITHDRAWN)


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
