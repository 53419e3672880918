"""Machine code of kernels: made once for this processor, kept on disk, loaded by LLVM.

The folder is named by what compiles; a file, by what its kernel's arguments are and by a digest of the sources that it
is made of, which are its own and those that it imports, so that a change compiles afresh what it reaches and no more.
"""

import hashlib
import os
import re
import sys
import threading
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import llvmlite.binding as llvm

from eyre.resolve.arguments import Kind

_HERE = Path(__file__).parent
_IMPORT = re.compile(r"^from (eyre[\w.]*) import (\([^)]*\)|.*)", re.MULTILINE)
_ONE_AT_A_TIME = threading.RLock()


def code_of(function: Callable[..., Any], kind: Kind, arguments: tuple[Any, ...]) -> int:
    """The address of a kernel's machine code for arguments of these kinds, which is compiled if it is not kept."""
    module = function.__module__
    digest = hashlib.sha256(repr((kind, source_digest(module))).encode()).hexdigest()[:12]
    name = f"{module.rpartition('.')[2]}.{function.__qualname__}-{digest}"
    with _ONE_AT_A_TIME:
        folder = code_folder()
        path = folder / f"{name}.o"
        try:
            code = path.read_bytes()
        except OSError:
            code = _compiled(function, arguments, name)
            _keep(code, path)
        return _loaded(code, name)


@cache
def code_folder() -> Path:
    """Where machine code is kept: beside the sources if they can be written to, else in the user's cache."""
    made_by = (version("numba"), llvm.llvm_version_info, llvm.get_host_cpu_name(), llvm.get_host_cpu_features())
    name = f"kernels-{hashlib.sha256(repr(made_by).encode()).hexdigest()[:12]}"
    if os.access(_HERE, os.W_OK):
        return _HERE / "__pycache__" / name
    return Path.home() / ".cache" / "eyre" / name


@cache
def source_digest(module: str) -> str:
    """Of the sources of a module that is loaded, of all of this package that it imports, and of what compiles them."""
    reached = [module, f"{__package__}.compile_kernel"]
    digests: dict[str, str] = {}
    while reached:
        name = reached.pop()
        if name not in digests:
            digests[name], imported = _read(_source_of(name))
            reached += imported
    return hashlib.sha256("\0".join(digests[name] for name in sorted(digests)).encode()).hexdigest()


@cache
def _read(source: str) -> tuple[str, tuple[str, ...]]:
    """The digest of a source, and what it imports of this package."""
    imported: list[str] = []
    for package, names in _IMPORT.findall(source):
        imported += [package, *(f"{package}.{each}" for each in re.findall(r"\w+", names))]
    return hashlib.sha256(source.encode()).hexdigest(), tuple(imported)


@cache
def _source_of(name: str) -> str:
    """The source of a module; nothing for what is none."""
    if name in sys.modules:
        path = Path(sys.modules[name].__file__ or "")
    else:
        path = _HERE.parent.parent.joinpath(*name.split(".")).with_suffix(".py")
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _keep(code: bytes, path: Path) -> None:
    """Written whole or not at all, for another process may read it; where nothing can be written nothing is kept."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"{path.name}.{os.getpid()}")
        new.write_bytes(code)
        new.replace(path)
    except OSError:
        return


def _compiled(function: Callable[..., Any], arguments: tuple[Any, ...], name: str) -> bytes:
    from eyre.resolve.compile_kernel import compiled

    module = llvm.parse_assembly(compiled(function, arguments, name))
    module.verify()
    code: bytes = _machine().emit_object(module)
    return code


def _loaded(code: bytes, name: str) -> int:
    engine = _engine()
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    return int(engine.get_function_address(name))


@cache
def _engine() -> Any:
    _initialise()
    return llvm.create_mcjit_compiler(llvm.parse_assembly(""), _new_machine())


@cache
def _machine() -> Any:
    """What emits code; the one that runs it belongs to the engine."""
    _initialise()
    return _new_machine()


@cache
def _initialise() -> None:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()


def _new_machine() -> Any:
    """This processor, with all that it can do, as Numba asks LLVM for it."""
    target = llvm.Target.from_triple(llvm.get_process_triple())
    return target.create_target_machine(
        opt=3,
        cpu=llvm.get_host_cpu_name(),
        features=llvm.get_host_cpu_features().flatten(),
        reloc="static" if target.name.startswith("x86") else "default",
        codemodel="jitdefault",
        jit=True,
    )
