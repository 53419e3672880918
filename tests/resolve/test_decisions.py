"""Who is, and who is not, one person to the shipped model."""

import pytest

from eyre.model.person import Person
from eyre.resolve.model import default_model
from tests.resolve.invented import ELSEWHERE, HOME, person, together

MODEL = default_model()
PHONE = "(928) 555-0142"

SAME = {
    "everything agrees": (
        person("Robert Okonkwo", "1971-02-14", home=HOME),
        person("Robert Okonkwo", "1971-02-14", home=HOME),
    ),
    "a nickname": (person("Robert Hayes", "1971-02-14", home=HOME), person("Bob Hayes", "1971-02-14", home=HOME)),
    "a slip in the surname": (
        person("Robert Okonkwo", "1971-02-14", home=HOME),
        person("Robert Okonkow", "1971-02-14", home=HOME),
    ),
    "given name and surname swapped": (
        person("Dmitri Okonkwo", "1971-02-14", home=HOME),
        person("Okonkwo Dmitri", "1971-02-14", home=HOME),
    ),
    "day and month swapped": (
        person("Dmitri Okonkwo", "1971-02-11", home=HOME),
        person("Dmitri Okonkwo", "1971-11-02", home=HOME),
    ),
    "a digit of the birth date": (
        person("Dmitri Okonkwo", "1971-02-14", home=HOME),
        person("Dmitri Okonkwo", "1971-02-17", home=HOME),
    ),
    "moved, with the same number": (
        person("Robert Hayes", "1971-02-14", home=HOME, social="412-55-7810"),
        person("Robert Hayes", "1971-02-14", home=ELSEWHERE, social="412557810"),
    ),
    "a surname changed by marriage, with the same number": (
        person("Xiomara Zwickel", "1983-11-05", social="412-55-7810", sex="F"),
        person("Xiomara Okonkwo", "1983-11-05", social="412-55-7810", sex="F"),
    ),
    "an accent and a case": (
        person("María José Núñez", "1983-11-05", home=HOME),
        person("NUNEZ, MARIA JOSE", "1983-11-05", home=HOME),
    ),
    "a suffix left out": (
        person("William Hayes Jr", "1996-05-03", home=HOME),
        person("William Hayes", "1996-05-03", home=HOME),
    ),
}

DIFFERENT = {
    "twins": (
        person("Robert Hayes", "1971-02-14", home=HOME, phone=PHONE, sex="M"),
        person("Marquis Hayes", "1971-02-14", home=HOME, phone=PHONE, sex="M"),
    ),
    "twins whose numbers were issued one after the other": (
        person("Xiomara Okonkwo", "1971-02-14", home=HOME, social="412-55-7810"),
        person("Elizabeth Okonkwo", "1971-02-14", home=HOME, social="412-55-7811"),
    ),
    "father and son of one name, Sr and Jr": (
        person("William Hayes Sr", "1971-02-14", home=HOME, phone=PHONE),
        person("William Hayes Jr", "1996-05-03", home=HOME, phone=PHONE),
    ),
    "father and son of one name, without suffixes": (
        person("William Okonkwo", "1971-02-14", home=HOME, phone=PHONE),
        person("William Okonkwo", "1996-05-03", home=HOME, phone=PHONE),
    ),
    "spouses": (
        person("William Hayes", "1971-02-14", home=HOME, phone=PHONE, sex="M"),
        person("Katherine Hayes", "1973-09-30", home=HOME, phone=PHONE, sex="F"),
    ),
    "siblings": (
        person("William Okonkwo", "1971-02-14", home=HOME, phone=PHONE),
        person("Dmitri Okonkwo", "1974-06-21", home=HOME, phone=PHONE),
    ),
    "bearers of one common name": (
        person("James Smith", "1971-02-14", home=HOME),
        person("James Smith", "1985-06-21", home=ELSEWHERE),
    ),
    "a common name and nothing else": (person("James Smith"), person("James Smith")),
    "a shared placeholder of a number": (
        person("Robert Hayes", "1971-02-14", social="000-00-0000"),
        person("Dmitri Okonkwo", "1985-06-21", social="000-00-0000"),
    ),
    "two who are unknown at one address": (person("John Doe", home=HOME), person("John Doe", home=HOME)),
    "nothing said": (Person(), Person()),
}


@pytest.mark.parametrize("case", SAME)
def test_one_person(case: str) -> None:
    assert together(SAME[case], MODEL) == [0, 0]


@pytest.mark.parametrize("case", DIFFERENT)
def test_two_people(case: str) -> None:
    assert together(DIFFERENT[case], MODEL) == [0, 1]


def test_a_record_without_a_suffix_does_not_bridge_father_and_son() -> None:
    father = person("William Hayes Sr", "1971-02-14", home=HOME)
    son = person("William Hayes Jr", "1996-05-03", home=HOME)
    unclear = person("William Hayes", home=HOME)
    found = together([father, son, unclear], MODEL)
    assert found[0] != found[1]


def test_a_household_of_four_with_two_records_each_is_four_people() -> None:
    household = [
        person("William Hayes Sr", "1971-02-14", home=HOME, phone=PHONE, sex="M"),
        person("Katherine Hayes", "1973-09-30", home=HOME, phone=PHONE, sex="F"),
        person("Robert Hayes", "1998-07-10", home=HOME, phone=PHONE, sex="M"),
        person("Elizabeth Hayes", "1998-07-10", home=HOME, phone=PHONE, sex="F"),
    ]
    again = [
        person("HAYES, WILLIAM", "1971-02-14", home=HOME, sex="M"),
        person("HAYES, KATE", "1973-09-30", home=HOME, sex="F"),
        person("HAYES, BOB", "1998-07-10", home=HOME, sex="M"),
        person("HAYES, LIZ", "1998-07-10", home=HOME, sex="F"),
    ]
    assert together([*household, *again], MODEL) == [0, 1, 2, 3, 0, 1, 2, 3]
