"""`eyre link`: link the rows of files."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from eyre.cli.link_rows import LinkOptions, link_rows
from eyre.cli.options import AsJson

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
    link_rows(
        LinkOptions(
            files=tuple(files),
            out=out,
            keep=keep,
            pairs=pairs,
            map_=tuple(map_ or ()),
            mapping=mapping,
            as_of=as_of,
            encoding=encoding,
            model=model,
            as_json=as_json,
        )
    )
