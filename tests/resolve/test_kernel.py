"""Kernels: what they take and give, and that kept machine code needs no Numba."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from eyre.resolve import machine_code
from eyre.resolve.components import components_of
from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.layout import Int64, units

Numbers = NDArray[np.int64] | NDArray[np.uint8]


class Nested(NamedTuple):
    """A tuple in a tuple, with whatever a kernel takes."""

    flat: Numbers
    deep: tuple[Numbers, int]


@inline_kernel
def _doubled(number: int) -> int:
    return 2 * number


def _sum(nested: Nested, table: Int64, out: Int64) -> int:
    total = units(nested.deep[1])
    for at in range(len(nested.flat)):
        total += _doubled(nested.flat[at]) + nested.deep[0][at]
    for row in range(table.shape[0]):
        for column in range(table.shape[1]):
            out[column] += table[row, column]
    return int(total)


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder for machine code."""
    monkeypatch.setattr(machine_code, "code_folder", lambda: tmp_path)
    return tmp_path


def sums(function: Callable[..., Any], kind: type[np.generic]) -> tuple[int, list[int]]:
    out = np.zeros(3, dtype=np.int64)
    flat = np.array([1, 2, 3], dtype=kind)
    table = np.arange(6, dtype=np.int64).reshape(2, 3)
    total = function(Nested(flat, (flat[::-1].copy(), -50)), table, out)
    return total, out.tolist()


def test_a_kernel_computes_what_its_function_does_for_each_kind_of_arguments(kept: Path) -> None:
    compiled = kernel(_sum)
    assert sums(compiled, np.int64) == sums(compiled, np.uint8) == (12 + 6 - 50, [3, 5, 7])
    assert len(list(kept.glob("*.o"))) == 2
    again = kernel(_sum)
    assert sums(again, np.int64) == (-32, [3, 5, 7])
    assert len(list(kept.iterdir())) == 2


def test_a_kernel_refuses_what_it_cannot_read(kept: Path) -> None:
    table = np.arange(6, dtype=np.int64).reshape(2, 3)
    with pytest.raises(TypeError, match="items follow each other"):
        kernel(_sum)(Nested(table[0], (table[0], 0)), table[:, ::2], table[0])
    with pytest.raises(TypeError, match="takes no str"):
        kernel(_sum)("text", table, table[0])  # type: ignore[arg-type]
    assert not list(kept.iterdir())


def test_a_kernel_gives_back_what_it_says(kept: Path) -> None:
    def half(number: int) -> int:
        return number / 2  # type: ignore[return-value]

    with pytest.raises(TypeError, match="gives back float64"):
        kernel(half)(3)
    assert not list(kept.iterdir())


def test_what_kernels_call_nobody_else_does() -> None:
    with pytest.raises(TypeError, match="by kernels only"):
        _doubled(2)


_ONCE = """
import sys, numpy as np
from eyre.resolve.components import components_of
pairs = np.array([[1, 3], [2, 2]], dtype=np.int32)
print(components_of(4, *pairs).tolist(), "numba" in sys.modules)
"""


def test_kept_code_is_called_without_numba() -> None:
    components_of(2, np.zeros(1, dtype=np.int32), np.ones(1, dtype=np.int32))  # kept from now on, if it was not
    told = subprocess.run([sys.executable, "-c", _ONCE], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout == "[0, 1, 1, 1] False\n"


_MODULES = {
    "own": "from eyre.between import this as that\n",
    "eyre.between": "from eyre import (\n    far,\n)\n",
    "eyre.far": "LIMIT = 1\n",
    "eyre.stranger": "LIMIT = 1\n",
}


@pytest.mark.parametrize(("changed", "afresh"), [("own", True), ("eyre.far", True), ("eyre.stranger", False)])
def test_a_change_compiles_afresh_what_it_reaches(monkeypatch: pytest.MonkeyPatch, changed: str, afresh: bool) -> None:
    def digest(sources: dict[str, str]) -> str:
        monkeypatch.setattr(machine_code, "_source_of", lambda name: sources.get(name, ""))
        return machine_code.source_digest.__wrapped__("own")

    assert (digest(_MODULES) != digest(_MODULES | {changed: "LIMIT = 2\n"})) is afresh
