"""Linkage quality on sets that are not in the repository: `python -m bench.further [NAME…]`.

They are made from packages (`bench.make_further_sets`) and by the generator the first time, and kept.
"""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console

from bench.accuracy import RESULTS as ACCURACY
from bench.accuracy import measure
from bench.data_sets import DataSet
from bench.peers import ROOT
from bench.peers_env import FOLDER, FURTHER, environment
from bench.population import write_population

RESULTS = ACCURACY.with_name("further.json")
SETS = FOLDER / "sets"
GENERATED = {
    "generated_100k_seed_11": (100_000, 11),
    "generated_100k_seed_21": (100_000, 21),
    "generated_10k": (10_000, 5),
}
_DONE = "made"


def make_sets() -> None:
    """Make all sets, if they are not there."""
    if (SETS / _DONE).exists():
        return
    subprocess.run([environment(FURTHER), "-m", "bench.make_further_sets", SETS], cwd=ROOT, check=True)
    for name, (records, seed) in GENERATED.items():
        (SETS / name).mkdir(exist_ok=True)
        write_population(SETS / name / "people.parquet", records, seed)
    (SETS / _DONE).write_text("", encoding="utf-8")


def further_sets() -> list[DataSet]:
    """The sets that were made."""
    mapping = Path(__file__).parent / "mappings/further.yaml"
    folders = sorted(each for each in SETS.iterdir() if each.is_dir())
    return [DataSet(each.name, tuple(sorted(each.glob("*.parquet"))), mapping) for each in folders]


def main(names: list[str]) -> None:
    """Print a line a set and write the figures."""
    console = Console(width=None if sys.stdout.isatty() else 100)
    make_sets()
    results: dict[str, Any] = {}
    for data_set in further_sets():
        if names and data_set.name not in names:
            continue
        found, seconds = measure(data_set)
        results[data_set.name] = {**asdict(found), "seconds": round(seconds, 2)}
        shares = f"precision {found.precision:.4f}  recall {found.recall:.4f}  F1 {found.f1:.4f}"
        console.print(f"{data_set.name:28}{shares}  B-cubed F1 {found.bcubed_f1:.4f}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
