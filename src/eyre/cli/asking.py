"""What every command that asks something needs: the store, the model, and a session under the stated purpose."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from eyre.errors import InputError

if TYPE_CHECKING:
    from eyre.bootstrap.ask import Answering


@contextmanager
def asking(data_dir: Path | None, purpose: str) -> Iterator["Answering"]:
    """A session under `purpose`, whose answers are all of one instant."""
    from eyre.bootstrap.ask import ask
    from eyre.bootstrap.open_house import open_house

    with open_house(data_dir) as house, ask(house, purpose, rekeying) as asked:
        yield asked


def rekeying() -> None:
    """Says what is begun, for it takes a while."""
    if sys.stderr.isatty():
        print("The keys of all records are made anew, for another version made them …", file=sys.stderr)


def record_number(text: str) -> int:
    """The record that an id names. Raises `InputError` for what is no id."""
    from eyre.ids import parse_record_id

    try:
        return parse_record_id(text)
    except ValueError as error:
        raise InputError("what was typed is no record id", remedy=f"{error}; `eyre find` gives some") from error
