"""Where data lives when nobody says where."""

import os
import sys
from pathlib import Path

_OF_ROOT = Path("/var/lib/eyre")  # PostgreSQL runs as another user, who cannot enter root's home


def default_data_dir() -> Path:
    """`/var/lib/eyre` for root; else `eyre` in the user's data directory (XDG, or macOS's own)."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return _OF_ROOT
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "eyre"
    said = os.environ.get("XDG_DATA_HOME", "")
    base = Path(said) if said and Path(said).is_absolute() else Path.home() / ".local" / "share"
    return base / "eyre"
