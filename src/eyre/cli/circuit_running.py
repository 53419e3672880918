"""A circuit that runs in this process, and in others beside it, with what it does shown as it does it."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eyre.bootstrap.circuit import Circuit, Rides, Told, open_circuit
from eyre.bootstrap.clock import now
from eyre.bootstrap.keep_up import kept_up
from eyre.bootstrap.sftp_keys import sftp_keys
from eyre.cli.as_data import to_data
from eyre.resolve.model import default_model
from eyre.service.circuit_status import circuit_status
from eyre.service.known_sources import manifests_on_schedule
from eyre.service.rekey import ensure_keys
from eyre.service.warm_kernels import warm_live

if TYPE_CHECKING:
    from eyre.bootstrap.open_house import House
    from eyre.circuit.ride_source import Ridden
    from eyre.cli.circuit_listening import Listens
    from eyre.service.resolve_records import Resolved

_REFRESH = 1.0  # seconds


@dataclass(frozen=True)
class Running:
    """How a circuit runs: in how many processes, on which private store, where it listens if it does, and whether what
    it does is printed as data."""

    workers: int
    data_dir: Path | None
    as_json: bool
    listens: "Listens | None" = None


def run_here(house: "House", stop: threading.Event, running: Running) -> None:
    """Rides until `stop` is set, in this process and others."""
    model = default_model()
    ensure_keys(house.store, model)
    warm_live(model)
    others = [_another(running.data_dir) for _ in range(running.workers - 1)]
    manifests = manifests_on_schedule(house.store)
    teller = _Teller(running)
    try:
        rides = Rides(manifests, sftp_keys=sftp_keys(running.data_dir))
        told = Told(teller.ridden, teller.resolved)
        with kept_up(house), open_circuit(house.store, model, rides, told) as circuit:
            riding = threading.Thread(target=circuit.worker.run, name="riding")
            riding.start()
            try:
                with _door(running, house, circuit, teller):
                    _until(stop, house, shown=not running.as_json)
            finally:
                circuit.worker.stop.set()
                riding.join()
    finally:
        for each in others:
            each.terminate()
        for each in others:
            each.wait()


@dataclass
class _Teller:
    """Prints what was done as data, a line each."""

    running: Running
    _printing: threading.Lock = field(default_factory=threading.Lock)

    def ridden(self, ride: "Ridden") -> None:
        self.say(ride)

    def resolved(self, batch: "Resolved") -> None:
        self.say({"resolved": batch})

    def say(self, what: Any) -> None:
        if self.running.as_json:
            with self._printing:
                print(json.dumps(to_data(what)), flush=True)


@contextmanager
def _door(running: Running, house: "House", circuit: Circuit, teller: _Teller) -> Iterator[None]:
    if running.listens is None:
        yield
        return
    from eyre.cli.circuit_listening import answering

    with answering(running.listens, house, circuit) as url:
        teller.say({"listening": url})
        if not running.as_json:
            from eyre.cli.consoles import progress

            progress().print(f"[dim]listening at {url}[/]", soft_wrap=True)
        yield


def _until(stop: threading.Event, house: "House", *, shown: bool) -> None:
    from eyre.cli.consoles import progress

    console = progress()
    if not shown or not console.is_terminal:
        stop.wait()
        return
    from rich.live import Live

    from eyre.cli.show_circuit import circuit_shown

    with Live(console=console, auto_refresh=False, transient=True) as live:
        while not stop.wait(_REFRESH):
            live.update(circuit_shown(lambda: circuit_status(house.store, now=now())), refresh=True)


def _another(data_dir: Path | None) -> "subprocess.Popen[bytes]":
    where = ["--data-dir", str(data_dir)] if data_dir else []
    command = [sys.executable, "-m", "eyre", "circuit", "run", *where]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
