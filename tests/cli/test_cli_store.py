"""Journeys through the terminal's door: a delivery comes in, a person is found, shown, explained, judged, purged."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import SAMPLES, Ended

Run = Callable[..., Ended]


def somebody(run: Run) -> Any:
    """A person of several sources, as `eyre find` gives them."""
    found = run("find", "Yellowhorse, Matthew", "--json").data["persons"]
    return max(found, key=lambda person: len(person["sources"]))


def test_a_person_is_found_shown_and_explained(run: Run) -> None:
    person = somebody(run)
    assert len(person["sources"]) > 1
    first, second = person["records"][:2]
    shown = run("show", second, "--json")
    assert shown.code == 0
    assert shown.data == run("show", first, "--json").data
    assert shown.data["person"] == person["person"]
    why = run("why", first, second, "--json").data
    assert sum(part["units"] for part in why["parts"]) == why["units"]
    assert why["same_person"]
    how = run("how", first, "--json").data
    assert sorted(leaf["record"] for leaf in how["leaves"]) == sorted(person["records"])


def test_what_is_shown_to_people_holds_what_the_data_holds(run: Run) -> None:
    person = somebody(run)
    first, second = person["records"][:2]
    for arguments, expected in (
        (("find", "Yellowhorse, Matthew"), person["record"]),
        (("show", first), second),
        (("how", first), second),
        (("why", first, second), "They are of one person"),
    ):
        ended = run(*arguments)
        assert ended.code == 0
        assert expected in " ".join(ended.out.split())
        assert ended.err == ""


def test_the_waterfall_s_lines_add_up(run: Run) -> None:
    first, second = somebody(run)["records"][:2]
    lines = [line.split() for line in run("why", first, second).out.splitlines()]
    total = run("why", first, second, "--json").data["bits"]
    added = [float(word) for line in lines for word in line[-3:] if word.startswith(("+", "-")) and "bits" not in line]
    assert added
    assert f"{total:+.2f}" in " ".join(word for line in lines for word in line)


def test_a_narrower_purpose_sees_less(run: Run) -> None:
    found = run("find", "Yellowhorse, Matthew", "--json").data["persons"]
    (person,) = [each for each in found if "oz_probation" in each["sources"]]
    public = run("find", "Yellowhorse, Matthew", "--json", "--purpose", "public_inquiry").data["persons"]
    sources = {source for each in public for source in each["sources"]}
    assert sources
    assert sources.isdisjoint({"oz_probation", "oz_juniper_jail"})
    (hidden, *_) = [
        each["record"]
        for each in run("show", person["person"], "--json").data["records"]
        if each["source"] == "oz_probation"
    ]
    refused = run("show", hidden, "--purpose", "public_inquiry", "--json")
    assert (refused.code, refused.error["code"]) == (5, "EYRE-600")


@pytest.mark.parametrize(
    ("arguments", "code", "error"),
    [
        (("show", "r0000000000001"), 5, "EYRE-600"),
        (("show", "nonsense"), 3, "EYRE-400"),
        (("why", "r0000000000001", "r0000000000001"), 3, "EYRE-400"),
        (("why", "r0000000000001", "r0000000000002"), 5, "EYRE-600"),
        (("how", "r0000000000001"), 5, "EYRE-600"),
        (("find", "Davis", "--purpose", "curiosity"), 6, "EYRE-501"),
        (("find",), 3, "EYRE-400"),
        (("find", "Davis", "--id", "citizenship=US"), 3, "EYRE-400"),
        (("find", "Davis", "--birth-date", "soon"), 3, "EYRE-400"),
        (("import", "no_such_source"), 3, "EYRE-308"),
        (("import", "oz_cinder_jail", "no/such/file"), 3, "EYRE-400"),
        (("sources", "check", "no/such/folder"), 3, "EYRE-400"),
        (("purge", "r0000000000001"), 3, "EYRE-403"),
        (("purge", "r0000000000001", "--yes"), 5, "EYRE-600"),
        (("judge", "r0000000000001", "r0000000000002", "same", "--actor", "a", "--reason", "b"), 5, "EYRE-600"),
        (("judge", "r0000000000001", "r0000000000002", "perhaps", "--actor", "a", "--reason", "b"), 2, "EYRE-400"),
        (("show",), 2, "EYRE-400"),
    ],
)
def test_what_goes_wrong_has_a_code_a_remedy_and_an_exit_code(
    run: Run, arguments: tuple[str, ...], code: int, error: str
) -> None:
    ended = run(*arguments, "--json")
    assert (ended.code, ended.error["code"]) == (code, error)
    assert ended.error["remedy"]
    assert ended.out == ""
    told = run(*arguments)
    assert told.code == code
    if code != 2:
        assert error in told.err


def test_a_delivery_is_taken_once(run_empty: Run) -> None:
    first = run_empty("import", "oz_cinder_jail", "--json").data
    again = run_empty("import", "oz_cinder_jail", "--json").data
    assert (first["known"], again["known"]) == (False, True)
    assert first["rows_in"] == first["accepted"] + first["quarantined"] + first["ignored"]
    assert first["issues"][0].keys() == {"code", "severity", "place", "field", "reason"}
    assert "taken before" in run_empty("import", "oz_cinder_jail").out


def test_a_delivery_of_a_source_of_one_s_own(run_empty: Run, tmp_path: Path) -> None:
    (tmp_path / "manifest.yaml").write_text(
        "id: our_jail\ntitle: Our jail\npublisher: Our county\n"
        "jurisdiction: ocd-division/country:us/state:oz/county:ours\nkind: custody\nterms: oz-public-roster\n"
        "time_zone: America/Chicago\nformat: {type: csv}\n"
        "fields:\n  num: {to: booking.booking_number, required: true}\n"
        "  first: {to: name.given}\n  last: {to: name.surname}\n"
        "identity_keys: [num]\nbooking_number_scope: global\nage_basis: dob\nrelease_signal: drop_off\n"
    )
    checked = run_empty("sources", "check", str(tmp_path))
    assert checked.code == 0, checked.err
    roster = tmp_path / "roster.csv"
    roster.write_text("num,first,last\n1,Anselm,Quillfeather\n2,Odile,Quillfeather\n,Nobody,Known\n")
    arguments = ("import", str(tmp_path), str(roster), "--as-of", "2026-03-01T12:00:00Z", "--json")
    ended = run_empty(*arguments)
    assert ended.code == 0, ended.err
    assert (ended.data["rows_in"], ended.data["accepted"], ended.data["quarantined"]) == (3, 2, 1)
    assert "Quillfeather" not in json.dumps(ended.data)
    (found, *_) = run_empty("find", "Anselm Quillfeather", "--json").data["persons"]
    (record,) = run_empty("show", found["record"], "--json").data["records"]
    assert record["as_of"] == "2026-03-01T12:00:00.000000Z"


def test_a_purged_record_is_gone_and_a_judgement_is_obeyed(run_empty: Run) -> None:
    for source in SAMPLES[:2]:
        assert run_empty("import", source).code == 0
    person = max(
        (run_empty("find", name, "--json").data["persons"][0] for name in ("Yellowhorse, Matthew", "Davis, Nathaniel")),
        key=lambda each: len(each["records"]),
    )
    first, *others = person["records"]
    assert others
    decided = run_empty("judge", first, others[0], "different", "--actor", "clerk", "--reason", "kin", "--json")
    assert decided.code == 0, decided.err
    why = run_empty("why", first, others[0], "--json").data
    assert not why["same_person"]
    assert why["judgements"][0]["reason"] == "kin"
    assert run_empty("purge", first, "--yes", "--json").data == {"purged": first, "raw_deliveries": 0}
    assert run_empty("show", first).code == 5
    assert run_empty("import", SAMPLES[0], "--json").data["known"]
    assert first not in run_empty("find", "Yellowhorse, Matthew", "--json").out


def test_the_shipped_sources_are_listed_and_sound(run: Run) -> None:
    listed = run("sources", "list", "--json").data["sources"]
    assert len(listed) == 18
    assert all(each["id"] in run("sources", "list").out for each in listed[:3])


def test_a_source_that_is_not_as_expected_is_told_and_ends_with_a_code(run: Run, tmp_path: Path) -> None:
    (tmp_path / "manifest.yaml").write_text("id: [")
    ended = run("sources", "check", str(tmp_path), "--json")
    assert (ended.code, ended.error["code"]) == (3, "EYRE-309")
    assert not ended.data["sources"][0]["sound"]
    assert "EYRE-301" in ended.data["sources"][0]["refused"]


def test_a_database_that_cannot_be_reached_is_a_fault_of_the_store(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EYRE_DATABASE_URL", f"postgresql:///nowhere?host={tmp_path}")
    ended = run("find", "Davis", "--json")
    assert (ended.code, ended.error["code"]) == (4, "EYRE-200")
    monkeypatch.setenv("EYRE_DATABASE_URL", "oracle://somewhere")
    ended = run("find", "Davis", "--json")
    assert (ended.code, ended.error["code"]) == (4, "EYRE-101")
