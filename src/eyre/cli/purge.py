"""`eyre purge`: make it so that a record never was."""

from typing import Annotated

import typer

from eyre.cli.options import AsJson
from eyre.cli.store_options import DataDir, Purpose, RecordId
from eyre.errors import InputError

Sure = Annotated[bool, typer.Option("--yes", help="Say that it is meant: what is purged cannot be had back.")]


def purge(
    record: RecordId,
    yes: Sure = False,
    purpose: Purpose = "record_correction",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Purge a record: every answer is from then on as if it had never been, and it is not taken in again.

    For sealing and expungement. Raw deliveries are not edited: the kept bytes of every delivery in which the record may
    have stood are deleted, whole, and you are told how many. Bytes that you keep elsewhere are yours to clean.

    Example:

      eyre purge r2eb9ahw5q1jst --yes
    """
    from eyre.bootstrap.clock import now
    from eyre.cli.asking import asking, record_number
    from eyre.service.purge import purge as erase

    number = record_number(record)
    if not yes:
        raise InputError("a purge cannot be undone", remedy="say that it is meant with `--yes`", code="EYRE-403")
    with asking(data_dir, purpose) as asked:
        deliveries = erase(asked.store, asked.session, number, purged_at=now())
    if as_json:
        from eyre.cli.as_data import print_data

        print_data({"purged": record, "raw_deliveries": deliveries})
        return
    from eyre.cli.consoles import answers

    answers().print(f"purged: {record}")
    if deliveries:
        answers().print(f"the raw bytes of {deliveries:,} deliveries in which it may have stood were deleted")
