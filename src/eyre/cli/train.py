"""`eyre train`: fit the weights of a model to files, and say whether the fit is better than what was begun with."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eyre.cli.link import AsOf, Encoding, Files, Map, MappingFile, ModelFile
from eyre.cli.link_rows import mapping_of
from eyre.cli.options import AsJson
from eyre.cli.phases import Phases
from eyre.errors import InputError

if TYPE_CHECKING:
    from eyre.resolve.model import Model
    from eyre.service.train import Trained

ModelOut = Annotated[Path, typer.Option("--out", "-o", metavar="MODEL", help="Write the model here: .yaml.")]
TruthColumn = Annotated[
    str | None, typer.Option("--truth", metavar="COLUMN", help="Fit to the column that says who each row truly is.")
]
Judgements = Annotated[
    Path | None,
    typer.Option("--judgements", help="Fit to judgements: left, right (record ids), verdict (same or different)."),
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Of what is drawn: samples, and what is held out.")]
EvenIfWorse = Annotated[bool, typer.Option("--even-if-worse", help="Write the model even if it is worse.")]

WORSE = "EYRE-410"
"""The code of the error that says that a fit is worse than what was begun with."""


def train(  # noqa: PLR0913, PLR0917 - one parameter an option
    files: Files,
    out: ModelOut,
    truth: TruthColumn = None,
    judgements: Judgements = None,
    map_: Map = None,
    mapping: MappingFile = None,
    as_of: AsOf = None,
    encoding: Encoding = "utf-8",
    model: ModelFile = None,
    seed: Seed = 0,
    even_if_worse: EvenIfWorse = False,
    as_json: AsJson = False,
) -> None:
    """Fit a model's weights to files, for `eyre link --model`. Linking needs no training; this may make it better.

    Fits to a truth, or to judgements, or without either to the pairs of which the other fields are sure. A part is held
    out, and both models are judged by it: a fit that is worse is told and not written.

    Examples:

      eyre train labelled.parquet --truth person -o ours.yaml
      eyre train jail.csv court.csv --judgements judged.csv -o ours.yaml
      eyre train roster.csv -o ours.yaml
    """
    if truth is not None and judgements is not None:
        raise InputError("`--truth` and `--judgements` are both given", remedy="fit to one of them")
    with Phases() as phases:
        phases.begin("load")
        from eyre.cli.spare_memory import spare_memory

        spare_memory()  # before what already makes columns as it is imported
        from eyre.bootstrap.clock import now
        from eyre.resolve.model import default_model, load_model
        from eyre.service.arrange_files import Reading, arrange_files
        from eyre.service.evaluate import blind_to
        from eyre.service.trained_model import check_model_output

        check_model_output(out, (*files, *(each for each in (judgements, mapping) if each)))
        begun = load_model(model) if model else default_model()
        columns = mapping_of(map_ or [], mapping, as_of)
        arranged = arrange_files(
            files, blind_to(columns, truth) if truth else columns, reading=Reading(encoding), phase=phases.begin
        )
        if truth is not None:
            from eyre.service.train_by_truth import train_by_truth

            found = train_by_truth(arranged, truth, model=begun, seed=seed, phase=phases.begin)
        elif judgements is not None:
            from eyre.service.train_by_judgements import train_by_judgements

            found = train_by_judgements(arranged, judgements, model=begun, seed=seed, phase=phases.begin)
        else:
            from eyre.service.train_by_anchors import train_by_anchors

            found = train_by_anchors(arranged, model=begun, seed=seed, phase=phases.begin)
    written = _write(found, out, now().date()) if even_if_worse or not found.held_out.worse else None
    _show(found, written, phases.seconds, as_json=as_json)
    if written is None:
        raise InputError(
            f"the fitted model is worse than `{found.begun.label}` and not written: {'; '.join(found.held_out.worse)}",
            remedy="keep the one that was begun with, or write this one with `--even-if-worse`",
            code=WORSE,
        )


def _write(found: "Trained", out: Path, day: date) -> "Model":
    from eyre.service.trained_model import model_text, named_model, write_model

    named = named_model(found, out.stem, day)
    write_model(model_text(found, named), out)
    return named


def _show(found: "Trained", written: "Model | None", seconds: dict[str, float], *, as_json: bool) -> None:
    if as_json:
        from eyre.cli.as_data import print_data

        print_data(
            {
                "method": found.method,
                "files": found.files,
                "records": found.records,
                "fitted_to": found.fitted_to,
                "began_with": found.begun.label,
                "written": written.label if written else None,
                "weights": found.weights,
                "held_out": found.held_out,
                "seconds": seconds,
            }
        )
        return
    from eyre.cli.show_trained import show_trained

    show_trained(found, written.label if written else None)
