"""`eyre link`: link the rows of files."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eyre.cli.options import AsJson
from eyre.cli.phases import Phases
from eyre.errors import InputError

if TYPE_CHECKING:
    from eyre.service.link import Linked
    from eyre.service.link_mapping import LinkMapping

Files = Annotated[list[Path], typer.Argument(help="CSV (also .gz) or Parquet files.", show_default=False)]
Out = Annotated[
    Path | None, typer.Option("--out", "-o", help="Write here: .csv, .csv.gz or .parquet. Without it: CSV on stdout.")
]
Keep = Annotated[bool, typer.Option("--keep", help="Write all columns of the files as well.")]
Pairs = Annotated[
    Path | None, typer.Option("--pairs", help="Write the pairs that tie rows, with weight and probability.")
]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="THEIRS=OURS", help="What a column is. Repeat. OURS may be `ignored`."),
]
MappingFile = Annotated[Path | None, typer.Option("--mapping", help="The same as a YAML file.")]
AsOf = Annotated[
    datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], metavar="DAY", help="The day for which ages hold.")
]
Encoding = Annotated[str, typer.Option("--encoding", help="Of CSV files, if not UTF-8: cp1252, utf-16, …")]
ModelFile = Annotated[Path | None, typer.Option("--model", help="A model file, instead of the one that ships.")]


def link(  # noqa: PLR0913, PLR0917 - one parameter an option
    files: Files,
    out: Out = None,
    keep: Keep = False,
    pairs: Pairs = None,
    map_: Map = None,
    mapping: MappingFile = None,
    as_of: AsOf = None,
    encoding: Encoding = "utf-8",
    model: ModelFile = None,
    as_json: AsJson = False,
) -> None:
    """Link the rows of files: which of them are about one person.

    Needs no database, no training and no tuning. Rows within a file are linked as well as rows across files. Writes
    `record_id, person_id`, a line for each row, in the order of the files; a person's id is its first record id.

    Columns are recognised by their names (given_name or first_name, birth_date or dob, …); what was taken as what is
    shown. Race, ethnicity, birth place, citizenship and religion are never evidence.

    Examples:

      eyre link jail.csv court.parquet --out persons.csv
      eyre link theirs.csv --map LAST_NM=surname --map BORN=birth_date --keep -o linked.parquet
      eyre link roster.csv --as-of 2026-11-01 --pairs pairs.csv --json -o persons.csv
    """
    if as_json and out is None:
        raise InputError("`--json` prints the summary where the answer would go", remedy="name a file with `--out`")
    with Phases() as phases:
        phases.begin("load")
        from eyre.cli.spare_memory import spare_memory

        spare_memory()  # before what already makes columns as it is imported
        from eyre.resolve.model import default_model, load_model
        from eyre.service.arrange_files import Reading
        from eyre.service.link import link_files
        from eyre.service.link_answer import answer_table, pairs_table
        from eyre.service.link_summary import linked_summary
        from eyre.service.tables import check_output, write_table

        for path in (out, pairs):
            if path is not None:
                check_output(path, tuple(files))
        knowledge = load_model(model) if model else default_model()
        linked = link_files(
            files,
            mapping_of(map_ or [], mapping, as_of),
            knowledge,
            reading=Reading(encoding, sparing=not keep),
            phase=phases.begin,
        )
        phases.begin("write")
        if out is not None:
            write_table(answer_table(linked, keep=keep), out)
        if pairs is not None:
            write_table(pairs_table(linked), pairs)
    if out is None:
        _print_answer(linked, keep=keep)
    summary = linked_summary(linked) | {"seconds": phases.seconds, "peak_mib": phases.peak_mib}
    _show(summary, as_json=as_json)


def mapping_of(pairs: list[str], path: Path | None, as_of: datetime | None) -> "LinkMapping":
    """What `--map`, `--mapping` and `--as-of` say together."""
    from eyre.service.link_mapping import LinkMapping, load_mapping, parse_pairs

    said = load_mapping(path) if path else LinkMapping()
    day: date | None = as_of.date() if as_of else None
    return said.with_columns(parse_pairs(pairs), day)


def _print_answer(linked: "Linked", *, keep: bool) -> None:
    import sys

    from eyre.service.link_answer import answer_table
    from eyre.service.tables import write_csv

    write_csv(answer_table(linked, keep=keep), sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _show(summary: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        import json

        print(json.dumps(summary, indent=2))
        return
    from eyre.cli.show_linked import show_linked

    show_linked(summary)
