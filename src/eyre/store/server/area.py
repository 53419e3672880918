"""The directory in which a private server lives, and what is where in it::

area/                 made 0755 if it is not there; never changed if it is
├── pgdata/           PostgreSQL's data directory            server's user, 0700
├── programs/         copy of the programs, only where the server's user cannot reach them otherwise
├── run/              the Unix socket (in /tmp instead when this path is too long)  server's user, 0700
├── secrets/          passwords, one a file                  Eyre's user, 0700 / 0600
├── server.log        PostgreSQL's log; holds no statements  server's user, 0600
└── start.lock, use.lock
"""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from eyre.errors import StoreError
from eyre.store.server.account import Account, can_enter, give_to

PORT = 5432
_SOCKET_PATH_LIMIT = 103  # macOS allows 103 bytes, Linux 107
_SHORT = Path("/tmp")  # noqa: S108 - what is made there is private, and refused when somebody else made it


@dataclass(frozen=True, slots=True)
class Area:
    """The paths of one private server."""

    root: Path

    @property
    def data(self) -> Path:
        """PostgreSQL's data directory."""
        return self.root / "pgdata"

    @property
    def log(self) -> Path:
        """PostgreSQL's log."""
        return self.root / "server.log"

    @property
    def start_lock(self) -> Path:
        """Held while somebody starts or stops the server."""
        return self.root / "start.lock"

    @property
    def use_lock(self) -> Path:
        """Shared by all who use the server."""
        return self.root / "use.lock"

    @property
    def socket_directory(self) -> Path:
        """`run/` here, or a directory in `/tmp` when the socket's path would be longer than the system allows."""
        if len(os.fsencode(self.root / "run" / f".s.PGSQL.{PORT}")) <= _SOCKET_PATH_LIMIT:
            return self.root / "run"
        return _SHORT / f"eyre-{hashlib.sha256(os.fsencode(self.root)).hexdigest()[:16]}"

    def password(self, name: str) -> str:
        """The password kept as `secrets/<name>`, made on first use."""
        path = self.root / "secrets" / name
        if not path.exists():
            path.parent.mkdir(mode=0o700, exist_ok=True)
            write_new(path, secrets.token_urlsafe(32))
        return path.read_text()


def make_area(root: Path, account: Account) -> Area:
    """The area at `root`, with its directories. Raises `StoreError` when the server's user could not reach it."""
    area = Area(root.resolve())
    try:
        area.root.mkdir(mode=0o755, parents=True, exist_ok=True)
        if not can_enter(account, area.root):
            raise StoreError(
                f"the user `{account.name}`, as which PostgreSQL runs, cannot enter `{area.root}`",
                remedy="choose a data directory that every user may pass through, such as `/var/lib/eyre`",
            )
        _private_directory(area.socket_directory, account)
        if not area.log.exists():
            write_new(area.log, "")
            give_to(account, area.log)
    except OSError as error:
        raise StoreError(
            f"the data directory `{area.root}` cannot be used: {error.strerror}",
            remedy="choose another one, or correct its permissions",
        ) from error
    return area


def write_new(path: Path, text: str) -> None:
    """Writes a file that only this user may read, whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _private_directory(path: Path, account: Account) -> None:
    """Makes `path` for `account` alone; one that somebody else made (`/tmp` is everyone's) is refused."""
    try:
        path.mkdir(mode=0o700)
        give_to(account, path)
    except FileExistsError:
        status = path.lstat()
        if path.is_symlink() or status.st_uid != account.uid or status.st_mode & 0o077:
            raise StoreError(
                f"`{path}` is not a private directory of the user `{account.name}`",
                remedy="remove it, or choose another data directory",
            ) from None
