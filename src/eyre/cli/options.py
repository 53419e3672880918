"""Options that every command has, so that they read the same everywhere."""

from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print the answer, and an error, as data.")]
