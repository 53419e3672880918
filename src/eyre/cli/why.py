"""`eyre why`: why two records are, or are not, of one person."""

from typing import Annotated

import typer

from eyre.cli.options import AsJson
from eyre.cli.store_options import DEFAULT_PURPOSE, DataDir, Purpose

One = Annotated[str, typer.Argument(metavar="A", help="A record's id.")]
Other = Annotated[str, typer.Argument(metavar="B", help="Another record's id.")]


def why(
    one: One, other: Other, purpose: Purpose = DEFAULT_PURPOSE, data_dir: DataDir = None, as_json: AsJson = False
) -> None:
    """Show why two records are, or are not, of one person, as a waterfall of bits.

    Each line is one comparison and what it adds; the lines add up to the weight that was used. Ten bits make the odds
    a thousand times greater.

    Example:

      eyre why r2eb9ahw5q1jst r06nkjh3gf1xky
    """
    from eyre.cli.asking import asking, record_number
    from eyre.service.why_two import why_two

    left, right = record_number(one), record_number(other)
    with asking(data_dir, purpose) as asked:
        found = why_two(asked.session, asked.model, left, right)
    if as_json:
        from eyre.cli.as_data import print_data

        print_data(found)
        return
    from eyre.cli.consoles import answers
    from eyre.cli.show_why import show_why

    show_why(answers(), found)
