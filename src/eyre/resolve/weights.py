"""The weights of a model: one number of bits for every comparison level, with the kernels' index of each.

A match weight is log2(m / u): m, how often records of one person show the level; u, how often records of two people
do (Fellegi and Sunter 1969). Where u is the frequency of the value agreed on, the model file gives log2(m) alone and
the kernel adds the value's own bits. The three kinships (`household`, `twin`, `namesake`) are further kinds of
non-match; for each a level has log2 of how often such pairs show it, on the same footing.
"""

import numpy as np

from eyre.resolve.layout import SCALE, Int32

NAMES = (
    "given_exact",
    "given_nickname",
    "given_typo",
    "given_close",
    "given_initial",
    "given_prefix",
    "given_crossed",
    "given_differs",
    "given_differs_same_initial",
    "surname_exact",
    "surname_typo",
    "surname_close",
    "surname_part",
    "surname_differs",
    "surname_differs_female",
    "surname_moved",
    "name_lone",
    "names_swapped",
    "names_half_swapped",
    "middle_exact",
    "middle_initial",
    "middle_typo",
    "middle_differs",
    "generation_same",
    "generation_differs",
    "birth_exact",
    "birth_slip",
    "birth_swapped",
    "birth_same_year_placeholder",
    "birth_same_day",
    "birth_same_year",
    "birth_near",
    "birth_differs",
    "birth_overlap",
    "birth_overlap_despite_dates",
    "birth_gap_year",
    "birth_gap_near",
    "birth_gap_far",
    "sex_same",
    "sex_differs",
    "ssn_same",
    "ssn_slip",
    "ssn_differs",
    "number_same",
    "number_differs",
    "address_same",
    "address_same_other_unit",
    "address_street",
    "address_slip",
    "address_postal",
    "address_postal_slip",
    "address_city",
    "address_differs",
    "phone_same",
    "phone_differs",
    "email_same",
    "email_differs",
    "state_differs",
    "stay_together",
    "stay_together_here",
    "stay_follows",
    "years_bits",
    "prior",
    "silence",
    "household_share",
    "twin_share",
    "namesake_share",
    "household_surname",
    "household_surname_differs",
    "household_address",
    "household_address_differs",
    "household_phone",
    "household_given",
    "household_birth",
    "household_ssn",
    "household_ssn_slip",
    "twin_surname_differs",
    "twin_birth_differs",
    "twin_given",
    "twin_initial",
    "twin_address",
    "twin_ssn_slip",
    "namesake_given",
    "namesake_given_differs",
    "namesake_surname",
    "namesake_surname_differs",
    "namesake_birth",
    "namesake_generation",
    "namesake_address",
)
INDEX = {name: at for at, name in enumerate(NAMES)}


def weight_array(bits: dict[str, float]) -> Int32:
    """The kernels' array, in 1/1024 bit. Raises `KeyError` for a missing and `ValueError` for an unknown name."""
    if unknown := sorted(set(bits) - set(NAMES)):
        raise ValueError(f"unknown weight `{unknown[0]}`")
    return np.array([round(bits[name] * SCALE) for name in NAMES], dtype=np.int32)
