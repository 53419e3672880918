"""What `eyre link` does, once its options are understood."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from eyre.cli.phases import Phases
from eyre.errors import InputError

if TYPE_CHECKING:
    from eyre.service.link import Linked
    from eyre.service.link_mapping import LinkMapping


@dataclass(frozen=True)
class LinkOptions:
    """The options of `eyre link`, as `cli.link` explains them."""

    files: tuple[Path, ...]
    out: Path | None = None
    keep: bool = False
    pairs: Path | None = None
    map_: tuple[str, ...] = ()
    mapping: Path | None = None
    as_of: datetime | None = None
    encoding: str = "utf-8"
    model: Path | None = None
    as_json: bool = False


def link_rows(options: LinkOptions) -> None:
    """Link, write, and tell what was done. Raises `EyreError`."""
    if options.as_json and options.out is None:
        raise InputError("`--json` prints the summary where the answer would go", remedy="name a file with `--out`")
    with Phases() as phases:
        phases.begin("load")
        from eyre.cli.spare_memory import spare_memory

        spare_memory()  # before what already makes columns as it is imported
        from eyre.service.columns_ahead import ColumnsAhead

        ahead = None if options.keep else ColumnsAhead(options.files)
        from eyre.resolve.model import default_model, load_model
        from eyre.service.arrange_files import Reading
        from eyre.service.link import link_files
        from eyre.service.link_answer import answer_table, pairs_table
        from eyre.service.link_summary import linked_summary
        from eyre.service.tables import check_output, write_table

        for path in (options.out, options.pairs):
            if path is not None:
                check_output(path, options.files)
        knowledge = load_model(options.model) if options.model else default_model()
        linked = link_files(
            options.files,
            mapping_of(options.map_, options.mapping, options.as_of),
            knowledge,
            reading=Reading(options.encoding, sparing=not options.keep, ahead=ahead),
            phase=phases.begin,
        )
        phases.begin("write")
        if options.out is not None:
            write_table(answer_table(linked, keep=options.keep), options.out)
        if options.pairs is not None:
            write_table(pairs_table(linked), options.pairs)
    if options.out is None:
        _print_answer(linked, keep=options.keep)
    summary = linked_summary(linked) | {"seconds": phases.seconds, "peak_mib": phases.peak_mib}
    _show(summary, as_json=options.as_json)


def mapping_of(pairs: Sequence[str], path: Path | None, as_of: datetime | None) -> "LinkMapping":
    """What `--map`, `--mapping` and `--as-of` say together."""
    from eyre.service.link_mapping import LinkMapping, load_mapping, parse_pairs

    said = load_mapping(path) if path else LinkMapping()
    day: date | None = as_of.date() if as_of else None
    return said.with_columns(parse_pairs(pairs), day)


def _print_answer(linked: "Linked", *, keep: bool) -> None:
    import sys

    from eyre.service.link_answer import answer_table
    from eyre.service.tables import write_csv

    write_csv(answer_table(linked, keep=keep), sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _show(summary: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        import json

        print(json.dumps(summary, indent=2))
        return
    from eyre.cli.show_linked import show_linked

    show_linked(summary)
