"""`eyre sources`: manifests and what they publish."""

from pathlib import Path
from typing import Annotated, Any

import typer

from eyre.cli.options import AsJson
from eyre.cli.store_options import DataDir
from eyre.errors import SourceError

Named = Annotated[str | None, typer.Argument(metavar="[SOURCE]", help="A source's id.", show_default=False)]
Where = Annotated[Path, typer.Argument(metavar="PATH", help="A manifest, its folder, or a folder of such folders.")]


def sources_list(as_json: AsJson = False) -> None:
    """List the sources that come with Eyre. All their people are invented or simulated.

    Example:

      eyre sources list
    """
    from eyre.service.list_sources import shipped_sources

    listed = shipped_sources()
    if as_json:
        from eyre.cli.as_data import print_data

        print_data({"sources": listed})
        return
    from rich.table import Table

    from eyre.cli.consoles import answers

    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for title in ("source", "kind", "format", "terms", "title"):
        table.add_column(title)
    for each in listed:
        table.add_row(each.id, each.kind, each.format, each.terms, each.title)
    answers().print(table)


def sources_check(path: Where, as_json: AsJson = False) -> None:
    """Check a manifest, and its sample delivery against the outcome that is expected of it. Needs no database.

    Examples:

      eyre sources check sources/our_jail
      eyre sources check sources/our_jail/manifest.yaml --json
    """
    from eyre.service.check_sources import check_sources

    reports = check_sources(path)
    if as_json:
        from eyre.cli.as_data import print_data

        print_data({"sources": reports})
    else:
        from eyre.cli.consoles import answers
        from eyre.cli.show_checked import show_checked

        show_checked(answers(), reports)
    _end([each for each in reports if not each.sound])


def sources_status(source: Named = None, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Show how the sources on the schedule stand, or one of them with its latest looks and why they were believed.

    Examples:

      eyre sources status
      eyre sources status our_jail
    """
    from eyre.bootstrap.clock import now
    from eyre.bootstrap.open_house import open_house
    from eyre.service.source_status import source_report, source_statuses

    with open_house(data_dir) as house:
        at = now()
        report = source_report(house.store, source, now=at) if source else None
        statuses = [report.status] if report else list(source_statuses(house.store, now=at))
    if as_json:
        from eyre.cli.as_data import print_data

        print_data(report if report else {"sources": statuses})
        return
    from eyre.cli.consoles import answers
    from eyre.cli.show_circuit import issues_table, looks_table, sources_table

    console = answers()
    console.print(sources_table(statuses, at))
    if report is not None:
        console.print()
        console.print(looks_table(report.looks))
        if report.issues:
            console.print()
            console.print(issues_table(report.issues))


def _end(unsound: list[Any]) -> None:
    if unsound:
        raise SourceError(
            f"{len(unsound)} of the sources are not as they should be, first `{unsound[0].source}`",
            remedy="correct what is shown above",
            code="EYRE-309",
        )
