"""`eyre sources raw`: what a source sent, as it came."""

import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from eyre.cli.options import AsJson
from eyre.cli.store_options import DataDir, Purpose
from eyre.errors import InputError

if TYPE_CHECKING:
    from eyre.service.raw_deliveries import RawDelivery

Source = Annotated[str, typer.Argument(metavar="SOURCE", help="A source's id.")]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        formats=["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S.%fZ", "%Y-%m-%d"],
        metavar="INSTANT",
        help="The latest delivery that speaks for this instant (UTC) or an earlier one.",
    ),
]
Out = Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write its bytes into this file.")]
_CHUNK = 1 << 20


def sources_raw(  # noqa: PLR0913, PLR0917 - one parameter an option
    source: Source,
    as_of: AsOf = None,
    out: Out = None,
    purpose: Purpose = "oversight",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """List the deliveries of a source whose raw bytes are kept, or write the bytes of one of them.

    Without `--as-of` and `--out` they are listed. With `--as-of` alone the bytes go to standard output. Several pages
    are written into FILE.1, FILE.2 and so on. Bytes cannot be masked, so the purpose must see all that the source says.

    Examples:

      eyre sources raw our_jail
      eyre sources raw our_jail --as-of 2026-11-23T05:00:00Z --out roster.csv
    """
    from eyre.bootstrap.open_house import open_house
    from eyre.service.raw_deliveries import raw_deliveries, read_raw

    with open_house(data_dir) as house, ExitStack() as opened:
        if as_of is None and out is None:
            _show(source, raw_deliveries(house.store, source), as_json=as_json)
            return
        until = as_of.replace(tzinfo=UTC) if as_of else None
        delivery, pages = read_raw(house.store, source, purpose, as_of=until)
        for page in pages:
            opened.enter_context(page)
        files = _written(pages, out) if out is not None else []
        if as_json:
            from eyre.cli.as_data import print_data

            print_data({"source": source, "delivery": delivery, "files": files})
        elif out is None:
            _print_bytes(pages)
        else:
            print("\n".join(map(str, files)))


def _show(source: str, deliveries: "tuple[RawDelivery, ...]", *, as_json: bool) -> None:
    if as_json:
        from eyre.cli.as_data import print_data

        print_data({"source": source, "deliveries": deliveries})
        return
    from rich.table import Table

    from eyre.cli.consoles import answers
    from eyre.clock import to_text

    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for title in ("as of", "received", "pages", "bytes", "outcome", "rows"):
        table.add_column(title)
    for each in deliveries:
        told = (f"{each.pages:,}", f"{each.bytes:,}", each.outcome, f"{each.rows_in:,}")
        table.add_row(to_text(each.as_of), to_text(each.received_at), *told)
    answers().print(table if deliveries else "no raw delivery is kept")


def _written(pages: list[IO[bytes]], out: Path) -> list[Path]:
    files = [out] if len(pages) == 1 else [out.with_name(f"{out.name}.{number}") for number in range(1, len(pages) + 1)]
    for page, path in zip(pages, files, strict=True):
        try:
            with path.open("wb") as file:
                while some := page.read(_CHUNK):
                    file.write(some)
        except OSError as error:
            raise InputError(f"`{path}` cannot be written: {error.strerror}", remedy="name another file") from error
    return files


def _print_bytes(pages: list[IO[bytes]]) -> None:
    if len(pages) > 1:
        raise InputError(
            f"the delivery has {len(pages)} pages", remedy="name a file to write them beside, with `--out`"
        )
    while some := pages[0].read(_CHUNK):
        sys.stdout.buffer.write(some)
    sys.stdout.buffer.flush()
