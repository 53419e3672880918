"""A ride that finds no room for what it fetched takes nothing, says so, and takes it when there is room."""

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from eyre.bootstrap.circuit import Rides, Told, open_circuit
from eyre.circuit.ride_source import Ridden, RideEnd
from eyre.resolve.model import default_model
from eyre.service.raw_deliveries import raw_deliveries
from eyre.service.ride_board import put_on_schedule
from eyre.store.blobs.blob_files import Blobs
from eyre.store.open_store import Store
from tests.service.rosters import NOON, QUARTER, jail, page, row


def full(_: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def ride(store: Store, tmp_path: Path) -> Callable[[int], list[Ridden]]:
    """Rides what is due so many hours after noon."""
    manifest = jail(fetch={"url": (tmp_path / "dropped").as_uri()})
    keeping = replace(store, blobs=Blobs(tmp_path / "blobs"))
    put_on_schedule(keeping, [(manifest, QUARTER, NOON)])

    def ride(hour: int) -> list[Ridden]:
        told: list[Ridden] = []
        rides = Rides({manifest.id: manifest}, clock=lambda: NOON + timedelta(hours=hour))
        with open_circuit(keeping, default_model(), rides, Told(told.append, lambda _: None)) as circuit:
            circuit.worker.ride_all_due()
        return told

    return ride


def test_a_file_that_finds_no_room_stays_where_it_was_dropped(
    store: Store, ride: Callable[[int], list[Ridden]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped = tmp_path / "dropped" / "roster.csv"
    dropped.parent.mkdir()
    dropped.write_bytes(page(row(1), row(2)))
    os.utime(dropped, (0, NOON.timestamp() - 60))
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        (ridden,) = ride(0)
    assert ridden.end is RideEnd.TROUBLE
    assert ridden.trouble.startswith("EYRE-211: ")
    assert dropped.exists()
    assert raw_deliveries(store, "inv_test_jail") == ()
    (ridden,) = ride(9)
    assert (ridden.end, len(ridden.taken)) == (RideEnd.CHANGED, 1)
    assert not dropped.exists()
    assert len(raw_deliveries(store, "inv_test_jail")) == 1
