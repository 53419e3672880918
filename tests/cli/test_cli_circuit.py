"""`eyre circuit run` rides what is due, takes in what is sent, and ends when it is told to."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml

from eyre.cli.main import run_with
from eyre.sources.catalogue import shipped_source
from tests.cli.conftest import Run, as_url

SENDS, DROPS = "oz_port_wren_jail", "oz_cinder_jail"
TOKEN = "an invented token"


def sources(folder: Path) -> Path:
    """A folder with a source that sends, and one whose files are dropped into a folder, where one waits."""
    dropped = folder / "dropped"
    dropped.mkdir()
    sample = shipped_source(DROPS).manifest.sample
    assert sample is not None
    shutil.copyfile(shipped_source(DROPS).path / sample.file, dropped / "roster.txt")
    os.utime(dropped / "roster.txt", (time.time() - 60,) * 2)
    for name, url in ((SENDS, "push:"), (DROPS, dropped.as_uri())):
        body = yaml.safe_load((shipped_source(name).path / "manifest.yaml").read_text(encoding="utf-8"))
        body |= {"fetch": {"url": url}, "poll": {"min_seconds": 1, "max_seconds": 1}}
        body.pop("sample")
        (folder / "sources" / name).mkdir(parents=True)
        (folder / "sources" / name / "manifest.yaml").write_text(yaml.safe_dump(body), encoding="utf-8")
    return folder / "sources"


@contextmanager
def circuit(*arguments: str, **settings: str) -> Iterator["subprocess.Popen[str]"]:
    """A running circuit; killed at the end if it still runs."""
    command = [sys.executable, "-c", "from eyre.cli.main import run; run()", "circuit", "run", *arguments]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **settings}
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def lines(process: "subprocess.Popen[str]") -> Iterator[dict[str, Any]]:
    assert process.stdout is not None
    for line in process.stdout:
        yield json.loads(line)


def test_what_is_dropped_and_what_is_sent_is_taken_in(
    owner_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run_empty: Run
) -> None:
    tokens = tmp_path / "tokens"
    tokens.write_text(f"{SENDS} {hashlib.sha256(TOKEN.encode()).hexdigest()}\n", encoding="utf-8")
    settings = {"EYRE_DATABASE_URL": as_url(owner_url), "EYRE_PUSH_TOKENS": str(tokens)}
    arguments = (str(sources(tmp_path)), "--listen", "127.0.0.1:0", "--json")
    with circuit(*arguments, **settings) as process:
        told = lines(process)
        url, ride = None, None
        while url is None or ride is None:
            line = next(told)
            url = line.get("listening", url)
            ride = line if line.get("source") == DROPS else ride
        assert (ride["end"], len(ride["taken"])) == ("changed", 1)
        assert ride["late"] >= 0
        body = (shipped_source(SENDS).path / "golden/input.xml").read_bytes()
        headers = {"authorization": f"Bearer {TOKEN}"}
        sent = httpx2.post(f"{url}/sources/{SENDS}/messages", content=body, headers=headers, timeout=120)
        assert (sent.status_code, sent.json()["known"]) == (200, False)
        assert httpx2.get(f"{url}/health").json()["status"] == "ok"
        assert 'eyre_rides_total{end="changed"} 1.0' in httpx2.get(f"{url}/metrics").text
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert [each["source"] for each in run_empty("sources", "status", "--json").data["sources"]] == [DROPS]
    assert [each.name for each in (tmp_path / "dropped/taken").iterdir()] == ["roster.txt"]


def test_an_address_that_others_reach_is_refused_without_tokens(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("EYRE_PUSH_TOKENS", raising=False)
    assert run_with(["circuit", "run", "--listen", "0.0.0.0:0", "--json"]) == 4
    assert json.loads(capsys.readouterr().err)["error"]["code"] == "EYRE-103"
    assert run_with(["circuit", "run", "--listen", "nowhere", "--json"]) == 3
    assert json.loads(capsys.readouterr().err)["error"]["code"] == "EYRE-422"
