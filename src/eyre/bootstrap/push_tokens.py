"""Who may send: the file of tokens, of which only hashes are kept."""

import re
from collections.abc import Mapping
from pathlib import Path

from eyre.config.settings import PUSH_TOKENS, read_settings
from eyre.errors import ConfigError

_LINE = re.compile(r"([a-z][a-z0-9_]{2,63})\s+([0-9a-fA-F]{64})")


def push_tokens(data_dir: Path | None = None) -> Mapping[str, tuple[bytes, ...]] | None:
    """By source, the SHA-256 of each token with which it may send; nothing where no file is named. Raises
    `ConfigError` EYRE-101."""
    file = read_settings(data_dir).push_tokens
    return None if file is None else read_push_tokens(file)


def read_push_tokens(file: Path) -> Mapping[str, tuple[bytes, ...]]:
    """Reads lines `source sha256hex`; a source may have several, so that a token can be replaced. Empty lines and
    those that begin with `#` are left out."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(f"`{file}` cannot be read: {type(error).__name__}") from error
    tokens: dict[str, tuple[bytes, ...]] = {}
    for number, line in enumerate(map(str.strip, lines), 1):
        if not line or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if found is None:  # the line is not shown: somebody may have written a token into it
            raise _unusable(f"line {number} of `{file}` is not a source and the SHA-256 of a token")
        source, digest = found.groups()
        tokens[source] = (*tokens.get(source, ()), bytes.fromhex(digest))
    return tokens


def _unusable(why: str) -> ConfigError:
    return ConfigError(
        f"the setting `{PUSH_TOKENS}` cannot be used: {why}", remedy="see docs/reference/settings.md", code="EYRE-101"
    )
