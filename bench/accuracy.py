"""Linkage quality on public data with known truth, beside peers on the same columns: `python -m bench.accuracy [NAME…]
[--peers splink,goldenmatch,recordlinkage|none]`.

Every data set is linked by the function behind `eyre link`, with the one model that ships and at most a column mapping.
Peers run in the same run, each in an environment and a process of its own (`bench.peers`).
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.status import Status
from rich.table import Table

from bench.data_sets import DATA_SETS, DataSet
from bench.peers import NAMES, PEERS, PeerAnswer, run_peer
from bench.peers_table import peers_table, raw_table
from eyre.resolve.agreement import Agreement, Labels, agreement
from eyre.resolve.model import default_model
from eyre.service.link import Linked, link_files
from eyre.service.link_mapping import load_mapping

RESULTS = Path(__file__).parent / "results/accuracy.json"
NO_PEERS = "none"


def truth_of(linked: Linked) -> Labels:
    """Who each row truly is, in the order of the answer."""
    return np.concatenate([file.table["truth"].to_numpy() for file in linked.files])


def link(data_set: DataSet) -> tuple[Linked, float]:
    """Link one data set; the seconds are those of linking, files read included."""
    began = time.perf_counter()
    linked = link_files(data_set.files, load_mapping(data_set.mapping), default_model())
    return linked, time.perf_counter() - began


def measure(data_set: DataSet) -> tuple[Agreement, float]:
    """Link and judge one data set."""
    linked, seconds = link(data_set)
    return judged(linked), seconds


def judged(linked: Linked) -> Agreement:
    """How good the answer is."""
    return agreement(truth_of(linked), linked.person_id.to_numpy(zero_copy_only=False))


def ask_peers(data_set: DataSet, linked: Linked, names: Sequence[str], status: Status) -> list[PeerAnswer]:
    """What the named peers say of the same records."""
    answers: list[PeerAnswer] = []
    asked = [peer for peer in PEERS if peer.name in names]
    if not asked:
        return answers
    truth = {str(row): str(who) for row, who in zip(linked.record_id.to_pylist(), truth_of(linked), strict=True)}
    prepared, raw = peers_table(linked), raw_table(linked)
    with tempfile.TemporaryDirectory() as folder:
        for peer in asked:
            status.update(f"{data_set.name}: {peer.system}")
            answers.append(run_peer(peer, data_set.name, raw if peer.raw else prepared, truth, Path(folder)))
    return answers


def main(arguments: Sequence[str]) -> int:
    """Print the table and write the figures."""
    asked = _asked(arguments)
    console = Console(width=None if sys.stdout.isatty() else 100)
    table = _table()
    results: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    with console.status("compiling kernels") as status:
        link(DATA_SETS[0])  # so that no data set's seconds hold it
        for data_set in DATA_SETS:
            if asked.names and data_set.name not in asked.names:
                continue
            status.update(f"linking {data_set.name}")
            linked, seconds = link(data_set)
            result = judged(linked)
            answers = ask_peers(data_set, linked, asked.peers, status)
            _add(table, data_set.name, (result, seconds), answers)
            kept = results.get(data_set.name, {}).get("peers", {})
            results[data_set.name] = {
                **asdict(result),
                "seconds": round(seconds, 2),
                "peers": kept | {each.peer.system: _figures(each) for each in answers},
            }
            RESULTS.parent.mkdir(exist_ok=True)
            RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    console.print(table)
    console.print("Seconds: from files to answer, of a process that has loaded its kernels or its packages.")
    return 0


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="of " + ", ".join(each.name for each in DATA_SETS))
    parser.add_argument("--peers", default=",".join(NAMES), help=f"of {', '.join(NAMES)}, or {NO_PEERS}")
    asked = parser.parse_args(arguments)
    asked.peers = [name for name in asked.peers.split(",") if name != NO_PEERS]
    if unknown := sorted(set(asked.names) - {each.name for each in DATA_SETS}):
        parser.error(f"there is no data set `{unknown[0]}`")
    if unknown := sorted(set(asked.peers) - set(NAMES)):
        parser.error(f"there is no peer `{unknown[0]}`")
    return asked


def _table() -> Table:
    table = Table(title="Whole clusters against the truth")
    for heading in ("data set", "system"):
        table.add_column(heading, no_wrap=True)
    for heading in ("precision", "recall", "F1", "B³ F1", "seconds"):
        table.add_column(heading, justify="right")
    return table


def _add(table: Table, name: str, mine: tuple[Agreement, float], answers: Sequence[PeerAnswer]) -> None:
    table.add_row(name, "eyre", *_shares(mine[0]), f"{mine[1]:.1f}", style="bold")
    for answer in answers:
        shares = _shares(answer.quality) if answer.quality else [answer.failure, "", "", ""]
        table.add_row("", answer.peer.system, *shares, f"{answer.seconds:.1f}")
    table.add_section()


def _shares(result: Agreement) -> list[str]:
    return [f"{each:.4f}" for each in (result.precision, result.recall, result.f1, result.bcubed_f1)]


def _figures(answer: PeerAnswer) -> dict[str, Any]:
    told = {"version": answer.version, "seconds": answer.seconds}
    return told | (asdict(answer.quality) if answer.quality else {"failure": answer.failure})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
