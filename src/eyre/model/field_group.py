"""Field groups: the grain at which a view masks what it may not see.

A record is kept in one part per group, so that row-level security can hide a part. A blocking key carries the groups
that it was built from and is hidden with any of them.
"""

from enum import IntFlag


class FieldGroup(IntFlag):
    """One bit a group; a mask of them fits PostgreSQL's `integer`. Values are stored: never renumber."""

    NAME = 1
    BIRTH = 2
    SEX = 4
    IDENTIFIER = 8
    ADDRESS = 16
    CONTACT = 32
    CUSTODY = 64
    CHARGE = 128
    COURT = 256
    SUPERVISION = 512


ALL_GROUPS = FieldGroup(1023)
PERSON_GROUPS = (
    FieldGroup.NAME
    | FieldGroup.BIRTH
    | FieldGroup.SEX
    | FieldGroup.IDENTIFIER
    | FieldGroup.ADDRESS
    | FieldGroup.CONTACT
)
"""The groups of which resolution reads what was said. Of the rest, which travels with a record, it is told when
somebody was held, where custody is shown (`resolve.sightings`); nothing else of them is evidence of identity."""
