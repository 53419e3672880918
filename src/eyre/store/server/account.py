"""Which operating system user the server runs as. PostgreSQL refuses to run as root, rightly."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from eyre.errors import StoreError

UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """An operating system user; `switch` tells whether this process must become it to run the server."""

    name: str
    uid: int
    gid: int
    switch: bool


def server_account(data: Path) -> Account:
    """This process's own user; for root the owner of existing `data`, else `postgres`, else `nobody`."""
    if os.geteuid() != 0:
        return _own_account()
    if data.exists() and data.stat().st_uid != 0:
        return _account(pwd.getpwuid(data.stat().st_uid), switch=True)
    for name in UNPRIVILEGED:
        try:
            return _account(pwd.getpwnam(name), switch=True)
        except KeyError:
            continue
    raise StoreError(
        "PostgreSQL does not run as root and there is no user `postgres` or `nobody` to run it as",
        remedy="run Eyre as an ordinary user, or name a server with EYRE_DATABASE_URL",
    )


def can_enter(account: Account, directory: Path) -> bool:
    """Whether `account` may pass through `directory` and everything above it."""
    return all(_may_pass(account, each) for each in [directory, *directory.parents])


def give_to(account: Account, path: Path) -> None:
    """Makes `account` the owner of `path`, which this process has just made itself."""
    if account.switch:
        os.chown(path, account.uid, account.gid)


def _may_pass(account: Account, directory: Path) -> bool:
    status = directory.stat()
    if status.st_uid == account.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def _own_account() -> Account:
    try:
        return _account(pwd.getpwuid(os.geteuid()), switch=False)
    except KeyError as error:
        raise StoreError(
            f"the user number `{os.geteuid()}` has no name, without which PostgreSQL does not run",
            remedy="give it one in `/etc/passwd`, or name a server with EYRE_DATABASE_URL",
        ) from error


def _account(entry: pwd.struct_passwd, *, switch: bool) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, switch)
