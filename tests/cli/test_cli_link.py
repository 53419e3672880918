"""`eyre link` as a person uses it, and how it ends."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from eyre import __version__
from eyre.cli.failure import ExitCode, exit_code, show_unexpected
from eyre.cli.main import run_with
from eyre.errors import ConfigError, EyreError, InputError, NotFoundError, SourceError, StoreError, ViewError
from tests.service.link_files_made import PEOPLE, write

EYRE = Path(sys.executable).with_name("eyre")


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write(Path("people.csv"), PEOPLE)


def test_the_answer_goes_to_standard_output_and_the_report_beside_it(
    people: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run_with(["link", str(people)]) == 0
    out, err = capfd.readouterr()
    assert out == "record_id,person_id\na1,a1\na2,a2\nb1,a1\nb2,b2\n"
    assert "4 records are 3 persons" in err


def test_files_are_written_and_the_summary_is_data(people: Path, capfd: pytest.CaptureFixture[str]) -> None:
    told = ["--keep", "--pairs", "pairs.csv", "--out", "out.csv", "--json"]
    assert run_with(["link", str(people), *told]) == 0
    out, err = capfd.readouterr()
    summary: dict[str, Any] = json.loads(out)
    assert err == ""
    assert (summary["records"], summary["persons"], summary["tied_pairs"]) == (4, 3, 1)
    assert summary["files"][0]["columns"]["surname"] == "surname"
    assert set(summary["seconds"]) == {"load", "read", "arrange", "resolve", "answer", "write"}
    assert summary["peak_mib"] > 10
    assert Path("out.csv").read_text("utf-8").startswith("record_id,person_id,given_name,surname,birth_date,")
    assert re.match(
        r"left_id,right_id,weight_bits,probability,same_person\na1,b1,", Path("pairs.csv").read_text("utf-8")
    )


def test_columns_are_mapped_on_the_command_line_and_by_a_file(people: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write(people, "WHO,AGE YEARS,tel\nMarisol Quintero,36,555-301-2210\nM Quintero,,555-301-2210\n")
    write(Path("m.yaml"), "columns: {WHO: full_name, AGE YEARS: age, tel: ignored}\n")
    told = ["link", str(people), "--mapping", "m.yaml", "--map", "tel=phone", "--json", "-o", "out.csv"]
    assert run_with(told) == 0
    first = json.loads(capfd.readouterr().out)
    assert first["files"][0]["columns"] == {"WHO": "full_name", "AGE YEARS": "age", "tel": "phone"}
    assert first["unused"] == {"age": 1}
    assert run_with([*told, "--as-of", "2020-04-01"]) == 0
    assert json.loads(capfd.readouterr().out)["unused"] == {}


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["link", "nothere.csv"], 3, "no file `nothere.csv`"),
        (["link", "people.csv", "-o", "people.csv"], 3, "is an input as well"),
        (["link", "people.csv", "--map", "x"], 3, "is no mapping"),
        (["link", "people.csv", "--model", "people.csv"], 3, "is not a model"),
        (["link", "people.csv", "--nonsense"], 2, "No such option"),
        (["link"], 2, "Missing argument"),
        (["link", "people.csv", "--as-of", "soon"], 2, "soon"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_an_error_names_its_remedy_and_has_its_code_in_words_and_as_data(
    people: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], code: int, told: str
) -> None:
    assert people.exists()
    assert run_with(arguments) == code
    out, err = capfd.readouterr()
    assert out == ""
    assert told in " ".join(err.split())
    assert "Traceback" not in err
    output = [] if "-o" in arguments else ["-o", "out.csv"]
    assert run_with([*arguments, *(output if arguments[0] == "link" else []), "--json"]) == code
    out, err = capfd.readouterr()
    error = json.loads(err)["error"]
    assert out == ""
    assert set(error) == {"code", "message", "remedy"}
    assert error["code"].startswith("EYRE-4")
    assert not Path("out.csv").exists()


def test_a_summary_as_data_needs_another_place_for_the_answer(people: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run_with(["link", str(people), "--json"]) == ExitCode.INPUT
    assert "--out" in json.loads(capfd.readouterr().err)["error"]["remedy"]


def test_every_kind_of_error_has_its_exit_code() -> None:
    kinds = (InputError, SourceError, StoreError, ConfigError, NotFoundError, ViewError, EyreError)
    assert [int(exit_code(kind("x"))) for kind in kinds] == [3, 3, 4, 4, 5, 6, 1]


def test_a_fault_is_told_without_what_the_exception_says(capfd: pytest.CaptureFixture[str]) -> None:
    try:
        raise KeyError("Marisol Quintero")
    except KeyError as error:
        show_unexpected(error, as_json=False, with_trace=False)
        told = capfd.readouterr().err
        show_unexpected(error, as_json=True, with_trace=True)
    assert re.search(r"error EYRE-000: unexpected KeyError at test_cli_link.py:\d+", told)
    assert "Quintero" not in told
    assert "Traceback" in capfd.readouterr().err


def run_eyre(*arguments: str, before: str = "") -> "subprocess.CompletedProcess[str]":
    code = f"{before}\nimport sys\nfrom eyre.cli.main import run\nsys.argv[1:] = {list(arguments)!r}\nrun()"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)


TELL_LOADED = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr))"


def loaded_by(ended: "subprocess.CompletedProcess[str]") -> set[str]:
    assert ended.returncode == 0
    return {name.partition(".")[0] for name in ended.stderr.split()}


def test_help_is_quick_because_it_loads_nothing_that_works() -> None:
    shown = run_eyre("--help", before=TELL_LOADED)
    loaded = loaded_by(shown)
    assert "Exit codes" in shown.stdout
    assert "typer" in loaded
    assert not loaded & {"numba", "numpy", "pyarrow", "psycopg", "sqlalchemy", "pydantic", "usaddress", "lxml"}


def test_linking_loads_neither_a_compiler_nor_what_others_need(people: Path) -> None:
    assert run_with(["link", str(people), "-o", "out.csv"]) == 0  # its kernels are kept from now on, if they were not
    loaded = loaded_by(run_eyre("link", str(people), "-o", "out.csv", "--json", before=TELL_LOADED))
    assert {"numpy", "pyarrow"} <= loaded
    assert not loaded & {"numba", "pandas", "psycopg", "sqlalchemy", "lxml"}


def test_the_installed_command_tells_its_version_and_shows_help_without_arguments() -> None:
    version = subprocess.run([EYRE, "--version"], capture_output=True, text=True, check=False, timeout=60)
    assert (version.returncode, version.stdout) == (0, f"eyre {__version__}\n")
    bare = subprocess.run([EYRE], capture_output=True, text=True, check=False, timeout=60)
    assert bare.returncode == 2
    assert "Usage" in bare.stdout + bare.stderr


def test_an_interruption_has_its_own_code(people: Path) -> None:
    """A timer interrupts as soon as work begins, as a person's key would."""
    before = (
        "import signal\n"
        "def interrupt(*_): raise KeyboardInterrupt\n"
        "signal.signal(signal.SIGALRM, interrupt); signal.setitimer(signal.ITIMER_REAL, 0.35)"
    )
    ended = run_eyre("link", str(people), "-o", "out.csv", before=before)
    assert ended.returncode == ExitCode.INTERRUPTED
    assert not Path("out.csv").exists()


def test_a_reader_that_goes_away_is_no_fault(people: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [EYRE, "link", people], stdout=writing, stderr=subprocess.PIPE, text=True, check=False, timeout=60
    )
    os.close(writing)
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
