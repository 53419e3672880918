"""What large deliveries took does not stay a worker's for ever."""

import sys
import threading
from pathlib import Path

import pytest

from eyre.circuit.give_back_memory import LARGE, Memory, give_back_memory

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other C libraries give back by themselves")


def resident() -> int:
    """Bytes of this process in memory."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmRSS"))


def make_rows() -> list[str]:
    """Some 130 MB of texts that Python takes from the C library, one by one."""
    return [f"{number:0600}" for number in range(200_000)]


def freed_beside_what_lives() -> list[str]:
    """Takes much, and gives back all but what was taken last: that keeps the heap from shrinking by itself."""
    kept: list[str] = []

    def work() -> None:
        rows = make_rows()
        kept.append(f"{len(rows):0600}")
        rows.clear()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return kept


def test_what_was_freed_is_given_back() -> None:
    give_back_memory()
    before = resident()
    kept = freed_beside_what_lives()
    assert resident() - before > (80 << 20), "the C library kept nothing"
    Memory().used(LARGE)
    assert resident() - before < (20 << 20)
    assert kept


def test_small_deliveries_do_not_search_for_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[int] = []
    monkeypatch.setattr("eyre.circuit.give_back_memory.give_back_memory", lambda: searched.append(1))
    memory = Memory()
    memory.used(LARGE - 1)
    assert not searched
    memory.used(LARGE)
    memory.used(LARGE)  # at once again
    assert len(searched) == 1
