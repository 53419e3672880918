"""Identifiers agree or differ only within what they are numbers of."""

from eyre.model.person import Identifier, Person, PersonName
from eyre.resolve.explain import PairExplanation, explain_pair
from eyre.resolve.features import code, features_of
from eyre.resolve.model import default_model
from eyre.resolve.said import said_by_persons


def _explained(left: Identifier, right: Identifier) -> PairExplanation:
    persons = [Person(names=(PersonName("Ada", "", "Marlow"),), identifiers=(each,)) for each in (left, right)]
    model = default_model()
    return explain_pair(features_of(code(said_by_persons(persons)), model.frequencies), model, 0, 1)


def _part(left: Identifier, right: Identifier) -> tuple[str, float]:
    found = next(part for part in _explained(left, right).parts if part.key == "identifier")
    return found.level, found.bits


def test_numbers_of_two_jails_are_no_conflict() -> None:
    level, bits = _part(Identifier("subject", "J00103", "north"), Identifier("subject", "7103", "south"))
    assert level == "not compared: missing on a side"
    assert bits == 0.0


def test_two_numbers_of_one_jail_speak_against_one_person() -> None:
    level, bits = _part(Identifier("subject", "J00103", "north"), Identifier("subject", "J00104", "north"))
    assert level == "different"
    assert bits < -2.0


def test_the_same_number_of_two_jails_says_nothing() -> None:
    assert _part(Identifier("subject", "103", "north"), Identifier("subject", "103", "south"))[1] == 0.0


def test_one_number_of_one_issuer_is_strong_evidence_however_it_is_written() -> None:
    level, bits = _part(Identifier("sid", "OZ-0050 3811", "OZ"), Identifier("sid", "oz00503811", "oz"))
    assert level == "the same"
    assert bits > 10.0


def test_a_slip_of_a_social_security_number_is_evidence_for_one_person() -> None:
    level, bits = _part(Identifier("ssn", "923-06-7103"), Identifier("ssn", "923-06-7130"))
    assert level == "the same but for one digit or a swap of two"
    assert bits > 5.0
