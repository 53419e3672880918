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

_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def reachable_binaries(binaries: Binaries, area: Area, account: Account) -> Binaries:
    """`binaries`, or a copy of them inside the area where `account` cannot reach them (a virtual environment below
    `/root`, say). The directories above them are left as they are."""
    if not account.switch or can_enter(account, binaries.directory):
        return binaries
    copy = area.root / "programs" / str(binaries.major)
    if not copy.exists():
        draft = copy.with_name(f".{copy.name}.{os.getpid()}")
        shutil.copytree(binaries.directory.parent, draft, symlinks=True)
        draft.rename(copy)
    return Binaries(copy / binaries.directory.name, binaries.major)


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
