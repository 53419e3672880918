"""Where a mapped field may go: the closed list of targets, made from the model's own fields."""

from dataclasses import fields

from eyre.model.justice import Booking, Case, Charge, Hold, Supervision
from eyre.model.person import IDENTIFIER_TYPES, Address

NAME_PARTS = ("given", "middle", "surname", "suffix", "full")
NAME_HOMES = ("name", "alias", "maiden")
ADDRESS_HOMES = ("address", "mailing")
BIRTH_TARGETS = frozenset({"birth.date", "birth.year", "birth.age"})
MULTI_TARGETS = frozenset({"sex", "phone", "email"})
OPERATION = "operation"
AS_OF = "as_of"
BOOKED_AT = "booking.booked_at"
BOND = "charge.bond"
"""Bond type and amount in one field, such as `CASH $1,500.00`."""

DATE_TARGETS = frozenset(
    {
        "birth.date",
        BOOKED_AT,
        "booking.released_at",
        "booking.projected_release",
        "charge.offense_date",
        "charge.disposition_date",
        "charge.court_date",
        "case.filed_on",
        "supervision.started_on",
        "supervision.ends_on",
        AS_OF,
    }
)

JUSTICE_HOMES = {"booking": Booking, "hold": Hold, "charge": Charge, "case": Case, "supervision": Supervision}


def _targets() -> frozenset[str]:
    found = {f"{home}.{part}" for home in NAME_HOMES for part in NAME_PARTS}
    found |= {f"{home}.{each.name}" for home in ADDRESS_HOMES for each in fields(Address)}
    found |= {f"identifier.{kind}" for kind in IDENTIFIER_TYPES}
    found |= {f"{home}.{each.name}" for home, shape in JUSTICE_HOMES.items() for each in fields(shape)}
    return frozenset(found | BIRTH_TARGETS | MULTI_TARGETS | {OPERATION, AS_OF, BOND})


TARGETS = _targets()
