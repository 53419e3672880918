"""How Splink is set up for the generated people, as its own tutorials do it. Runs in the peers' environment.

`default` is the tutorials' way; `fast` is the same model with the leanest training; `tuned` compares given name and
surname together, and house, street and postal code together, because what a household shares must not count twice.
"""

from dataclasses import dataclass
from typing import Any

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on

THREADS = 2
PREDICT_AT = 0.05
CLUSTER_AT = 0.95


@dataclass(frozen=True)
class Training:
    """How many random pairs train u, and how many blocked ones the expectation maximisation (`None`: all)."""

    random_pairs: float
    em_pairs: float | None


TRAINING = {"fast": Training(1e6, 2e6), "default": Training(1e7, None), "tuned": Training(1e7, None)}

BLOCKS = [
    block_on("given_name", "surname"),
    block_on("surname", "birth_date"),
    block_on("given_name", "birth_date"),
    block_on("ssn"),
    block_on("phone"),
    block_on("house_number", "street", "given_name"),
    block_on("birth_date", "house_number", "postal_code"),
    block_on("given_name", "house_number", "postal_code"),
]


def settings(kind: str) -> SettingsCreator:
    """The model of this kind, before training."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        blocking_rules_to_generate_predictions=BLOCKS,
        comparisons=[
            *(_joint() if kind == "tuned" else _apart()),
            cl.DateOfBirthComparison("birth_date", input_is_string=True),
            cl.DamerauLevenshteinAtThresholds("ssn", [1]),
            cl.DamerauLevenshteinAtThresholds("phone", [1]),
            cl.ExactMatch("middle_initial"),
            cl.ExactMatch("sex"),
        ],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )


def train(linker: Linker, kind: str) -> None:
    """Prior, u and m of the model that `linker` holds; TRAINING[kind] bounds the pairs."""
    training = TRAINING[kind]
    linker.training.estimate_u_using_random_sampling(max_pairs=training.random_pairs, seed=1, min_count_per_level=None)
    for block in (block_on("given_name", "surname"), block_on("birth_date", "house_number")):
        linker.training.estimate_parameters_using_expectation_maximisation(block, max_pairs=training.em_pairs)


def train_prior(linker: Linker) -> None:
    """How probable it is that two random records match, from rules that nearly always hold."""
    rules = ["l.ssn = r.ssn", "l.given_name = r.given_name and l.surname = r.surname and l.birth_date = r.birth_date"]
    linker.training.estimate_probability_two_random_records_match(rules, recall=0.8)


def _apart() -> list[Any]:
    return [
        cl.JaroWinklerAtThresholds("given_name", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("surname", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        cl.ExactMatch("house_number"),
        cl.JaroWinklerAtThresholds("street", [0.92]).configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("postal_code", [1]).configure(term_frequency_adjustments=True),
    ]


def _joint() -> list[Any]:
    return [
        cl.ForenameSurnameComparison(
            "given_name", "surname", forename_surname_concat_col_name="given_surname"
        ).configure(term_frequency_adjustments=True),
        cl.CustomComparison(
            [
                cll.And(cll.NullLevel("street"), cll.NullLevel("postal_code")),
                cll.And(cll.ExactMatchLevel("house_number"), cll.ExactMatchLevel("street")),
                cll.And(cll.ExactMatchLevel("house_number"), cll.JaroWinklerLevel("street", 0.9)),
                cll.And(cll.ExactMatchLevel("street"), cll.ExactMatchLevel("postal_code")),
                cll.ExactMatchLevel("postal_code", term_frequency_adjustments=True),
                cll.ElseLevel(),
            ],
            output_column_name="address",
        ),
    ]
