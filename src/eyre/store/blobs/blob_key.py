"""The key that raw deliveries are sealed with, out of the file that a setting names."""

from pathlib import Path

from eyre.errors import ConfigError

_BYTES = 32
_MOST = 1024  # a file of hex digits and spaces is far shorter


def read_blob_key(file: Path) -> bytes:
    """The 32 bytes that `file` holds, raw or as 64 hex digits. Raises `ConfigError` EYRE-121, and shows none of it."""
    try:
        with file.open("rb") as opened:
            held = opened.read(_MOST)
    except OSError as error:
        raise ConfigError(
            f"the key file `{file}` cannot be read: {error.strerror}",
            remedy="correct EYRE_BLOB_KEY_FILE, or let Eyre read the file",
            code="EYRE-121",
        ) from error
    if len(held) == _BYTES:
        return held
    try:
        key = bytes.fromhex(held.decode("ascii"))
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        raise ConfigError(
            f"the key file `{file}` does not hold 32 bytes, raw or as 64 hex digits",
            remedy="make one with `openssl rand -hex 32`",
            code="EYRE-121",
        )
    return key
