"""What a source sent is shown as it came, to those who may see all of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from eyre.sources.catalogue import shipped_source
from tests.cli.conftest import Run

SOURCE = "oz_cinder_jail"


@pytest.fixture
def keeping(run_empty: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on an empty store that keeps what it takes, sealed."""
    (tmp_path / "key").write_text("5a" * 32)
    monkeypatch.setenv("EYRE_BLOB_DIR", str(tmp_path / "blobs"))
    monkeypatch.setenv("EYRE_BLOB_KEY_FILE", str(tmp_path / "key"))
    return run_empty


def test_a_delivery_is_listed_written_and_gone_after_a_purge(keeping: Run, tmp_path: Path) -> None:
    sent = shipped_source(SOURCE).delivery.read_bytes()
    assert keeping("import", SOURCE).code == 0
    (listed,) = keeping("sources", "raw", SOURCE, "--json").data["deliveries"]
    assert (listed["bytes"], listed["pages"], listed["outcome"]) == (len(sent), 1, "committed")
    assert f"{len(sent):,}" in keeping("sources", "raw", SOURCE).out
    out = tmp_path / "sent"
    assert keeping("sources", "raw", SOURCE, "--out", str(out)).out == f"{out}\n"
    assert out.read_bytes() == sent
    told = keeping("sources", "raw", SOURCE, "--as-of", listed["as_of"], "--json").data
    assert (told["delivery"], told["files"]) == (listed, [])
    record = keeping("find", "Yellowhorse, Matthew", "--json").data["persons"][0]["record"]
    assert keeping("purge", record, "--yes", "--json").data == {"purged": record, "raw_deliveries": 1}
    assert keeping("sources", "raw", SOURCE, "--json").data["deliveries"] == []
    assert keeping("sources", "raw", SOURCE, "--out", str(out), "--json").error["code"] == "EYRE-611"
    assert [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()] == [tmp_path / "blobs" / "store"]


def test_two_stores_do_not_share_a_directory(keeping: Run, tmp_path: Path) -> None:
    (tmp_path / "blobs").mkdir()
    (tmp_path / "blobs" / "store").write_text("another\n")
    ended = keeping("import", SOURCE, "--json")
    assert (ended.code, ended.error["code"]) == (4, "EYRE-122")


def test_bytes_go_to_standard_output(keeping: Run) -> None:
    keeping("import", SOURCE)
    command = [sys.executable, "-m", "eyre", "sources", "raw", SOURCE, "--as-of", "2100-01-01"]
    told = subprocess.run(command, capture_output=True, check=True)
    assert told.stdout == shipped_source(SOURCE).delivery.read_bytes()


def test_a_purpose_that_does_not_see_all_is_refused(keeping: Run, tmp_path: Path) -> None:
    keeping("import", SOURCE)
    arguments = ("sources", "raw", SOURCE, "--out", str(tmp_path / "sent"), "--purpose", "public_inquiry", "--json")
    ended = keeping(*arguments)
    assert (ended.code, ended.error["code"]) == (6, "EYRE-511")
    assert not (tmp_path / "sent").exists()


def test_a_wrong_key_is_told(keeping: Run, tmp_path: Path) -> None:
    keeping("import", SOURCE)
    (tmp_path / "key").write_text("5b" * 32)
    ended = keeping("sources", "raw", SOURCE, "--out", str(tmp_path / "sent"), "--json")
    assert (ended.code, ended.error["code"]) == (4, "EYRE-212")
    (tmp_path / "key").write_text("no key")
    ended = keeping("sources", "raw", SOURCE, "--json")
    assert (ended.code, ended.error["code"]) == (4, "EYRE-121")
    assert "no key" not in ended.err


def test_a_file_that_cannot_be_written_is_told(keeping: Run, tmp_path: Path) -> None:
    keeping("import", SOURCE)
    ended = keeping("sources", "raw", SOURCE, "--out", str(tmp_path / "none" / "sent"), "--json")
    assert (ended.code, ended.error["code"]) == (3, "EYRE-400")
