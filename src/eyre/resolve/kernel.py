"""How hot loops are compiled: Numba, without the interpreter's lock, cached on disk.

Numba looks at one file's time stamp to judge its cache, not at the kernels which that file calls; so the cache folder
is named by a digest of every kernel source, and a change anywhere compiles afresh. Kernels never use `parallel=`,
which the cache ignores: several cores are used by threads, each in a kernel of its own.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

_HERE = Path(__file__).parent
_njit: Any = numba.njit  # its stubs do not know `_nrt`
_Function = TypeVar("_Function", bound=Callable[..., Any])


def _cache_folder() -> Path | None:
    """A folder beside the sources if they can be written to; else Numba's own choice in the user's cache."""
    if not os.access(_HERE, os.W_OK):
        return None
    digest = hashlib.sha256()
    for path in sorted(_HERE.glob("*.py")):
        digest.update(path.read_bytes())
    return _HERE / "__pycache__" / f"kernels-{digest.hexdigest()[:12]}"


if (_folder := _cache_folder()) is not None:
    vars(numba.config)["CACHE_DIR"] = str(_folder)


def kernel(function: _Function) -> _Function:
    """Compile `function` on first use; the signature for type checkers stays its own."""
    return cast(_Function, numba.njit(cache=True, nogil=True, error_model="numpy")(function))


def pair_kernel(function: _Function) -> _Function:
    """As `kernel`, for one that makes no arrays: without reference counts, which cost more than comparing does."""
    return cast(_Function, _njit(cache=True, nogil=True, error_model="numpy", _nrt=False)(function))


def called_kernel(function: _Function) -> _Function:
    """As `pair_kernel`, for a function that kernels call and that is too long to be compiled into each of them."""
    return cast(_Function, _njit(nogil=True, error_model="numpy", _nrt=False)(function))


def inline_kernel(function: _Function) -> _Function:
    """As `pair_kernel`, for a function that only kernels call: compiled into its callers."""
    return cast(_Function, _njit(nogil=True, error_model="numpy", _nrt=False, forceinline=True)(function))
