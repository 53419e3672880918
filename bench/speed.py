"""How fast and how lean files of generated people are linked, beside Splink: `python -m bench.speed`.

`eyre link` runs as a user runs it, a process from Parquet to Parquet. Splink runs in its own environment on the same
file right after, with its leanest settings (see `bench.splink_settings`). Both are judged by the same truth.
"""

import argparse
import json
import os
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from bench.peers_env import peer_command
from bench.population import write_population
from bench.watched import Watched, run_watched
from eyre.resolve.agreement import Agreement, agreement

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results/speed.json"
EYRE = Path(sys.executable).with_name("eyre")
_COLD_RECORDS = 10_000


@dataclass(frozen=True)
class Linkage:
    """One system on one file: wall-clock seconds of the whole process and of its phases, peak MiB, and who is whom.
    `load` is how many processes wanted a core when it began."""

    system: str
    records: int
    seconds: float
    peak_mib: float
    pairs: int
    load: float
    phases: dict[str, float]
    quality: Agreement


def link_with_eyre(people: Path, folder: Path) -> Linkage:
    """`eyre link` on the file."""
    target = folder / "eyre.parquet"
    load = os.getloadavg()[0]
    ran = run_watched([str(EYRE), "link", str(people), "--out", str(target), "--json"], ROOT)
    told = json.loads(ran.output)
    return _linkage("eyre", (people, target), ran, load, (told["seconds"], told["candidate_pairs"]))


def link_with_splink(people: Path, folder: Path, kind: str) -> Linkage:
    """Splink on the file, with settings of one kind."""
    target = folder / f"splink_{kind}.parquet"
    command = peer_command("bench.splink_link", str(people), str(target), kind)
    load = os.getloadavg()[0]
    ran = run_watched(command, ROOT)
    told = json.loads(ran.output.splitlines()[-1])
    return _linkage(f"splink 5 {kind}", (people, target), ran, load, (told["seconds"], told["pairs"]))


def compile_cold(folder: Path) -> float:
    """Seconds that the first run ever takes on some records, with every kernel to be compiled; an upper bound of what
    compiling adds, once for each installation. This one has what it compiled afterwards."""
    people = folder / "few.parquet"
    write_population(people, _COLD_RECORDS, seed=1)
    command = [sys.executable, "-c", _COLD.format(cache=str(folder / "cold")), "link", str(people)]
    seconds = run_watched([*command, "--out", str(folder / "few_out.parquet"), "--json"], ROOT).seconds
    link_with_eyre(people, folder)
    return seconds


_COLD = (
    "from pathlib import Path; from eyre.resolve import machine_code; "
    "machine_code.code_folder = lambda: Path({cache!r}); from eyre.cli.main import run; run()"
)  # fmt: skip


def main() -> None:
    """Prints a table a size, and writes the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", default="100000,1000000", help="sizes, with commas between")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--kinds", default="fast", help="of Splink's settings: fast, default, tuned")
    chosen = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 130)
    found: list[Linkage] = []
    with tempfile.TemporaryDirectory(prefix="eyre-bench-") as name:
        folder = Path(name)
        cold = compile_cold(folder)
        for records in map(int, chosen.records.split(",")):
            people = folder / f"people_{records}.parquet"
            write_population(people, records, chosen.seed)
            found.append(link_with_eyre(people, folder))
            if not chosen.no_peer:
                found += [link_with_splink(people, folder, kind) for kind in chosen.kinds.split(",")]
            console.print(_table(records, [each for each in found if each.records == records]))
            people.unlink()
    console.print(
        f"The first run of an installation, which compiles all kernels: {cold:.1f} s on {_COLD_RECORDS:,} records."
    )
    console.print(
        f"{os.cpu_count()} cores; load is that of the machine when a run began. Pairs: for Eyre those that were "
        "weighed, for Splink those that it kept."
    )
    RESULTS.parent.mkdir(exist_ok=True)
    figures: dict[str, Any] = {"cold_seconds": round(cold, 1), "linkages": [asdict(each) for each in found]}
    RESULTS.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def _linkage(
    system: str, files: tuple[Path, Path], ran: Watched, load: float, told: tuple[dict[str, float], int]
) -> Linkage:
    people, target = files
    truth = pq.read_table(people, columns=["record_id", "truth"])
    said = pq.read_table(target, columns=["record_id", "person_id"])
    joined: pa.Table = truth.join(said, "record_id")
    if joined.num_rows != truth.num_rows or joined["person_id"].null_count:
        raise SystemExit(f"{system} did not answer for every record")
    quality = agreement(joined["truth"].to_numpy(), joined["person_id"].to_numpy())
    phases, pairs = told
    return Linkage(
        system, truth.num_rows, round(ran.seconds, 2), round(ran.peak_mib), pairs, round(load, 2), phases, quality
    )


def _table(records: int, found: list[Linkage]) -> Table:
    table = Table(title=f"{records:,} records, file to file")
    for heading in ("system", "phases"):
        table.add_column(heading)
    for heading in ("seconds", "×", "MiB", "×", "pairs", "precision", "recall", "F1", "load"):
        table.add_column(heading, justify="right", no_wrap=True)
    for each in found:
        table.add_row(
            each.system,
            " ".join(f"{name} {seconds:.1f}" for name, seconds in each.phases.items()),
            f"{each.seconds:.1f}",
            f"{each.seconds / found[0].seconds:.2f}",
            f"{each.peak_mib:.0f}",
            f"{each.peak_mib / found[0].peak_mib:.2f}",
            f"{each.pairs:,}",
            *(f"{share:.4f}" for share in (each.quality.precision, each.quality.recall, each.quality.f1)),
            f"{each.load:.1f}",
        )
    return table


if __name__ == "__main__":
    main()
