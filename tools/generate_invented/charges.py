"""Invented charges and courts, in the style of dockets."""

import random

CHARGES = (
    ("565.056", "ASSAULT 4TH DEGREE", "M"),
    ("570.030", "STEALING", "M"),
    ("577.010", "DWI - ALCOHOL", "M"),
    ("579.015", "POSSESSION OF CONTROLLED SUBSTANCE", "F"),
    ("569.170", "BURGLARY 2ND DEGREE", "F"),
    ("544.665", "FAILURE TO APPEAR", "M"),
    ("302.321", "DRIVING WHILE REVOKED", "M"),
    ("570.080", "RECEIVING STOLEN PROPERTY", "F"),
    ("569.140", "TRESPASS 1ST DEGREE", "M"),
    ("455.085", "VIOLATION OF ORDER OF PROTECTION", "M"),
)
AGENCIES = ("PORT WREN PD", "CINDER CO SO", "STATE PATROL TROOP Q", "LARKSPUR PD", "JUNIPER CO SHERIFF")


def some_charges(draw: random.Random) -> list[tuple[str, str, str]]:
    """One to four, as on rosters: two and a half on average."""
    return draw.sample(CHARGES, draw.choice((1, 2, 2, 3, 4)))
