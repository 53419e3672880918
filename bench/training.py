"""What training gains and what it spoils: `python -m bench.training [NAME…]`.

Each data set is linked with the model that ships and with one that was fitted to it without its truth; and, half of its
persons having given their truth to fit to, the other half is linked with both. A generated population is fitted to as
well, and another one, of another seed, is linked with what was fitted.
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.accuracy import truth_of
from bench.data_sets import DATA_SETS
from bench.population import write_population
from eyre.resolve.agreement import agreement
from eyre.resolve.model import Model, default_model
from eyre.service.arrange_files import arrange_files
from eyre.service.evaluate import blind_to
from eyre.service.link import link_files
from eyre.service.link_mapping import LinkMapping, load_mapping
from eyre.service.train import Trained
from eyre.service.train_by_anchors import train_by_anchors
from eyre.service.train_by_truth import train_by_truth

RESULTS = Path(__file__).parent / "results/training.json"
GENERATED = "generated"
_RECORDS = 100_000
_FITTED_SEED = 3  # the benchmarks of speed and calibration use others
_LINKED_SEED = 11
_TRUTH = "truth"


def f1(files: tuple[Path, ...], mapping: LinkMapping, model: Model) -> float:
    """Pairwise F1 of whole clusters."""
    linked = link_files(files, mapping, model)
    return agreement(truth_of(linked), linked.person_id.to_numpy(zero_copy_only=False)).f1


def fits(files: tuple[Path, ...], mapping: LinkMapping) -> tuple[Trained, Trained, float]:
    """A model fitted without the truth, one fitted to half of it, and the seconds that the first took."""
    arranged = arrange_files(files, mapping)
    began = time.perf_counter()
    anchored = train_by_anchors(arranged, model=default_model(), seed=0)
    seconds = time.perf_counter() - began
    return anchored, train_by_truth(arranged, _TRUTH, model=default_model(), seed=0), seconds


def measure(files: tuple[Path, ...], mapping: LinkMapping, others: tuple[Path, ...] = ()) -> dict[str, Any]:
    """F1 before and after; of `others` where there are some, else of the files themselves."""
    anchored, by_truth, seconds = fits(files, mapping)
    half = next(each for each in by_truth.held_out.measures if each.name == "F1")
    linked = others or files
    return {
        "default": f1(linked, mapping, default_model()),
        "anchors": f1(linked, mapping, anchored.model),
        "anchors_worse": list(anchored.held_out.worse),
        "anchors_seconds": round(seconds, 1),
        "half_default": half.before,
        "half_truth": half.after,
        "truth_worse": list(by_truth.held_out.worse),
        "others_truth": f1(others, mapping, by_truth.model) if others else None,
    }


def main(names: list[str]) -> int:
    """Print the table and write the figures; 2 for a name that is not there."""
    console = Console(width=None if sys.stdout.isatty() else 110)
    known = [*(each.name for each in DATA_SETS), GENERATED]
    if unknown := sorted(set(names) - set(known)):
        console.print(f"there is no data set `{unknown[0]}`: use {', '.join(known)}")
        return 2
    results: dict[str, Any] = {}
    for data_set in DATA_SETS:
        if not names or data_set.name in names:
            mapping = blind_to(load_mapping(data_set.mapping), _TRUTH)
            results[data_set.name] = measure(data_set.files, mapping)
            _tell(console, data_set.name, results)
    if not names or GENERATED in names:
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder) / f"{seed}.parquet" for seed in (_FITTED_SEED, _LINKED_SEED)]
            for path, seed in zip(paths, (_FITTED_SEED, _LINKED_SEED), strict=True):
                write_population(path, _RECORDS, seed)
            results[GENERATED] = measure((paths[0],), blind_to(LinkMapping(), _TRUTH), (paths[1],))
            _tell(console, GENERATED, results)
    console.print(_table(results))
    return 0


def _tell(console: Console, name: str, results: dict[str, Any]) -> None:
    """Keeps what is known so far, and says which fits were found to be worse."""
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    found = results[name]
    for worse in (*found["anchors_worse"], *found["truth_worse"]):
        console.print(f"{name}: a fit says that it is worse: {worse}")


def _table(results: dict[str, Any]) -> Table:
    table = Table(title="F1 of pairs of whole clusters, before and after training")
    table.add_column("data set", no_wrap=True)
    for heading in ("default", "no truth", "half: default", "half: truth", "others: truth", "seconds"):
        table.add_column(heading, justify="right")
    for name, found in results.items():
        figures = (found[key] for key in ("default", "anchors", "half_default", "half_truth", "others_truth"))
        shown = ("" if each is None else f"{each:.4f}" for each in figures)
        table.add_row(name, *shown, f"{found['anchors_seconds']:.1f}")
    return table


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
