"""From a Python function to LLVM's assembly, by Numba. Only what is not kept on disk is compiled, and this file is
imported for that alone: importing Numba takes as long as linking ten thousand records."""

from collections.abc import Callable, Iterator
from typing import Any

import llvmlite.binding as llvm
import numba
import numpy as np

_njit: Any = numba.njit  # its stubs do not know all options
_types: Any = numba.types
_OPTIONS = {"nogil": True, "error_model": "numpy", "_nrt": False}
_SHAPE, _STRIDES, _DATA = 24, 32, 40  # bytes into `PyArrayInterface`
_PYTHON = """
declare ptr @PyCapsule_GetPointer(ptr, ptr)
declare ptr @PyEval_SaveThread()
declare void @PyEval_RestoreThread(ptr)

"""


def part(function: Callable[..., Any], options: dict[str, bool]) -> Any:
    """A function that kernels call, as Numba wants it."""
    return _njit(**_OPTIONS, **options)(function)


def compiled(function: Callable[..., Any], arguments: tuple[Any, ...], name: str) -> str:
    """The assembly of `function` for arguments of the same kinds, with an entry of that name: `int32 name(given,
    slots)`, which takes the address of what is given back and that of the slots (`resolve.arguments`). Whoever calls it
    holds the interpreter's lock, which it gives up while `function` runs.

    Raises `TypeError` for a function that gives back what its annotation does not say, and where Numba no longer passes
    arguments as is known here.
    """
    kernel = _njit(**_OPTIONS, no_cpython_wrapper=True, no_cfunc_wrapper=True)(function)
    signature = tuple(_type_of(each) for each in arguments)
    kernel.compile(signature)
    made = kernel.overloads[signature]
    given = {None: _types.none, int: _types.int64}[function.__annotations__["return"]]
    if made.signature.return_type != given:
        raise TypeError(f"the kernel `{function.__name__}` gives back {made.signature.return_type}")
    assembly: str = kernel.inspect_llvm(signature)
    leaves = list(_leaves(arguments))
    passed = ["ptr", "ptr", *(kind for leaf in leaves for kind in _kinds(leaf))]
    called = made.fndesc.llvm_func_name
    if [str(each.type) for each in llvm.parse_assembly(assembly).get_function(called).arguments] != passed:
        raise TypeError(f"this version of Numba passes the arguments of `{function.__name__}` in another way")
    return assembly + _entry(name, called, leaves)


def _type_of(argument: Any) -> Any:
    if isinstance(argument, np.ndarray):
        return _types.Array(numba.from_dtype(argument.dtype), argument.ndim, "C")
    if isinstance(argument, tuple):
        return _types.BaseTuple.from_types([_type_of(each) for each in argument], type(argument))
    return _types.int64


def _leaves(arguments: tuple[Any, ...]) -> Iterator[Any]:
    for each in arguments:
        if isinstance(each, tuple):
            yield from _leaves(each)
        else:
            yield each


def _kinds(leaf: Any) -> list[str]:
    """How Numba passes an array (its owners, which are nobody; its size; the bytes of an item; its address; its shape
    and its strides) or a number."""
    if not isinstance(leaf, np.ndarray):
        return ["i64"]
    return ["ptr", "ptr", "i64", "i64", "ptr", *["i64"] * (2 * leaf.ndim)]


def _entry(name: str, called: str, leaves: list[Any]) -> str:
    lines = [f'define i32 @"{name}"(ptr %given, ptr %slots) {{', "%raised = alloca ptr"]
    passed = ["ptr %given", "ptr %raised"]
    for at, leaf in enumerate(leaves):
        lines.append(f"%slot{at} = getelementptr i64, ptr %slots, i64 {at}")
        if not isinstance(leaf, np.ndarray):
            lines.append(f"%number{at} = load i64, ptr %slot{at}")
            passed.append(f"i64 %number{at}")
            continue
        lines += [
            f"%capsule{at} = load ptr, ptr %slot{at}",
            f"%array{at} = call ptr @PyCapsule_GetPointer(ptr %capsule{at}, ptr null)",
            *_loaded(f"%data{at}", f"%array{at}", _DATA, "ptr"),
            *_loaded(f"%shape{at}", f"%array{at}", _SHAPE, "ptr"),
            *_loaded(f"%strides{at}", f"%array{at}", _STRIDES, "ptr"),
            f"%size{at}.0 = add i64 1, 0",
        ]
        for axis in range(leaf.ndim):
            lines += [
                *_loaded(f"%shape{at}.{axis}", f"%shape{at}", 8 * axis, "i64"),
                *_loaded(f"%stride{at}.{axis}", f"%strides{at}", 8 * axis, "i64"),
                f"%size{at}.{axis + 1} = mul i64 %size{at}.{axis}, %shape{at}.{axis}",
            ]
        passed += ["ptr null", "ptr null", f"i64 %size{at}.{leaf.ndim}", f"i64 {leaf.itemsize}", f"ptr %data{at}"]
        passed += [f"i64 %shape{at}.{axis}" for axis in range(leaf.ndim)]
        passed += [f"i64 %stride{at}.{axis}" for axis in range(leaf.ndim)]
    lines += [
        "%thread = call ptr @PyEval_SaveThread()",
        f'%done = call i32 @"{called}"({", ".join(passed)})',
        "call void @PyEval_RestoreThread(ptr %thread)",
        "ret i32 %done",
        "}",
    ]
    return _PYTHON + "\n".join(lines) + "\n"


def _loaded(name: str, base: str, offset: int, kind: str) -> list[str]:
    return [f"{name}.at = getelementptr i8, ptr {base}, i64 {offset}", f"{name} = load {kind}, ptr {name}.at"]
