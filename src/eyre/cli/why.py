"""`eyre why`: why two records are, or are not, of one person."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eyre.cli.options import AsJson
from eyre.cli.store_options import DEFAULT_PURPOSE, DataDir, Purpose
from eyre.errors import InputError

if TYPE_CHECKING:
    from eyre.service.waterfall import Waterfall

One = Annotated[str, typer.Argument(metavar="A", help="A record's id.")]
Other = Annotated[str, typer.Argument(metavar="B", help="Another record's id.")]
Chart = Annotated[
    Path | None, typer.Option("--chart", metavar="FILE.svg", help="Write the waterfall as a chart (SVG).")
]
ChartData = Annotated[
    Path | None, typer.Option("--chart-data", metavar="FILE.json", help="Write what the chart shows as data (JSON).")
]
WithValues = Annotated[
    bool, typer.Option("--values", help="Put into the chart and its data what the records say: personal data.")
]


def why(  # noqa: PLR0913, PLR0917 - one parameter an option
    one: One,
    other: Other,
    chart: Chart = None,
    chart_data: ChartData = None,
    values: WithValues = False,
    purpose: Purpose = DEFAULT_PURPOSE,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Show why two records are, or are not, of one person, as a waterfall of bits.

    Each line is one comparison and what it adds; the lines add up to the weight that was used. Ten bits make the odds
    a thousand times greater.

    Examples:

      eyre why r2eb9ahw5q1jst r06nkjh3gf1xky
      eyre why r2eb9ahw5q1jst r06nkjh3gf1xky --chart why.svg --chart-data why.json
    """
    _check(chart, ".svg")
    _check(chart_data, ".json")
    if values and chart is None and chart_data is None:
        raise InputError(
            "`--values` goes into a chart, and none was asked for", remedy="add `--chart` or `--chart-data`"
        )
    from eyre.cli.asking import asking, record_number
    from eyre.service.waterfall import values_of_two, waterfall
    from eyre.service.why_two import why_two

    left, right = record_number(one), record_number(other)
    with asking(data_dir, purpose) as asked:
        found = why_two(asked.session, asked.model, left, right)
        said = values_of_two(asked.session, left, right) if values else None
        _write(waterfall(found, asked.model.bar, said), chart, chart_data)
    if as_json:
        from eyre.cli.as_data import print_data

        print_data(found)
        return
    from eyre.cli.consoles import answers
    from eyre.cli.show_why import show_why

    show_why(answers(), found)


def _check(path: Path | None, ending: str) -> None:
    if path is not None and path.suffix.lower() != ending:
        raise InputError(f"`{path}` does not end in `{ending}`, the one format", remedy=f"name a file `….{ending[1:]}`")


def _write(fallen: "Waterfall", chart: Path | None, chart_data: Path | None) -> None:
    import json

    from eyre.cli.as_data import to_data
    from eyre.service.waterfall_chart import waterfall_chart

    texts = ((chart, waterfall_chart), (chart_data, lambda each: json.dumps(to_data(each), indent=2) + "\n"))
    for path, text in texts:
        if path is None:
            continue
        try:
            path.write_text(text(fallen), encoding="utf-8")
        except OSError as error:
            raise InputError(
                f"`{path}` cannot be written: {error.strerror}", remedy="check the folder and its space"
            ) from error
