"""A command on a real pseudo-terminal: what it shows is read as a person would see it, keys are typed."""

import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_WAIT = 300.0  # seconds: a first run compiles, on a machine that may be busy
_PATIENCE = 5.0
_RUN = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); from eyre.cli.main import run; run()"
"""The terminal is the process's own, so that Ctrl-C reaches it."""
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass
class Terminal:
    """The terminal's other end, and the process on it."""

    end: int
    process: "subprocess.Popen[bytes]"
    seen: str = ""

    def until(self, text: str) -> str:
        """What is shown from now until `text` stands there, without colours; `text` included."""
        if not self._is_shown(text, _WAIT):
            raise AssertionError(f"`{text}` was not shown, but: {self.seen}")
        shown, _, self.seen = self.seen.partition(text)
        return shown + text

    def interrupt_until(self, text: str) -> str:
        """Types Ctrl-C, as often as a person would: one that comes in the moment before Python reads is not heard."""
        for _ in range(5):
            self.type("\x03")
            if self._is_shown(text, _PATIENCE):
                break
        return self.until(text)

    def type(self, text: str) -> None:
        """Types keys; control characters reach the process as signals, as on any terminal."""
        os.write(self.end, text.encode())

    def ended(self) -> tuple[int, str]:
        """The exit code, and what was shown until then."""
        deadline = time.monotonic() + _WAIT
        while self._read(deadline):
            pass
        return self.process.wait(_WAIT), self.seen

    def _is_shown(self, text: str, within: float) -> bool:
        deadline = time.monotonic() + within
        while text not in self.seen:
            if not self._read(deadline):
                return False
        return True

    def _read(self, deadline: float) -> bool:
        ready, _, _ = select.select([self.end], [], [], max(deadline - time.monotonic(), 0))
        if not ready:
            return False
        try:
            some = os.read(self.end, 65536)
        except OSError:  # the process has closed its side
            return False
        self.seen += _plain(some)
        return bool(some)


def _plain(some: bytes) -> str:
    return _COLOURS.sub("", some.decode(errors="ignore")).replace("\r\n", "\n")


@contextmanager
def terminal(*arguments: str) -> Iterator[Terminal]:
    """`eyre` with `arguments` on a terminal of 120 columns."""
    end, own = os.openpty()
    fcntl.ioctl(own, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 120, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", _RUN, *arguments],
        stdin=own,
        stdout=own,
        stderr=own,
        env={**os.environ, "TERM": "xterm"},
        start_new_session=True,
    )
    os.close(own)
    try:
        yield Terminal(end, process)
    finally:
        process.kill()
        process.wait()
        os.close(end)
