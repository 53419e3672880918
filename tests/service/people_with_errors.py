"""Invented people whose records go wrong as often as is said, for the tests of training."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eyre.service.arrange_files import Arranged, arrange_files
from eyre.service.link_mapping import LinkMapping
from tests.service.link_files_made import write_rows

GIVEN = (
    "Marisol Dwayne Petra Zebulon Beatrix Ignatius Lorelei Fitzgerald Okonkwo Thandiwe Vladimir Guinevere Hjalmar "
    "Quentin Ursula Wolfgang Yolanda Xiomara Cassius Jedidiah"
).split()
_BEGIN = "Bar Quin Ost Fair Lind Mac Vel Tor Hux Pen Gal Rup Sken Wym Zol".split()
_MIDDLE = "te vo ra lu mi no".split()
_END = "qvist rander weather shaw bury dorf pelt zicki gham novich".split()


@dataclass(frozen=True)
class Errors:
    """Of a second record of one person: how often the given name is another, the surname has a slip or is another, the
    birth date has a slip of one digit or is another, and the telephone number is another."""

    given: float = 0.1
    surname_slip: float = 0.12
    surname: float = 0.05
    birth_slip: float = 0.1
    birth: float = 0.05
    phone: float = 0.4


def rows_of(persons: int, errors: Errors, seed: int = 0) -> list[dict[str, str]]:
    """Two records of each person, in random order: the first without an error."""
    random = np.random.default_rng(seed)
    rows: list[dict[str, str]] = []
    for number in range(persons):
        first = {
            "who": f"p{number}",
            "given_name": _given(random),
            "surname": _surname(random),
            "birth_date": _birth(random),
            "ssn": f"{random.integers(100, 666)}-{random.integers(10, 99)}-{random.integers(1000, 9999)}",
            "phone": f"555-{random.integers(200, 999)}-{random.integers(1000, 9999)}",
        }
        rows += [first, _second(first, errors, random)]
    order = random.permutation(len(rows))
    return [{"record_id": f"r{at:05}", **rows[row]} for at, row in enumerate(order.tolist())]


def arranged(path: Path, rows: list[dict[str, str]]) -> Arranged:
    """The records as training reads them, blind to who they are."""
    return arrange_files([write_rows(path, rows)], LinkMapping({"who": "ignored"}))


def _second(first: dict[str, str], errors: Errors, random: np.random.Generator) -> dict[str, str]:
    second = dict(first)
    if random.random() < errors.given:
        second["given_name"] = next(name for name in random.permutation(GIVEN) if name[0] != first["given_name"][0])
    drawn = random.random()
    if drawn < errors.surname_slip:
        second["surname"] = first["surname"][:-2] + first["surname"][-1] + first["surname"][-2]
    elif drawn < errors.surname_slip + errors.surname:
        second["surname"] = _surname(random)
    drawn = random.random()
    if drawn < errors.birth_slip:
        second["birth_date"] = f"19{(int(first['birth_date'][2]) + 1) % 9}{first['birth_date'][3:]}"
    elif drawn < errors.birth_slip + errors.birth:
        second["birth_date"] = _birth(random)
    if random.random() < errors.phone:
        second["phone"] = f"555-{random.integers(200, 999)}-{random.integers(1000, 9999)}"
    return second


def _given(random: np.random.Generator) -> str:
    return GIVEN[int(random.integers(len(GIVEN)))]


def _surname(random: np.random.Generator) -> str:
    return "".join(words[int(random.integers(len(words)))] for words in (_BEGIN, _MIDDLE, _END))


def _birth(random: np.random.Generator) -> str:
    return f"19{random.integers(30, 99)}-{random.integers(1, 13):02}-{random.integers(2, 29):02}"
