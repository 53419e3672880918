"""Writes the deliveries of the ten invented sources, and the truth about them: `python tools/generate_invented OUT`.

Seeded, so that the same bytes come out everywhere; a test regenerates them and compares.
"""

import random
import sys
from collections.abc import Callable
from pathlib import Path

import html_jails
import json_jails
import pushed_jails
import registers
from population import Human, populate
from stay import Truth

SEED = 1176  # the assize of Northampton: the year in which the first eyres rode
Writer = Callable[[random.Random, list[Human], Truth], bytes]
SOURCES: tuple[tuple[str, str, int, Writer], ...] = (
    ("oz_bellwether_jail", "json", 50, json_jails.bellwether),
    ("oz_tallgrass_jail", "html", 50, html_jails.tallgrass),
    ("oz_cinder_jail", "json", 50, json_jails.cinder),
    ("oz_larkspur_jail", "html", 60, html_jails.larkspur),
    ("oz_juniper_jail", "csv", 60, pushed_jails.juniper),
    ("oz_port_wren_jail", "xml", 45, pushed_jails.port_wren),
    ("oz_corrections", "txt", 80, registers.corrections),
    ("oz_circuit_court", "csv", 75, registers.court),
    ("oz_probation", "xlsx", 75, registers.probation),
    ("oz_public_register", "jsonl", 150, registers.public_register),
)


def main(out: Path) -> None:
    """Everything below `out`, each source in its folder."""
    people = populate(random.Random(SEED), 150)
    truth: Truth = []
    for number, (source, ending, count, write) in enumerate(SOURCES):
        draw = random.Random(SEED * 100 + number)
        pool = people if source == "oz_public_register" else people[: int(len(people) * 0.6)]
        golden = out / source / "golden"
        golden.mkdir(parents=True, exist_ok=True)
        (golden / f"input.{ending}").write_bytes(write(draw, draw.sample(pool, count), truth))
    rows = [f'{source},"{key}",p{person:04d}' for source, key, person in truth]
    (out / "truth.csv").write_text("\n".join(["source,record_key,person", *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
