"""How Splink is set up for a table of people in the standard columns, as its tutorials do it for theirs: names by
Jaro-Winkler with term frequencies, dates, e-mail and postal codes by its own library's comparisons, numbers by
Damerau-Levenshtein; narrow blocking rules. Runs in the peers' environment.
"""

from collections.abc import Set
from typing import Any

import splink.comparison_library as cl

_GIVEN, _SURNAME = "substr(given_name, 1, 3)", "substr(surname, 1, 4)"
_TUTORIAL: dict[str, list[tuple[str, ...]]] = {
    "historical_50k": [
        (_GIVEN, _SURNAME),
        ("surname", "birth_date"),
        ("given_name", "birth_date"),
        ("postal_code", "given_name"),
        ("postal_code", "surname"),
        ("postal_code", "birth_date"),
        ("postal_code", "substr(given_name, 1, 3)"),
        ("postal_code", "substr(surname, 1, 4)"),
        ("occupation", "birth_date"),
    ]
}
_BLOCKS: list[tuple[str, ...]] = [
    ("given_name", "surname"),
    ("surname", "birth_date"),
    ("given_name", "birth_date"),
    ("ssn",),
    ("phone",),
    ("email",),
    ("house_number", "street", "given_name"),
    ("street_address", "given_name"),
    ("postal_code", "birth_date"),
    ("postal_code", "given_name"),
    ("postal_code", "surname"),
    ("birth_date", "house_number"),
    ("birth_year", _GIVEN, "sex"),
    ("birth_year", _SURNAME, "sex"),
    (_GIVEN, _SURNAME),
]
_ALONE: list[tuple[str, ...]] = [
    ("given_name",),
    ("surname",),
    ("birth_date",),
]  # as the tutorial of a thousand records has it
_MOST_ALONE = 5_000


def blocks(have: Set[str], count: int, kind: str) -> list[tuple[str, ...]]:
    """The blocking rules, each by its columns, for a table of `count` records with the columns `have`."""
    rules = _TUTORIAL.get(kind, _BLOCKS + (_ALONE if count <= _MOST_ALONE else []))
    return [rule for rule in rules if _needs(rule) <= have]


def comparisons(have: Set[str], kind: str) -> list[Any]:
    """The comparisons."""
    made: list[Any] = []
    if {"given_name", "surname"} <= have and kind == "historical_50k":
        names = cl.ForenameSurnameComparison("given_name", "surname", forename_surname_concat_col_name="given_surname")
        made.append(names.configure(term_frequency_adjustments=True))
    else:
        made += [
            cl.NameComparison(name).configure(term_frequency_adjustments=True)
            for name in ("given_name", "surname")
            if name in have
        ]
    if "birth_date" in have:
        made.append(cl.DateOfBirthComparison("birth_date", input_is_string=True))
    elif "birth_year" in have:
        made.append(cl.ExactMatch("birth_year"))
    numbers = [name for name in ("ssn", "phone", "postal_code") if name in have]
    made += [cl.DamerauLevenshteinAtThresholds(name, [1, 2]) for name in numbers]
    if "email" in have:
        made.append(cl.EmailComparison("email"))
    made += [
        cl.JaroWinklerAtThresholds(name, [0.9]).configure(term_frequency_adjustments=True)
        for name in ("street", "street_address")
        if name in have
    ]
    made += [
        cl.ExactMatch(name).configure(term_frequency_adjustments=True)
        for name in ("middle_name", "house_number", "city", "state", "sex", "occupation")
        if name in have
    ]
    return made


def sure_rules(have: Set[str]) -> list[str]:
    """Rules that nearly always hold only for one person, from which the prior is guessed. Where there is little but
    names and dates, two of the three have to do, for two records of one person are seldom alike in all."""
    birth = "birth_date" if "birth_date" in have else "birth_year"
    rules = [("ssn",), ("email",), ("given_name", "surname", birth)]
    if not have & {"ssn", "email", "street", "street_address", "sex"}:
        rules += [("given_name", birth), ("surname", birth)]
    return [" and ".join(f"l.{name} = r.{name}" for name in rule) for rule in rules if set(rule) <= have]


def training_blocks(have: Set[str]) -> list[tuple[str, ...]]:
    """Blocks on which m is trained; no comparison is within all of them."""
    second = next(name for name in ("birth_date", "birth_year", "postal_code", "city") if name in have)
    return [("given_name", "surname"), (second,) if second == "birth_date" else (second, "surname")]


def _needs(rule: tuple[str, ...]) -> set[str]:
    return {name.removeprefix("substr(").partition(",")[0] for name in rule}
