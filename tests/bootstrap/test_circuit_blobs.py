"""A worker that starts sweeps what nobody names, and says where nothing is kept."""

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from eyre.bootstrap.circuit import Rides, Told, open_circuit
from eyre.resolve.model import default_model
from eyre.store.blobs.blob_files import Blobs
from eyre.store.blobs.sweep_blobs import AGE
from eyre.store.open_store import Store


def started(store: Store) -> None:
    with open_circuit(store, default_model(), Rides({}), Told(lambda _: None, lambda _: None)):
        time.sleep(0.5)


def test_what_nobody_names_is_swept(store: Store, tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "blobs")
    young, old = (blobs.path_of(blobs.keep(each).sha256) for each in (b"young", b"old"))
    long_ago = time.time() - 2 * AGE.total_seconds()
    os.utime(old, (long_ago, long_ago))
    started(replace(store, blobs=blobs))
    assert (young.exists(), old.exists()) == (True, False)


def test_a_directory_that_cannot_be_read_does_not_keep_a_worker_from_its_work(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    started(replace(store, blobs=Blobs(tmp_path / "file")))


def test_that_nothing_is_kept_is_said_once(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    started(store)
    assert [each.levelname for each in caplog.records if "EYRE_BLOB_DIR" in each.message] == ["WARNING"]
