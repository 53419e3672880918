"""Linkage quality on public data with known truth, beside what peers reached: `python -m bench.accuracy [NAME…]`.

Every data set is linked by the function behind `eyre link`, with the one model that ships and at most a column mapping.
"""

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from bench.data_sets import DATA_SETS, DataSet
from bench.peers import PEERS, PeerFigure
from eyre.resolve.agreement import Agreement, Labels, agreement
from eyre.resolve.model import default_model
from eyre.service.link import Linked, link_files
from eyre.service.link_mapping import load_mapping

RESULTS = Path(__file__).parent / "results/accuracy.json"


def truth_of(linked: Linked) -> Labels:
    """Who each row truly is, in the order of the answer."""
    return np.concatenate([file.table["truth"].to_numpy() for file in linked.files])


def measure(data_set: DataSet) -> tuple[Agreement, float]:
    """Link and judge one data set; the seconds are those of linking, files read and kernels loaded included."""
    began = time.perf_counter()
    linked = link_files(data_set.files, load_mapping(data_set.mapping), default_model())
    seconds = time.perf_counter() - began
    return agreement(truth_of(linked), linked.person_id.to_numpy(zero_copy_only=False)), seconds


def warm_up() -> None:
    """Compile the kernels, or load them, so that no data set's seconds hold it."""
    measure(DATA_SETS[0])


def main(names: list[str]) -> int:
    """Print the table and write the figures; 2 for a name that is not there."""
    console = Console(width=None if sys.stdout.isatty() else 100)
    if unknown := sorted(set(names) - {each.name for each in DATA_SETS}):
        console.print(f"there is no data set `{unknown[0]}`: use {', '.join(each.name for each in DATA_SETS)}")
        return 2
    table = _table()
    results: dict[str, Any] = {}
    with console.status("compiling kernels") as status:
        warm_up()
        for data_set in DATA_SETS:
            if names and data_set.name not in names:
                continue
            status.update(f"linking {data_set.name}")
            result, seconds = measure(data_set)
            results[data_set.name] = {**asdict(result), "seconds": round(seconds, 2)}
            _add(table, data_set.name, result, seconds)
    console.print(table)
    console.print("Eyre's seconds are of a process that has loaded its kernels, from files to answer.")
    console.print("Peers: measured on the same kind of machine, see docs/explanation/accuracy.md.")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    return 0


def _table() -> Table:
    table = Table(title="Whole clusters against the truth")
    for heading in ("data set", "system"):
        table.add_column(heading, no_wrap=True)
    for heading in ("precision", "recall", "F1", "B³ F1", "seconds"):
        table.add_column(heading, justify="right")
    return table


def _add(table: Table, name: str, result: Agreement, seconds: float) -> None:
    mine = PeerFigure(name, "eyre", result.precision, result.recall, result.f1, result.bcubed_f1, seconds)
    for at, figure in enumerate([mine, *(peer for peer in PEERS if peer.data_set == name)]):
        shares = [_share(each) for each in (figure.precision, figure.recall, figure.f1, figure.bcubed_f1)]
        took = "" if figure.seconds is None else f"{figure.seconds:.1f}"
        table.add_row(name if at == 0 else "", figure.system, *shares, took, style="bold" if at == 0 else "")
    table.add_section()


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
