"""What the house forbids and no linter knows."""

import ast
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "src/eyre"
TEXTS = {path: path.read_text(encoding="utf-8") for path in sorted(HOUSE.rglob("*.py"))}
ROOMS_AND_FILES = [path.relative_to(HOUSE) for path in TEXTS]
DRAWERS = {"utils", "util", "common", "helpers", "helper", "misc", "core", "shed", "stuff", "base"}
LONGEST = 350  # most files have 80 to 150 lines; one with more than this has two ideas
FORBIDDEN_LICENCES = re.compile(r"\b(A?GPL|GNU (Affero )?General Public)\b", re.IGNORECASE)


def test_arrows_point_down() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 0, ran.stdout


def test_there_are_no_drawers() -> None:
    assert [module for module in ROOMS_AND_FILES if DRAWERS & {*module.parts[:-1], module.stem}] == []


def test_no_file_is_long() -> None:
    lengths = {str(module.relative_to(HOUSE)): len(text.splitlines()) for module, text in TEXTS.items()}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_every_module_says_what_it_is_for() -> None:
    assert [module for module, text in TEXTS.items() if not ast.get_docstring(ast.parse(text))] == []


def test_no_file_bears_a_licence_header() -> None:
    assert [module for module, text in TEXTS.items() if "SPDX-License" in text or "Licensed under" in text] == []


def test_every_room_is_a_package() -> None:
    rooms = {path.parent for path in TEXTS} - {HOUSE / "store/migrations/versions"}  # Alembic loads these by path
    assert [room for room in sorted(rooms) if not (room / "__init__.py").exists()] == []


def test_only_the_store_speaks_to_the_database() -> None:
    drivers = re.compile(r"^\s*(?:import|from) (psycopg|psycopg_pool|sqlalchemy|alembic)\b", re.MULTILINE)
    speakers = {module.relative_to(HOUSE).parts[0] for module, text in TEXTS.items() if drivers.search(text)}
    assert speakers <= {"store"}


def run_time_packages() -> set[str]:
    """The names of all packages that an installed Eyre pulls in without its development tools."""
    found: set[str] = set()
    waiting = ["eyre"]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        requires = (metadata.requires(name) or []) if is_installed(name) else []
        waiting += [re.split(r"[^\w.-]", each, maxsplit=1)[0] for each in requires if "extra ==" not in each]
    return found


def licence_of(name: str) -> str:
    """What a package says of its licence, without the words of the LGPL, which allows an import, and without those that
    another licence of the same package spares us (`EPL-2.0 OR GPL-2.0-or-later`)."""
    told = metadata.metadata(name).json
    choices = str(told.get("license_expression") or told.get("license", "")).partition("\n")[0].split(" OR ")
    said = [choice for choice in choices if not FORBIDDEN_LICENCES.search(choice)] or choices
    said += [each for each in told.get("classifier", []) if each.startswith("License")]
    return " ".join(map(str, said)).replace("LGPL", "").replace("Lesser General Public", "")


def test_nothing_under_gpl_is_needed_at_run_time() -> None:
    needed = run_time_packages() - {"eyre"}
    assert {"psycopg", "numpy", "typer"} <= needed
    here = [name for name in needed if is_installed(name)]
    assert [name for name in here if FORBIDDEN_LICENCES.search(licence_of(name))] == []


def is_installed(name: str) -> bool:
    """Whether it is; a package can be for another platform."""
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True
