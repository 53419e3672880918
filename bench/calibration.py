"""Whether a stated probability means what it says: `python -m bench.calibration`.

`eyre link --pairs` states for each pair of records how probable it is that both are of one person. Of the pairs at
about .7, seven in ten should be. The expected calibration error (Naeini, Cooper and Hauskrecht, 2015) is the mean, over
pairs, of how far the stated probability lies from the share that is true, in fifteen bins of equal width. Pairs that
do not reach the model's floor are not stated and not judged.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from bench.data_sets import DATA_SETS
from bench.population import write_population
from bench.reliability_chart import Bin, reliability_chart
from eyre.resolve.model import default_model
from eyre.service.link import link_files
from eyre.service.link_answer import pairs_table
from eyre.service.link_mapping import LinkMapping, load_mapping

RESULTS = Path(__file__).parent / "results"
BINS = 15
_DECIDED = 0.05
_compute: Any = pc


@dataclass(frozen=True)
class Calibration:
    """Expected calibration error of all pairs and of those between .05 and .95, the worst bin's, the mean squared error
    (Brier), and the bins that have pairs."""

    name: str
    pairs: int
    expected_error: float
    undecided_error: float
    largest_error: float
    brier: float
    bins: tuple[Bin, ...]


def calibration(name: str, stated: NDArray[np.float64], true: NDArray[np.bool_]) -> Calibration:
    """How the probabilities `stated` of pairs agree with what is `true` of them. Raises `ValueError` without pairs."""
    if not len(stated) or len(stated) != len(true):
        raise ValueError(f"{len(stated)} probabilities and {len(true)} truths do not describe the same pairs")
    undecided = (stated > _DECIDED) & (stated < 1 - _DECIDED)
    bins = _bins(stated, true)
    return Calibration(
        name=name,
        pairs=len(stated),
        expected_error=_error(bins),
        undecided_error=_error(_bins(stated[undecided], true[undecided])),
        largest_error=round(max(abs(each.stated - each.true) for each in bins), 5),
        brier=round(float(np.mean((stated - true) ** 2)), 5),
        bins=bins,
    )


def _bins(stated: NDArray[np.float64], true: NDArray[np.bool_]) -> tuple[Bin, ...]:
    number = np.minimum((stated * BINS).astype(np.int64), BINS - 1)
    count = np.bincount(number, minlength=BINS)
    filled = np.flatnonzero(count)
    said = np.bincount(number, stated, minlength=BINS)[filled] / count[filled]
    held = np.bincount(number, true, minlength=BINS)[filled] / count[filled]
    return tuple(Bin(*each) for each in zip(count[filled].tolist(), said.tolist(), held.tolist(), strict=True))


def _error(bins: tuple[Bin, ...]) -> float:
    """The mean over pairs; 0 without any."""
    pairs = sum(each.pairs for each in bins)
    return round(sum(each.pairs * abs(each.stated - each.true) for each in bins) / pairs, 5) if pairs else 0.0


def calibration_of_files(name: str, files: tuple[Path, ...], mapping: LinkMapping) -> Calibration:
    """Link files that have a column `truth`, and judge the pairs that `--pairs` would write."""
    linked = link_files(files, mapping, default_model())
    truth = np.concatenate([file.table["truth"].to_numpy() for file in linked.files])
    pairs = pairs_table(linked)
    left, right = (truth[_rows(linked.record_id, pairs[side])] for side in ("left_id", "right_id"))
    return calibration(name, pairs["probability"].to_numpy(), left == right)


def _rows(ids: Any, wanted: Any) -> NDArray[np.int64]:
    found: NDArray[np.int64] = _compute.index_in(wanted, value_set=ids).to_numpy()
    return found


def main() -> None:
    """Prints a table a data set, writes the figures, and draws a chart of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000, help="generated ones; 0 for none")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--data-sets", default="ppl_all", help="of bench.data_sets, with commas between")
    chosen = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 100)
    names = chosen.data_sets.split(",")
    found = [
        calibration_of_files(each.name, each.files, load_mapping(each.mapping))
        for each in DATA_SETS
        if each.name in names
    ]
    if chosen.records:
        with tempfile.TemporaryDirectory(prefix="eyre-bench-") as folder:
            people = Path(folder) / "people.parquet"
            write_population(people, chosen.records, chosen.seed)
            found.append(calibration_of_files(f"generated_{chosen.records}", (people,), LinkMapping()))
    RESULTS.mkdir(exist_ok=True)
    for each in found:
        console.print(_table(each))
        console.print(_told(each))
        chart = RESULTS / f"calibration_{each.name}.svg"
        chart.write_text(reliability_chart(each.name, each.bins), encoding="utf-8")
    figures = {each.name: asdict(each) for each in found}
    (RESULTS / "calibration.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def _told(found: Calibration) -> str:
    return (
        f"expected calibration error {found.expected_error:.4f} over {found.pairs:,} pairs; of those between .05 and "
        f".95 {found.undecided_error:.4f}; of the worst bin {found.largest_error:.4f}; Brier {found.brier:.4f}"
    )


def _table(found: Calibration) -> Table:
    table = Table(title=found.name, min_width=44)
    for heading in ("pairs", "stated", "true"):
        table.add_column(heading, justify="right")
    for each in found.bins:
        table.add_row(f"{each.pairs:,}", f"{each.stated:.4f}", f"{each.true:.4f}")
    return table


if __name__ == "__main__":
    main()
