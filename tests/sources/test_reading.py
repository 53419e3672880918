"""What a row says, by the rules of its manifest."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from eyre.model.issue import IssueCode
from eyre.model.person import Birth, BirthBasis, Identifier, NameKind, PersonName
from eyre.model.record import Operation
from eyre.sources.detail_pages import digested_rows
from eyre.sources.manifest import Manifest
from eyre.sources.outcome import Accepted, DeliverySummary
from eyre.sources.parse_delivery import KnownRows, parse_delivery
from tests.sources.reading import AS_OF, Reading, manifest


def one(rule: dict[str, Any], text: str, **changes: Any) -> Reading:
    source = manifest(
        fields={"X": rule}, format={"type": "csv", "columns": ["NO", "NAME", "X"], "header": False}, **changes
    )
    cell = text.replace('"', '""')
    return Reading(source, f'1,"ROE, RICHARD","{cell}"\n')


DOB = {"to": "birth.date", "formats": ["%m/%d/%Y", "%Y%m%d"]}


@pytest.mark.parametrize(
    ("said", "earliest", "latest", "basis"),
    [
        ("12/01/1960", date(1960, 12, 1), date(1960, 12, 1), BirthBasis.DATE),
        ("19601201", date(1960, 12, 1), date(1960, 12, 1), BirthBasis.DATE),
        ("02/30/1988", date(1988, 2, 1), date(1988, 2, 29), BirthBasis.YEAR),
        ("17/10/1954", date(1954, 1, 1), date(1954, 12, 31), BirthBasis.YEAR),
    ],
)
def test_a_birth_date_is_the_interval_of_what_is_certain(
    said: str, earliest: date, latest: date, basis: BirthBasis
) -> None:
    reading = one(DOB, said)
    assert reading.record.person.births == (Birth(earliest, latest, basis, said),)
    assert bool(reading.warnings) == (earliest != latest)


@pytest.mark.parametrize("said", ["00/00/0000", "00000000", "", "UNKNOWN"])
def test_a_date_that_says_nothing_gives_no_birth(said: str) -> None:
    reading = one(DOB, said)
    assert reading.record.person.births == ()
    assert reading.warnings == []


def test_a_date_of_another_format_quarantines_or_warns_as_declared() -> None:
    assert one(DOB, "1960.12.01").codes == ["bad-value"]
    assert one({**DOB, "unreadable": "warn"}, "1960.12.01").warnings == ["the date has none of the declared formats"]


@pytest.mark.parametrize(
    ("age", "earliest", "latest"),
    [("40", date(1985, 3, 17), date(1986, 3, 16)), ("0", date(2025, 3, 17), date(2026, 3, 16))],
)
def test_an_age_is_an_interval_as_of_the_delivery(age: str, earliest: date, latest: date) -> None:
    (birth,) = one({"to": "birth.age"}, age, age_basis="age_current").record.person.births
    assert (birth.earliest, birth.latest, birth.basis) == (earliest, latest, BirthBasis.AGE)


def test_an_age_at_booking_is_told_for_the_day_of_booking() -> None:
    source = manifest(
        fields={"AGE": {"to": "birth.age"}, "BOOKED": {"to": "booking.booked_at", "formats": ["%Y-%m-%d"]}},
        age_basis="age_at_booking",
    )
    (birth,) = Reading(source, 'NO,NAME,AGE,BOOKED\n1,"ROE, R",30,2024-02-29\n').record.person.births
    assert (birth.earliest, birth.latest) == (date(1993, 3, 1), date(1994, 2, 28))
    without = Reading(source, 'NO,NAME,AGE,BOOKED\n1,"ROE, R",30,\n')
    assert without.record.person.births == ()
    assert without.warnings == ["an age without the day that it is told for: left out"]


def test_a_birth_date_makes_the_age_superfluous() -> None:
    source = manifest(fields={"AGE": {"to": "birth.age"}, "DOB": DOB})
    (birth,) = Reading(source, 'NO,NAME,AGE,DOB\n1,"ROE, R",30,19601201\n').record.person.births
    assert birth.basis is BirthBasis.DATE


def test_a_year_of_birth_is_that_year() -> None:
    (birth,) = one({"to": "birth.year"}, "1980").record.person.births
    assert (birth.earliest, birth.latest, birth.basis) == (date(1980, 1, 1), date(1980, 12, 31), BirthBasis.YEAR)


COURT = {"to": "charge.court_date", "formats": ["%b %d %Y %I:%M%p", "%m/%d/%Y", "%m/%d/%Y %H:%M"]}


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("Jul 10 2024 9:00AM", "2024-07-10T14:00:00.000000Z"),
        ("Feb  4 2017  2:04PM", "2017-02-04T20:04:00.000000Z"),
        ("Feb  4 2017 12:04AM", "2017-02-04T06:04:00.000000Z"),
        ("03/04/2026", "2026-03-04"),
        ("07/01/2026 24:00", "2026-07-02T05:00:00.000000Z"),
    ],
)
def test_a_local_time_becomes_an_instant_and_a_day_stays_a_day(said: str, text: str) -> None:
    assert one(COURT, said).record.charges[0].court_date == text


@pytest.mark.parametrize(
    ("said", "text"),
    [("11/01/2026 01:30", "2026-11-01T06:30:00.000000Z"), ("03/08/2026 02:30", "2026-03-08T08:30:00.000000Z")],
)
def test_a_time_at_which_the_clocks_change_is_taken_one_way_and_warned(said: str, text: str) -> None:
    reading = one(COURT, said)
    assert reading.record.charges[0].court_date == text
    assert ["the clocks changed" in each for each in reading.warnings] == [True]


@pytest.mark.parametrize(
    "said", ["02/30/2026", "13/01/2026", "03/04/2026 25:00", "Foo 10 2024 9:00AM", "Jul 10 2024 13:00PM"]
)
def test_what_no_calendar_or_clock_shows_is_a_bad_value(said: str) -> None:
    assert one(COURT, said).codes == ["bad-value"]


@pytest.mark.parametrize("said", ["03/20/2026 ESTIMATED", "EST. 03/20/2026", "03/20/2026 (Projected)"])
def test_an_estimated_release_is_no_release(said: str) -> None:
    booking = one({"to": "booking.released_at", "formats": ["%m/%d/%Y"]}, said).record.booking
    assert (booking.released_at, booking.projected_release) == ("", "2026-03-20")


@pytest.mark.parametrize("said", ["TBD", "Unknown", "00/00/0000"])
def test_an_unknown_release_is_none(said: str) -> None:
    assert one({"to": "booking.released_at", "formats": ["%m/%d/%Y"]}, said).record.booking.released_at == ""


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("ROE, RICHARD", PersonName(given="RICHARD", surname="ROE")),
        ("ROE, RICHARD  ALAN JR", PersonName(given="RICHARD", middle="ALAN", surname="ROE", suffix="JR")),
        ("ROE JR., RICHARD", PersonName(given="RICHARD", surname="ROE", suffix="JR.")),
        ("DE LA CRUZ, MARIA, III", PersonName(given="MARIA", surname="DE LA CRUZ", suffix="III")),
        ("RICHARD ROE", PersonName(full="RICHARD ROE")),
        ("ROE, ", PersonName(full="ROE")),
    ],
)
def test_a_full_name_is_parted_only_in_its_declared_order(said: str, name: PersonName) -> None:
    reading = Reading(manifest(), f'NO,NAME\n1,"{said}"\n')
    assert reading.record.person.names == (name,)
    assert bool(reading.warnings) == bool(name.full)


@pytest.mark.parametrize(
    ("said", "alias"),
    [
        ("ROE, RICHARD AKA DOVE, DAN", PersonName(given="DAN", surname="DOVE", kind=NameKind.ALIAS)),
        ("ROE, RICHARD (A.K.A. RICKY)", PersonName(full="RICKY", kind=NameKind.ALIAS)),
        ("ROE, RICHARD alias: RED", PersonName(full="RED", kind=NameKind.ALIAS)),
    ],
)
def test_an_alias_inside_a_name_is_taken_out(said: str, alias: PersonName) -> None:
    reading = Reading(manifest(), f'NO,NAME\n1,"{said}"\n')
    assert reading.record.person.names == (PersonName(given="RICHARD", surname="ROE"), alias)


@pytest.mark.parametrize(
    ("said", "warning"),
    [
        ("LNU, RICHARD", "a placeholder stands for a name"),
        ("R0E, RICHARD", "a zero stands among letters"),
        ("PEâ€A, RICHARD", "the text shows a wrong encoding"),
    ],
)
def test_dirt_in_a_name_is_kept_and_warned(said: str, warning: str) -> None:
    reading = Reading(manifest(), f'NO,NAME\n1,"{said}"\n')
    assert reading.warnings == [warning]
    assert reading.record.person.names[0].surname == said.split(",", maxsplit=1)[0]


def test_a_text_that_was_encoded_twice_is_set_right() -> None:
    for said in ("PEÑA", "Muñoz", "D’Angelo", "Ángel", "JOÃO"):
        for _ in range(2):
            reading = Reading(manifest(), f'NO,NAME\n1,"{said}, ANA"\n')
            assert reading.record.person.names[0].surname == said
            twice = "".join(bytes([each]).decode("cp1252", errors="ignore") or chr(each) for each in said.encode())
            reading = Reading(manifest(), f'NO,NAME\n1,"{twice}, ANA"\n')
            assert reading.record.person.names[0].surname == said
            assert reading.warnings == ["the text was encoded twice: undone"]


def test_a_text_in_which_letters_were_lost_is_not_taken() -> None:
    reading = Reading(manifest(), 'NO,NAME\n1,"MU\ufffdOZ, ANA"\n')
    assert reading.summary.quarantined == 1


@pytest.mark.parametrize("name", ["AKAKA, DAN", "ICE, VERA", "Muñoz, Ana", "JOÃO, Ana"])
def test_an_honest_name_is_left_alone(name: str) -> None:
    reading = Reading(manifest(), f'NO,NAME\n1,"{name}"\n')
    assert reading.warnings == []
    assert reading.record.person.names[0].surname == name.split(",", maxsplit=1)[0]
    assert reading.summary.dropped == {}


@pytest.mark.parametrize(
    ("said", "kind", "amount"),
    [
        ("CASH $1,500.00", "CASH", "1500.00"),
        ("$500", "", "500"),
        ("NO BOND", "NO BOND", ""),
        ("SURETY: 25,000", "SURETY", "25000"),
        ("10% CASH - $250.5", "10% CASH", "250.5"),
    ],
)
def test_bond_type_and_amount_come_apart(said: str, kind: str, amount: str) -> None:
    (charge,) = one({"to": "charge.bond"}, said).record.charges
    assert (charge.bond_type, charge.bond_amount) == (kind, amount)


def test_an_amount_that_is_none_is_a_bad_value() -> None:
    assert one({"to": "charge.bond_amount"}, "see judge").codes == ["bad-value"]


def test_an_unknown_category_quarantines_and_a_known_one_is_mapped() -> None:
    rule = {"to": "sex", "categories": {"Male": "M", "Unknown": ""}}
    assert one(rule, "male").record.person.sexes == ("M",)
    assert one(rule, "Unknown").record.person.sexes == ()
    assert one(rule, "Mael").codes == ["unknown-category"]


@pytest.mark.parametrize(("kind", "issuer"), [("ssn", ""), ("sid", "OZ"), ("subject", "a_jail")])
def test_an_identifier_has_the_issuer_of_its_kind(kind: str, issuer: str) -> None:
    assert one({"to": f"identifier.{kind}"}, "000-12-3456").record.person.identifiers == (
        Identifier(kind, "000-12-3456", issuer),
    )


def test_several_values_in_one_field_are_parted() -> None:
    assert one({"to": "phone", "separator": ";"}, "555-0101; 555-0102;").record.person.phones == (
        "555-0101",
        "555-0102",
    )


def test_a_field_that_is_not_declared_quarantines_the_row_but_not_the_delivery() -> None:
    reading = Reading(manifest(), 'NO,NAME,NEW\n1,"ROE, R",\n2,"ROE, S",surprise\n3,"ROE, T",\n')
    assert reading.codes == ["unknown-field"]
    assert [each.record.key for each in reading.accepted] == ["1", "3"]
    assert '"NEW": "surprise"' in reading.quarantined[0].raw


@pytest.mark.parametrize(("released", "issues"), [('{"value": null}', ["RELEASED.value"]), ("null", []), ('""', [])])
def test_a_declared_field_that_has_parts_is_told_though_all_are_empty(released: str, issues: list[str]) -> None:
    source = manifest(format={"type": "json", "rows": "rows"}, fields={"RELEASED": {"to": "booking.release_reason"}})
    row = f'{{"NO": "1", "NAME": "Doe, Ann", "RELEASED": {released}}}'
    read = Reading(source, f'{{"rows": [{row}]}}')
    assert [each.field for each in read.summary.issues if each.code is IssueCode.UNKNOWN_FIELD] == issues
    assert len(read.accepted) == 1


def unknown_beside_its_page(source: Manifest, page: bytes, own: bytes) -> list[str]:
    """The unknown fields that a list of one row tells, whose own page is `own`; the row itself is taken."""
    key = b"k" * 16
    ((digest, _),) = digested_rows(source, (page,), key)
    row, summary = parse_delivery(source, page, as_of=AS_OF, known=KnownRows(key, frozenset(), {digest: own}))
    assert isinstance(row, Accepted)
    assert isinstance(summary, DeliverySummary)
    return [each.field for each in summary.issues if each.code is IssueCode.UNKNOWN_FIELD]


def test_a_list_is_read_strictly_though_the_pages_of_its_rows_tell_the_rest() -> None:
    source = manifest(fields={"STATUS": {"to": "booking.status"}}, ignored=["RACE"])
    own = b'NO,NAME,STATUS\n1,"Doe, Ann",in\n'
    for head, told in (("NO,NAME,STATUS,RACE", []), ("NO,NAME,HELD,RACE", ["HELD"])):
        assert unknown_beside_its_page(source, f'{head}\n1,"Doe, Ann",in,x\n'.encode(), own) == told


def test_a_value_that_became_a_list_is_told_though_the_row_has_a_page_of_its_own() -> None:
    source = manifest(format={"type": "json", "rows": "rows"}, fields={"STATUS": {"to": "booking.status"}})
    own = b'{"rows": [{"NO": "1", "NAME": "Doe, Ann", "STATUS": "in"}]}'
    for status, told in (('"in"', []), ('["?"]', ["STATUS"]), ("[]", [])):
        page = f'{{"rows": [{{"NO": "1", "NAME": "Doe, Ann", "STATUS": {status}}}]}}'.encode()
        assert unknown_beside_its_page(source, page, own) == told


def test_a_row_told_twice_is_ignored_and_one_that_differs_is_quarantined() -> None:
    reading = Reading(manifest(), 'NO,NAME\n1,"ROE, R"\n1,"ROE, R"\n1,"ROE, S"\n')
    assert (len(reading.accepted), len(reading.ignored), reading.codes) == (1, 1, ["duplicate-key"])
    assert reading.record.person.names[0].given == "R"


def test_an_empty_key_quarantines() -> None:
    assert Reading(manifest(), 'NO,NAME\n,"ROE, R"\n').codes == ["missing-field"]


def test_keys_cannot_be_forged_by_their_separator() -> None:
    source = manifest(identity_keys=["NO", "NAME"])
    reading = Reading(source, "NO,NAME\na|b,c\na,b|c\n")
    assert [each.record.key for each in reading.accepted] == ["a\\|b|c", "a|b\\|c"]


def test_rows_of_one_record_are_grouped_wherever_they_stand() -> None:
    source = manifest(
        group={"by": ["NO"], "list": "charges", "columns": ["CHARGE"]},
        lists={"charges": {"fields": {"CHARGE": {"to": "charge.description"}}}},
    )
    reading = Reading(source, "NO,NAME,CHARGE\n1,A,x\n2,B,y\n1,A,z\n3,C,\n2,BB,w\n")
    assert [(each.record.key, len(each.record.charges), each.rows) for each in reading.accepted] == [
        ("1", 2, 2),
        ("3", 0, 1),
    ]
    assert (reading.codes, reading.quarantined[0].rows) == (["bad-row"], 2)
    assert (reading.summary.rows_in, reading.summary.accepted, reading.summary.records) == (5, 3, 2)


def test_messages_may_name_one_record_at_several_instants() -> None:
    source = manifest(
        fields={
            "OP": {"to": "operation", "categories": {"add": "put", "del": "delete"}},
            "AT": {"to": "as_of", "formats": ["%Y-%m-%d %H:%M"]},
        },
        release_signal="push_delete",
    )
    reading = Reading(
        source, "NO,NAME,OP,AT\n1,A,add,2026-03-16 06:00\n1,,del,2026-03-16 06:01\n1,B,add,2026-03-16 06:01\n"
    )
    assert [(each.record.operation, each.record.as_of) for each in reading.accepted] == [
        (Operation.PUT, datetime(2026, 3, 16, 11, 0, tzinfo=UTC)),
        (Operation.DELETE, datetime(2026, 3, 16, 11, 1, tzinfo=UTC)),
    ]
    assert reading.codes == ["duplicate-key"]


def test_assertions_speak_of_the_delivery() -> None:
    source = manifest(assertions={"min_rows": 3, "fill": {"NAME": 0.9}})
    reading = Reading(source, "NO,NAME\n1,A\n2,\n")
    told = [(issue.code.value, issue.field) for issue in reading.summary.issues]
    assert told == [("assertion", ""), ("assertion", "NAME")]
    assert not reading.summary.complete


def test_the_record_speaks_for_the_instant_of_the_delivery() -> None:
    assert Reading(manifest(), "NO,NAME\n1,A\n").record.as_of == AS_OF
