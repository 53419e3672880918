"""How hot loops are compiled: by Numba, without the interpreter's lock, once; their machine code is kept on disk.

A kernel whose code is kept is called without Numba, whose import and set-up would take longer than linking ten thousand
records. It takes arrays, whole numbers and (named) tuples of them, makes no array, raises nothing, and gives back
nothing or one whole number. Kernels never use `parallel=`: several cores are used by threads, each in a kernel of its
own.
"""

from array import array
from collections.abc import Callable
from ctypes import PYFUNCTYPE, byref, c_int32, c_int64, c_void_p
from functools import cached_property, update_wrapper
from typing import Any, TypeVar, cast

from eyre.resolve.arguments import Kind, laid_flat
from eyre.resolve.machine_code import code_of

_Function = TypeVar("_Function", bound=Callable[..., Any])

_ENTRY = PYFUNCTYPE(c_int32, c_void_p, c_void_p)
_DONE = (0, -2)  # what Numba's functions return where nothing was raised


def kernel(function: _Function) -> _Function:
    """Compile `function` on first use, for each kind of arguments; the signature for type checkers stays its own."""
    return cast(_Function, _Kernel(function))


def called_kernel(function: _Function) -> _Function:
    """As `kernel`, for a function that only kernels call and that is too long to be compiled into each of them."""
    return cast(_Function, _Part(function, {}))


def inline_kernel(function: _Function) -> _Function:
    """As `called_kernel`, for a function that is compiled into its callers."""
    return cast(_Function, _Part(function, {"forceinline": True}))


class _Part:
    """A function that kernels call. Numba is first asked for when one of them is compiled."""

    def __init__(self, function: Callable[..., Any], options: dict[str, bool]) -> None:
        self._function = function
        self._options = options
        update_wrapper(self, function)

    @cached_property
    def _part(self) -> Any:
        from eyre.resolve.compile_kernel import part

        return part(self._function, self._options)

    @property
    def _numba_type_(self) -> Any:
        """What Numba takes this for, where it meets it in a kernel."""
        return self._part._numba_type_

    def __call__(self, *_: Any) -> Any:
        raise TypeError(f"`{self._function.__name__}` can be called by kernels only")


class _Kernel:
    """A function whose machine code is called."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._gives = function.__annotations__["return"] is int
        self._codes: dict[Kind, Any] = {}
        update_wrapper(self, function)

    def __call__(self, *arguments: Any) -> int | None:
        kind, slots, held = laid_flat(arguments)
        code = self._codes.get(kind) or self._coded(kind, arguments)
        given = c_int64()
        done = code(byref(given), array("q", slots).tobytes())
        del held
        if done not in _DONE:
            raise RuntimeError(f"the kernel `{self._function.__name__}` ended with {done}")
        return given.value if self._gives else None

    def _coded(self, kind: Kind, arguments: tuple[Any, ...]) -> Any:
        self._codes[kind] = code = _ENTRY(code_of(self._function, kind, arguments))
        return code
