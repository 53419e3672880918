"""Comparison parts and levels: what a pair of records can show, in the order of the explanation."""

from typing import NamedTuple

PRIOR = 0
GIVEN = 1
MIDDLE = 2
SURNAME = 3
GENERATION = 4
BIRTH = 5
SEX = 6
NUMBER = 7
ADDRESS = 8
PHONE = 9
EMAIL = 10
STATE = 11
STAY = 12
KINSHIP = 13
PARTS = 14

MISSING = 0
EXACT = 1
NICKNAME = 2
TYPO = 3
CLOSE = 4
INITIAL = 5
PREFIX = 6
CROSSED = 7
PART = 8
DIFFERS = 9
SWAPPED = 10
SLIP = 11
PLACEHOLDER = 12
SAME_DAY = 13
SAME_YEAR = 14
NEAR = 15
OVERLAP = 16
GAP = 17
OTHER_UNIT = 18
STREET = 19
POSTAL = 20
CITY = 21
HOUSEHOLD = 22
TWIN = 23
NAMESAKE = 24
TOGETHER = 25
FOLLOWS = 26
APART = 27


class PartName(NamedTuple):
    """How a part is called in answers, and what it compares."""

    key: str
    title: str


PART_NAMES = (
    PartName("prior", "before any evidence"),
    PartName("given_name", "given name"),
    PartName("middle_name", "middle name"),
    PartName("surname", "surname"),
    PartName("generation", "generation (Jr, Sr, III)"),
    PartName("birth_date", "birth date"),
    PartName("sex", "sex"),
    PartName("identifier", "identifiers"),
    PartName("address", "address"),
    PartName("phone", "telephone"),
    PartName("email", "e-mail"),
    PartName("state", "state of the source"),
    PartName("stay", "when they were held"),
    PartName("kinship", "could be kin instead"),
)

LEVEL_NAMES = {
    MISSING: "not compared: missing on a side",
    EXACT: "the same",
    NICKNAME: "one is a nickname of the other",
    TYPO: "the same but for a slip",
    CLOSE: "alike",
    INITIAL: "an initial that fits",
    PREFIX: "one begins the other",
    CROSSED: "the same, in another place of the name",
    PART: "a part is the same",
    DIFFERS: "different",
    SWAPPED: "the same with given name and surname, or day and month, swapped",
    SLIP: "the same but for one digit or a swap of two",
    PLACEHOLDER: "the same year, one of them a placeholder day",
    SAME_DAY: "the same day and month of a year near by",
    SAME_YEAR: "the same year, another day",
    NEAR: "a few years apart",
    OVERLAP: "both intervals allow the same day",
    GAP: "intervals that do not meet",
    OTHER_UNIT: "the same building, another unit",
    STREET: "the same street",
    POSTAL: "the same postal code",
    CITY: "the same city",
    HOUSEHOLD: "fits two members of one household",
    TWIN: "fits twins",
    NAMESAKE: "fits a parent and child of one name",
    TOGETHER: "both were held for a day or longer at the same time",
    FOLLOWS: "one stay began as the other ended, or it is the same",
    APART: "held at other times",
}
