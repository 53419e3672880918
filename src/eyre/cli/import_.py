"""`eyre import`: take in a delivery."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eyre.cli.options import AsJson
from eyre.cli.store_options import DataDir

if TYPE_CHECKING:
    from eyre.service.import_delivery import Imported

Source = Annotated[str, typer.Argument(help="A shipped source's id, or the path of a manifest or its folder.")]
File = Annotated[Path | None, typer.Argument(help="The delivery; without it the source's sample.", show_default=False)]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        formats=["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d"],
        metavar="INSTANT",
        help="The instant, in UTC, that the delivery speaks for. Without it: when the file was last written.",
    ),
]


def import_(
    source: Source, file: File = None, as_of: AsOf = None, data_dir: DataDir = None, as_json: AsJson = False
) -> None:
    """Take in a delivery of a source, whole or not at all.

    The same delivery again changes nothing; killed halfway, it leaves nothing behind. Rows that cannot be taken are set
    aside with their reason and the delivery goes on. Rows in are always rows accepted, quarantined and ignored.

    Examples:

      eyre import oz_cinder_jail
      eyre import sources/our_jail/manifest.yaml roster.csv --as-of 2026-11-23T05:00:00Z
    """
    from eyre.bootstrap.clock import now
    from eyre.bootstrap.collect_seldom import collect_seldom
    from eyre.bootstrap.open_house import open_house
    from eyre.cli.import_progress import import_progress
    from eyre.resolve.model import default_model
    from eyre.service.import_delivery import Received, import_delivery
    from eyre.service.named_source import named_delivery
    from eyre.service.rekey import ensure_keys

    collect_seldom()
    named = named_delivery(source, file, as_of.replace(tzinfo=UTC) if as_of else None)
    model = default_model()
    with named.file.open("rb") as data, open_house(data_dir) as house, import_progress(named.manifest.id) as progress:
        ensure_keys(house.store, model)
        received = Received(data, named.as_of, now())
        imported = import_delivery(house.store, named.manifest, received, model, progress=progress)
    _show(imported, as_json=as_json)


def _show(imported: "Imported", *, as_json: bool) -> None:
    from eyre.cli.imported_data import imported_data

    if as_json:
        from eyre.cli.as_data import print_data, to_data

        print_data(imported_data(imported) | {"issues": to_data(imported.issues)})
        return
    from eyre.cli.consoles import answers
    from eyre.cli.show_imported import show_imported

    show_imported(answers(), imported)
