"""The demonstration, as a person runs it: on a terminal, in a pipe, as data."""

import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Demonstrated
from tests.cli.terminal import terminal

CODE = "from eyre.cli.main import run; run()"
DOORS = {"HTTP", "SFTP", "folder", "push"}


def eyre(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", CODE, *arguments], capture_output=True, text=True, check=False, timeout=600
    )


def told(*arguments: str) -> Any:
    ended = eyre(*arguments)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.mark.slow
def test_a_state_is_ridden_and_a_person_shown_and_its_time_goes_on(demonstrated: Demonstrated) -> None:
    where, (first, *happened, story) = demonstrated
    assert first["looked"]["sources"] == sum(story["doors"].values()) > 100
    assert set(story["doors"]) == DOORS
    assert all(story["doors"].values())
    assert first["looked"]["seen"]["records"] > 15_000
    events = [line["event"] for line in happened if "event" in line]
    assert {"booked", "released"} <= {event["kind"] for event in events}
    assert all(event["earliest"] <= event["latest"] and event["basis"] for event in events)
    assert [event["number"] for event in events] == sorted({event["number"] for event in events})
    joined = [line["joined"] for line in happened if "joined" in line]
    assert joined == story["joined"]
    assert all(person["source"] != person["other_source"] for person in joined)
    for person in joined[:3]:
        why = told("why", person["record"], person["other"], *where, "--json")
        assert (why["same_person"], why["bits"]) == (True, person["bits"])
    assert len({record["source"] for record in story["person"]["records"]}) >= 2
    assert story["custody"]["person"] == story["person"]["person"]
    assert sum(part["units"] for part in story["why"]["parts"]) == story["why"]["units"] > 0
    narrow = [record["record"] for person in story["narrow"]["persons"] for record in person["records"]]
    assert set(narrow) <= {record["record"] for record in story["person"]["records"]}
    for line in story["next"]:
        _, *arguments = shlex.split(line)
        if arguments[0] != "demo":
            assert eyre(*arguments).returncode == 0, line
    ended = eyre("demo", *where, "--json", "--minutes", "0.02")
    assert ended.returncode == 0, ended.stderr
    later = json.loads(ended.stdout.splitlines()[-1])
    assert later["circuit"]["at"] > story["circuit"]["at"]
    assert later["circuit"]["events"]["booked"] >= story["circuit"]["events"]["booked"]
    assert all(source["known"] for source in later["sources"])
    father_and_son = told("find", "Yellowhorse, Matthew", *where, "--json")["persons"][:2]
    records = [person["record"] for person in father_and_son]
    assert not told("why", *records, *where, "--json")["same_person"]


@pytest.mark.slow
def test_on_a_terminal_it_is_live_until_ctrl_c_and_the_story_follows(demonstrated: Demonstrated) -> None:
    with terminal("demo", *demonstrated.place, "--minutes", "30") as screen:
        screen.until("invented time")
        shown = screen.until("what happens")
        assert "who they are" in shown
        screen.until("on time")
        screen.until("booked, ")
        screen.interrupt_until("Ending the rides under way")
        screen.until("What was ridden")
        code, end = screen.ended()
    assert code == 0
    for heading in ("Where they are and were held", "belong together", "narrower purpose", "What to try next"):
        assert heading in end


@pytest.mark.slow
def test_in_a_pipe_it_prints_plain_lines_and_ends(demonstrated: Demonstrated) -> None:
    ended = eyre("circuit", "demo", *demonstrated.place)
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
    assert "\x1b" not in ended.stdout
    assert "Drawing an invented state and starting its servers …\n" in ended.stdout
    for part in ("booked, ", " bits)", "What was ridden", "What to try next"):
        assert part in ended.stdout


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
