"""Riding what is due at an instant, once around: in the process that measures, and in others beside it.

Run as a command it is one of the others: it reads the schedule's manifests as `eyre circuit run` does, and answers each
line `ride INSTANT` on its standard input with a line of JSON, once nothing is due and every record that changed is put
together. `manifests` reads them again.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from bench.country import ROOT
from bench.server_cost import forget_peak, own_peak
from eyre.bootstrap.circuit import Circuit, Rides, Told, open_circuit
from eyre.circuit.ride_source import Ridden, RideEnd
from eyre.resolve.model import Model, default_model
from eyre.service.commit_look import Taken
from eyre.service.known_sources import manifests_on_schedule
from eyre.service.rekey import ensure_keys
from eyre.service.resolve_records import Resolved
from eyre.service.warm_kernels import warm_live
from eyre.sources.manifest import Manifest
from eyre.sources.transports.fetch_sftp import SftpKeys
from eyre.store.blobs.blob_files import Blobs
from eyre.store.open_store import Store, StoreSettings, open_for_a_while


@dataclass
class Rider:
    """Rides, and counts what came of it. `troubles` are counted by their kind."""

    store: Store
    model: Model
    sftp_keys: SftpKeys | None
    counts: Counter[str] = field(default_factory=Counter)
    troubles: Counter[str] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def ride(
        self,
        manifests: Mapping[str, Manifest],
        now: datetime,
        beside: Callable[[Circuit], AbstractContextManager[None]] = lambda _: nullcontext(),
    ) -> None:
        """Rides what is due at `now`, while `beside` lasts. Ends when every record that changed is put together."""
        forget_peak()
        rides = Rides(manifests, clock=lambda: now, sftp_keys=self.sftp_keys)
        told = Told(self._note_ride, self._note_resolved)
        with open_circuit(self.store, self.model, rides, told) as circuit, beside(circuit):
            self.counts["rides"] += circuit.worker.ride_all_due()

    def note_sent(self, taken: Taken, size: int) -> None:
        """Counts a delivery that was sent."""
        with self._lock:
            self.counts["sent"] += 1
            self.counts["bytes"] += size
            self._note_taken(taken)

    def _note_ride(self, ride: Ridden) -> None:
        with self._lock:
            self.counts["trouble"] += ride.end is RideEnd.TROUBLE
            self.counts["bytes"] += ride.bytes_read
            if ride.trouble:
                self.troubles[ride.trouble.partition(":")[0]] += 1
            for taken in ride.taken:
                self._note_taken(taken)

    def _note_taken(self, taken: Taken) -> None:
        self.counts["rows"] += taken.rows
        self.counts["read_anew"] += taken.read_anew
        self.counts["events"] += taken.noted

    def _note_resolved(self, batch: Resolved) -> None:
        with self._lock:
            self.counts["resolved"] += batch.records


def ready(store: Store) -> Model:
    """The model, with its keys made and its kernels loaded."""
    model = default_model()
    ensure_keys(store, model)
    warm_live(model)
    return model


@dataclass(frozen=True)
class Other:
    """A process of its own that rides."""

    process: "subprocess.Popen[str]"

    def begin(self, command: str) -> None:
        """Lets it do something."""
        assert self.process.stdin is not None  # noqa: S101 # it is a pipe
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """What came of it, once it is done."""
        assert self.process.stdout is not None  # noqa: S101 # it is a pipe
        told: dict[str, Any] = json.loads(self.process.stdout.readline())
        return told

    def end(self) -> None:
        """Lets it end."""
        assert self.process.stdin is not None  # noqa: S101 # it is a pipe
        self.process.stdin.close()
        self.process.wait()


def another(url: str, blobs: Path | None, keys: SftpKeys | None) -> Other:
    """Starts one; it has answered when it is ready."""
    command = [sys.executable, "-m", "bench.cycle_rider", "--store", url]
    command += ["--blobs", str(blobs)] if blobs else []
    command += ["--known-hosts", str(keys.known_hosts), "--key", str(keys.client_key)] if keys else []
    return Other(subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))


def main() -> None:
    """Rides until the input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", required=True, help="the owner's connection string")
    parser.add_argument("--blobs", type=Path)
    parser.add_argument("--known-hosts", type=Path)
    parser.add_argument("--key", type=Path)
    chosen = parser.parse_args()
    keys = SftpKeys(chosen.known_hosts, chosen.key) if chosen.known_hosts else None
    blobs = Blobs(chosen.blobs) if chosen.blobs else None
    with open_for_a_while(StoreSettings(chosen.store, blobs=blobs)) as store:
        rider = Rider(store, ready(store), keys)
        manifests = manifests_on_schedule(store)
        _say({"ready": True})
        for line in sys.stdin:
            before = time.process_time()
            match line.split():
                case ["manifests"]:
                    manifests = manifests_on_schedule(store)
                    _say({"ready": True})
                case ["ride", now]:
                    rider.counts.clear()
                    rider.troubles.clear()
                    rider.ride(manifests, datetime.fromisoformat(now))
                    spent = {"cpu": time.process_time() - before, "peak": own_peak()}
                    _say({"counts": rider.counts, "troubles": rider.troubles, **spent})


def _say(told: dict[str, Any]) -> None:
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
