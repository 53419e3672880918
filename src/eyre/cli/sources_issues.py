"""`eyre sources issues` and `eyre sources accept`: what is wrong with sources, and answering for what is not."""

from typing import Annotated

import typer

from eyre.cli.options import AsJson
from eyre.cli.store_options import DataDir

Named = Annotated[str | None, typer.Argument(metavar="[SOURCE]", help="A source's id.", show_default=False)]
Source = Annotated[str, typer.Argument(metavar="SOURCE", help="A source's id.")]
Number = Annotated[int, typer.Option("--issue", help="The number of an open issue of the source.", show_default=False)]
Actor = Annotated[str, typer.Option("--actor", help="Who answers for it.", show_default=False)]
Reason = Annotated[str, typer.Option("--reason", help="Why it is right.", show_default=False)]


def sources_issues(source: Named = None, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List what is wrong with the sources just now: each thing once, with its field, an example of a place, and what to
    do about it. What is not there any more closes by itself.

    Examples:

      eyre sources issues
      eyre sources issues our_jail
    """
    from eyre.bootstrap.open_house import open_house
    from eyre.service.open_issues import issues_open

    with open_house(data_dir) as house:
        issues = issues_open(house.store, source)
    if as_json:
        from eyre.cli.as_data import print_data

        print_data({"issues": issues})
        return
    from eyre.cli.consoles import answers
    from eyre.cli.show_issues import open_issues_table

    answers().print(open_issues_table(issues) if issues else "no issue is open")


def sources_accept(  # noqa: PLR0913, PLR0917 - one parameter an option
    source: Source,
    issue: Number,
    actor: Actor,
    reason: Reason,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Answer for a source's latest look, which is not believed for what is gone from it.

    The publisher numbers its rows anew, or a part of a facility was closed: nobody can tell that from the page alone.
    Whoever stayed under a new number stays, and is not booked again; whoever is gone is released when further looks
    confirm it, as ever.

    Example:

      eyre sources accept our_jail --issue 12 --actor "records clerk" --reason "new booking numbers since Monday"
    """
    from eyre.bootstrap.clock import now
    from eyre.bootstrap.open_house import open_house
    from eyre.service.accept_look import Answer, accept_look

    with open_house(data_dir) as house:
        accepted = accept_look(house.store, source, issue, Answer(actor, reason, now()))
    if as_json:
        from eyre.cli.as_data import print_data

        print_data(accepted)
        return
    from eyre.cli.consoles import answers

    answers().print(
        f"accepted: {accepted.listed:,} rows; {accepted.stayed:,} under another number, {accepted.gone:,} gone, "
        f"{accepted.came:,} new"
    )
