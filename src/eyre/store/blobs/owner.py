"""Whose a blob directory is. Two stores may not share one, for each would sweep what only the other names."""

import hashlib
import tempfile
from contextlib import suppress
from pathlib import Path

from eyre.errors import ConfigError

_FILE = "store"


def owner_of(record_key: bytes) -> str:
    """What a store calls itself in its blob directory; from the key that goes with the database into every copy."""
    return hashlib.sha256(b"eyre blobs" + record_key).hexdigest()[:32]


def check_owner(directory: Path, owner: str) -> None:
    """Raises `ConfigError` EYRE-122 when `directory` is another store's."""
    try:
        held = (directory / _FILE).read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return  # a directory that is not there, or cannot be read, is told by whoever needs it
    if held != owner:
        raise ConfigError(
            f"the directory `{directory}` holds the raw deliveries of another store",
            remedy="give each store its own, with EYRE_BLOB_DIR",
            code="EYRE-122",
        )


def claim(directory: Path, owner: str) -> None:
    """Writes down whose `directory` is, if nobody did; then as `check_owner`. Whoever looks meanwhile sees all of it or
    nothing."""
    path = directory / _FILE
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", encoding="ascii", dir=directory, prefix=".store-") as file:
            file.write(owner + "\n")
            file.flush()
            with suppress(FileExistsError):
                path.hardlink_to(file.name)
    check_owner(directory, owner)
