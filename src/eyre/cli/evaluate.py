"""`eyre evaluate`: how well linking does on files whose truth is known."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eyre.cli.link import AsOf, Encoding, Files, Map, MappingFile, ModelFile
from eyre.cli.link_rows import mapping_of
from eyre.cli.options import AsJson
from eyre.cli.phases import Phases
from eyre.errors import InputError

if TYPE_CHECKING:
    from eyre.service.evaluate import Evaluation

Truth = Annotated[str, typer.Option("--truth", metavar="COLUMN", help="The column that says who each row truly is.")]
ChartDir = Annotated[
    Path | None, typer.Option("--chart-dir", help="Write two charts (SVG) and their data (JSON) into this folder.")
]


def evaluate(  # noqa: PLR0913, PLR0917 - one parameter an option
    files: Files,
    truth: Truth,
    map_: Map = None,
    mapping: MappingFile = None,
    as_of: AsOf = None,
    encoding: Encoding = "utf-8",
    model: ModelFile = None,
    chart_dir: ChartDir = None,
    as_json: AsJson = False,
) -> None:
    """Link files whose truth is known, and tell how good the answer is and what its errors have in common.

    Links as `eyre link` does; the column of the truth is never evidence. Rows whose truth is empty are linked but not
    judged. Errors are counted by where they arose and by what they show; examples are record ids, never values.

    Examples:

      eyre evaluate labelled.parquet --truth person
      eyre evaluate jail.csv court.csv --truth true_id --chart-dir charts
      eyre evaluate labelled.csv --truth person --model trained.yaml --json
    """
    with Phases() as phases:
        phases.begin("load")
        from eyre.cli.spare_memory import spare_memory

        spare_memory()  # before what already makes columns as it is imported
        from eyre.resolve.model import default_model, load_model
        from eyre.service.arrange_files import Reading
        from eyre.service.evaluate import blind_to
        from eyre.service.evaluate import evaluate as judged
        from eyre.service.link import link_files

        blind = blind_to(mapping_of(map_ or [], mapping, as_of), truth)
        if chart_dir is not None:
            _check_folder(chart_dir)
        knowledge = load_model(model) if model else default_model()
        linked = link_files(files, blind, knowledge, reading=Reading(encoding), phase=phases.begin)
        phases.begin("judge")
        found = judged(linked, truth, blind)
    if chart_dir is not None:
        _write_charts(found, chart_dir)
    if as_json:
        from eyre.cli.as_data import print_data

        print_data(found)
        return
    from eyre.cli.show_evaluated import show_evaluated

    show_evaluated(found)


def _check_folder(folder: Path) -> None:
    """Before any work, make sure that the charts can be written."""
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise InputError(
            f"`{folder}` is no folder and cannot be made: {error.strerror}", remedy="name another, or make it first"
        ) from error


def _write_charts(found: "Evaluation", folder: Path) -> None:
    import json

    from eyre.cli.as_data import to_data
    from eyre.service.weight_charts import threshold_chart, weight_chart

    data = {name: to_data(getattr(found, name)) for name in ("floor_bits", "bar_bits", "match_weights", "thresholds")}
    files = {
        "match-weights.svg": weight_chart(found.match_weights, found.floor_bits, found.bar_bits),
        "thresholds.svg": threshold_chart(found.thresholds, found.bar_bits),
        "charts.json": json.dumps(data, indent=2) + "\n",
    }
    for name, text in files.items():
        path = folder / name
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise InputError(
                f"`{path}` cannot be written: {error.strerror}", remedy="check the folder and its space"
            ) from error
