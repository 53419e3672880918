"""The demonstration, as a person runs it."""

import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CODE = "from eyre.cli.main import run; run()"


def eyre(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", CODE, *arguments], capture_output=True, text=True, check=False, timeout=300
    )


def told(*arguments: str) -> Any:
    ended = eyre(*arguments)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.mark.slow
def test_the_demonstration_shows_a_person_and_why_and_changes_nothing_the_second_time(
    postgres_directory: Path,
) -> None:
    where = ("--data-dir", str(postgres_directory / "data"))
    story = told("demo", *where, "--json")
    assert len(story["sources"]) == 18
    for source in story["sources"]:
        assert source["rows_in"] == source["accepted"] + source["quarantined"] + source["ignored"]
        assert not source["known"]
    assert story["seen"]["records"] > 50_000
    assert 10_000 < story["seen"]["persons"] < story["seen"]["records"]
    assert len({record["source"] for record in story["person"]["records"]}) >= 4
    assert sum(part["units"] for part in story["why"]["parts"]) == story["why"]["units"] > 0
    narrow = [record["record"] for person in story["narrow"]["persons"] for record in person["records"]]
    assert 0 < len(narrow) < len(story["person"]["records"])
    again = told("demo", *where, "--json")
    assert all(source["known"] for source in again["sources"])
    kept = ("seen", "person", "why", "narrow", "next")
    assert {part: again[part] for part in kept} == {part: story[part] for part in kept}
    for line in story["next"]:
        _, *arguments = shlex.split(line)
        if arguments[0] != "up":
            assert eyre(*arguments).returncode == 0, line
    father_and_son = told("find", "Yellowhorse, Matthew", *where, "--json")["persons"][:2]
    records = [person["record"] for person in father_and_son]
    assert not told("why", *records, *where, "--json")["same_person"]
    shown = eyre("demo", *where)
    assert story["person"]["person"] in shown.stdout
    assert shown.stderr == ""


@pytest.mark.slow
def test_the_demonstration_is_not_mixed_into_a_store_of_other_people(postgres_directory: Path, tmp_path: Path) -> None:
    where = ("--data-dir", str(postgres_directory / "data"))
    (tmp_path / "manifest.yaml").write_text(
        "id: our_jail\ntitle: Our jail\npublisher: Our county\n"
        "jurisdiction: ocd-division/country:us/state:oz/county:ours\nkind: custody\nterms: oz-public-roster\n"
        "time_zone: America/Chicago\nformat: {type: csv}\nfields:\n  last: {to: name.surname}\n"
        "identity_keys: [last]\nbooking_number_scope: absent\nage_basis: dob\nrelease_signal: drop_off\n"
    )
    (tmp_path / "roster.csv").write_text("last\nQuillfeather\n")
    assert eyre("import", str(tmp_path), str(tmp_path / "roster.csv"), *where).returncode == 0
    ended = eyre("demo", *where, "--json")
    assert ended.returncode == 3
    assert json.loads(ended.stderr)["error"]["code"] == "EYRE-402"
