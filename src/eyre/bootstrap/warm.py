"""Compiling kernels in a process of its own, so that it takes a second core instead of the first one's time.

`python -m eyre.bootstrap.warm` compiles what weighs and clusters.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def warming() -> Iterator["subprocess.Popen[bytes]"]:
    """A process that compiles meanwhile; `wait` for it before the kernels are needed, or they are compiled twice."""
    command = [sys.executable, "-m", "eyre.bootstrap.warm"]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _warm() -> None:
    from eyre.resolve.model import default_model
    from eyre.service.warm_kernels import warm_weighing

    warm_weighing(default_model())


if __name__ == "__main__":
    _warm()
