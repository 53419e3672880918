"""The table of docs/explanation/accuracy.md, from the figures that were measured last: `python -m bench.peers_page`.

Prints Markdown. Every system is there with the F1 of its whole clusters, the best one of a row in bold.
"""

import json
from collections.abc import Mapping
from typing import Any

from bench.accuracy import RESULTS
from bench.peers import PEERS

_SYSTEMS = tuple(peer.system for peer in PEERS)


def table_of(results: Mapping[str, Mapping[str, Any]]) -> str:
    """The figures of `results/accuracy.json` as a table, a data set a row."""
    heads = ["data set", "precision", "recall", "F1", "B-cubed F1", *_SYSTEMS]
    lines = [_row(heads), _row(["---", *["--:"] * (len(heads) - 1)])]
    for name, mine in results.items():
        theirs = [mine.get("peers", {}).get(system, {}).get("f1") for system in _SYSTEMS]
        best = max([mine["f1"], *(each for each in theirs if each is not None)])
        shares = [_share(mine[key], None) for key in ("precision", "recall")]
        rest = [_share(mine["f1"], best), _share(mine["bcubed_f1"], None), *(_share(each, best) for each in theirs)]
        lines.append(_row([name, *shares, *rest]))
    return "\n".join(lines)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |" if cells[0] != "---" else f"|{'|'.join(cells)}|"


def _share(value: float | None, best: float | None) -> str:
    if value is None:
        return ""
    text = f"{value:.4f}".removeprefix("0")
    return f"**{text}**" if value == best else text


if __name__ == "__main__":
    print(table_of(json.loads(RESULTS.read_text(encoding="utf-8"))))
