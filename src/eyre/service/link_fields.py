"""The standard columns of a file of people, and what other people call them."""

import re

from eyre.sources.sensitive import race_field, sensitive_field

IGNORED = "ignored"
"""What a mapping says of a column that must not be taken for evidence, whatever its name."""

_SYNONYMS: dict[str, str] = {
    "record_id": "rec_id unique_id",
    "given_name": "first_name first fname forename given name_first first_nm",
    "middle_name": "middle mname middle_initial mi name_middle middle_nm",
    "surname": "last_name last lname family_name name_last last_nm",
    "name_suffix": "suffix generation suffix_name name_suf",
    "full_name": "name person_name inmate_name defendant_name offender_name",
    "birth_date": "dob date_of_birth birth_dt bdate",
    "birth_year": "yob year_of_birth",
    "age": "current_age age_in_years",
    "as_of": "as_of_date",
    "sex": "gender sex_code gender_code",
    "ssn": "soc_sec_id social_security_number social_security_no social_security soc_sec ssno",
    "phone": "phone_number phone_no telephone tel home_phone work_phone cell_phone cell mobile phone_1 phone_2",
    "email": "email_address e_mail email_1 email_2",
    "street_address": "address full_address address_line_1 address_1 addr_1 addr home_address",
    "house_number": "street_number house_no street_no address_number house_num street_num",
    "street": "street_name",
    "unit": "unit_number unit_no apt apartment apt_number apt_no",
    "po_box": "post_office_box",
    "city": "suburb town city_name municipality locality",
    "state": "state_code state_abbr province",
    "postal_code": "zip zipcode zip_code zip_5 postcode post_code",
}

FIELDS = tuple(_SYNONYMS)
"""The standard names, in the order in which they are shown."""

MANY = frozenset({"full_name", "birth_date", "ssn", "phone", "email"})
"""Fields to which several columns of one file may lead: each is a further value."""

EVIDENCE = tuple(name for name in FIELDS if name not in {"record_id", "as_of"})

_FIRST_LINE = frozenset({"address", "address1", "addressline1", "addr", "addr1"})


def squashed(column: str) -> str:
    """A column's name without case, spaces and signs: `First Name`, `FIRST_NAME` and `firstName` are one."""
    return re.sub(r"[^a-z0-9]", "", column.lower())


_FIELD_OF = {squashed(name): field for field, names in _SYNONYMS.items() for name in (field, *names.split())}


def field_of(column: str, among: frozenset[str]) -> str | None:
    """The standard field that a column of this name holds, judged by the name and by the squashed names of the columns
    `among` which it stands: a first address line beside house numbers is the street alone."""
    if never_evidence(column):
        return None
    name = squashed(column)
    if name in _FIRST_LINE and any(_FIELD_OF.get(other) == "house_number" for other in among):
        return "street"
    return _FIELD_OF.get(name)


def never_evidence(column: str) -> str:
    """Why a column may never speak for or against identity; empty for one that may.

    Place of birth, citizenship, immigration status, religion, race and ethnicity by design; `truth` because it is what
    the answer is judged by.
    """
    if kind := sensitive_field(column):
        return kind.value
    if race_field(column) or squashed(column).startswith("race"):
        return "race-or-ethnicity"
    return "truth" if squashed(column) == "truth" else ""
