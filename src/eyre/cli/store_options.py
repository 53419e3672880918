"""Options of the commands that use a store."""

from pathlib import Path
from typing import Annotated

import typer

DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", help="Use the private store in this directory, whatever the settings say."),
]
Purpose = Annotated[
    str, typer.Option("--purpose", help="Why you ask. It decides what you see; see docs/reference/purposes.md.")
]
RecordId = Annotated[str, typer.Argument(metavar="RECORD", help="A record's id: r and thirteen letters or digits.")]
DEFAULT_PURPOSE = "custody_operations"
