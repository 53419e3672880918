"""The peers' own environment, pinned and apart from the project's: `python -m bench.peers_env` makes it."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

PINNED = ("duckdb==2.0.0", "numpy==2.4.6", "pyarrow==26.0.1", "splink==5.0.0", "sqlglot==30.30.0")
FOLDER = Path(__file__).parent / ".peers"


def peers_python() -> Path:
    """The interpreter of the environment, which is made if it is not there or holds other versions.

    Raises `subprocess.CalledProcessError` where packages cannot be had.
    """
    home = FOLDER / hashlib.sha256("\n".join(PINNED).encode()).hexdigest()[:12]
    python = home / "bin/python"
    if not (home / "ready").exists():
        shutil.rmtree(home, ignore_errors=True)
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / ".gitignore").write_text("*\n", encoding="utf-8")
        _make(home, python)
        (home / "ready").write_text("\n".join(PINNED), encoding="utf-8")
    return python


def peer_command(module: str, *arguments: str) -> list[str]:
    """How `module` of this folder is run in the environment; to be started in the project's root."""
    return [str(peers_python()), "-m", module, *arguments]


def _make(home: Path, python: Path) -> None:
    if uv := shutil.which("uv"):
        outside = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
        subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, home], check=True, env=outside)
        subprocess.run([uv, "pip", "install", "--quiet", "--python", python, *PINNED], check=True, env=outside)
    else:
        subprocess.run([sys.executable, "-m", "venv", home], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PINNED], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    print(peers_python())
