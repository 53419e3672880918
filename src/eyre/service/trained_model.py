"""A fitted model as a file that people can read: what it was fitted to, how it was judged, and each weight."""

import os
import textwrap
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import yaml

from eyre.errors import InputError
from eyre.resolve.fit.fit_weights import FittedWeight
from eyre.resolve.model import Model
from eyre.service.train import Method, Trained

_WIDTH = 116
_BY = {
    Method.TRUTH: "m and u of each level counted by a column of the truth",
    Method.JUDGEMENTS: "weights moved by logistic regression of judgements",
    Method.ANCHORS: "expectation and maximisation, anchored on pairs of which the other fields are sure",
}
_OWN = ("name", "version", "provenance", "weights", "frequencies", "shares")


def named_model(trained: Trained, name: str, day: date) -> Model:
    """The fitted model under a name of its own, with its provenance."""
    return replace(trained.model, name=name, version=1, provenance=_provenance(trained, day))


def model_text(trained: Trained, model: Model) -> str:
    """The YAML of a fitted model, laid out as the one that ships; `load_model` reads the same model from it."""
    fitted = {each.name: each for each in trained.weights}
    wide = max(map(len, model.weights)) + len(": -00.00") + 4
    lines = [
        f"# A model fitted by `eyre train`, beginning with {trained.begun.label}. Bits are log2(m / u), or log2(m)",
        "# alone where the rarity of the value is added. A weight without a comment was left as it was. `shares`: how",
        "# often pairs that are sure showed a level; linking holds what another file shows against them.",
        f"name: {_quoted(model.name)}",
        f"version: {model.version}",
        "provenance: >",
        *textwrap.wrap(model.provenance, _WIDTH, initial_indent="  ", subsequent_indent="  ", break_long_words=False),
        *(f"{each.name}: {_number(getattr(model, each.name))}" for each in fields(model) if each.name not in _OWN),
        "weights:",
        *(
            _weight(name, (trained.begun.weights[name], bits), fitted.get(name), wide)
            for name, bits in model.weights.items()
        ),
        "shares:",
        *(f"  {name}: {share!r}" for name, share in model.shares.items()),
    ]
    return "\n".join(lines) + "\n"


def check_model_output(path: Path, inputs: tuple[Path, ...]) -> None:
    """Refuse, before any work, a model file that cannot be written or would replace an input. Raises `InputError`."""
    if path.suffix.lower() not in {".yaml", ".yml"}:
        raise InputError(f"`{path}` is no model file by its name", remedy="end it in .yaml")
    if not path.parent.is_dir():
        raise InputError(f"there is no folder `{path.parent}` to write into", remedy="make it first")
    if path.is_dir():
        raise InputError(f"`{path}` is a folder", remedy="name a file in it")
    if any(path.exists() and each.exists() and path.samefile(each) for each in inputs):
        raise InputError(f"`{path}` is an input as well", remedy="write to another file")


def write_model(text: str, path: Path) -> None:
    """The file appears whole or not at all. Raises `InputError`."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise InputError(
            f"`{path}` cannot be written: {error.strerror}", remedy="check the folder and its space"
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _provenance(trained: Trained, day: date) -> str:
    held = trained.held_out
    figures = ", ".join(f"{each.name} {figure(each.before)} to {figure(each.after)}" for each in held.measures)
    verdict = f"It is worse: {'; '.join(held.worse)}." if held.worse else "It is not worse by them."
    said = (
        f"Fitted on {day.isoformat()}, beginning with {trained.begun.label}: {_BY[trained.method]}. "
        f"Files: {', '.join(trained.files)} ({trained.records:,} records); fitted to {trained.fitted_to}. "
        f"Held out: {held.what}. From the model begun with to this one: {figures}. {verdict} "
        f"What was not fitted is as it was; of {trained.begun.label}: {trained.model.provenance}"
    )
    return " ".join(said.split())


def figure(value: float) -> str:
    """A share or a loss to four digits, a count whole."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.4f}"


def _weight(name: str, moved: tuple[float, float], fitted: FittedWeight | None, wide: int) -> str:
    before, bits = moved
    line = f"  {name}: {_number(bits)}"
    if fitted is None:
        return line if bits == before else f"{line:<{wide}}# was {_number(before)}; as linking fits it to the file"
    told = f"was {_number(before)}; {fitted.matched:,} of {fitted.matched_of:,} pairs of one person"
    if fitted.u is not None or fitted.m is None:
        told += f", {fitted.unmatched:,} of {fitted.unmatched_of:,} of two"
    return f"{line:<{wide}}# {told}"


def _number(value: float) -> str:
    return str(int(value)) if isinstance(value, int) or (value.is_integer() and abs(value) > 99) else repr(value)


def _quoted(text: str) -> str:
    return str(yaml.safe_dump(text, allow_unicode=True, width=1000)).removesuffix("...\n").strip()
