"""A circuit that runs in this process, and in others beside it, with what it does shown as it does it."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from eyre.bootstrap.circuit import Rides, Told, circuit_worker
from eyre.bootstrap.clock import now
from eyre.cli.as_data import to_data
from eyre.resolve.model import default_model
from eyre.service.circuit_status import circuit_status
from eyre.service.known_sources import manifests_on_schedule
from eyre.service.rekey import ensure_keys

if TYPE_CHECKING:
    from eyre.bootstrap.open_house import House
    from eyre.circuit.ride_source import Ridden
    from eyre.service.resolve_records import Resolved

_REFRESH = 1.0  # seconds


def run_here(house: "House", stop: threading.Event, *, workers: int, data_dir: Path | None, as_json: bool) -> None:
    """Rides until `stop` is set, in this process and `workers` - 1 others."""
    model = default_model()
    ensure_keys(house.store, model)
    others = [_another(data_dir) for _ in range(workers - 1)]
    printing = threading.Lock()

    def ridden(ride: "Ridden") -> None:
        if as_json:
            with printing:
                print(json.dumps(to_data(ride)), flush=True)

    def resolved(batch: "Resolved") -> None:
        if as_json:
            with printing:
                print(json.dumps({"resolved": to_data(batch)}), flush=True)

    manifests = manifests_on_schedule(house.store)
    try:
        with circuit_worker(house.store, model, Rides(manifests), Told(ridden, resolved)) as worker:
            riding = threading.Thread(target=worker.run, name="riding")
            riding.start()
            try:
                _until(stop, house, shown=not as_json)
            finally:
                worker.stop.set()
                riding.join()
    finally:
        for each in others:
            each.terminate()
        for each in others:
            each.wait()


def _until(stop: threading.Event, house: "House", *, shown: bool) -> None:
    from eyre.cli.consoles import progress

    console = progress()
    if not shown or not console.is_terminal:
        stop.wait()
        return
    from rich.live import Live

    from eyre.cli.show_circuit import circuit_table

    with Live(console=console, auto_refresh=False, transient=True) as live:
        while not stop.wait(_REFRESH):
            live.update(circuit_table(circuit_status(house.store, now=now())), refresh=True)


def _another(data_dir: Path | None) -> "subprocess.Popen[bytes]":
    where = ["--data-dir", str(data_dir)] if data_dir else []
    command = [sys.executable, "-m", "eyre", "circuit", "run", *where]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
