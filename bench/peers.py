"""Peers on one data set, each in a process and an environment of its own: who runs how, and how answers are judged."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.peers_env import peer_command
from eyre.resolve.agreement import Agreement, agreement

ROOT = Path(__file__).parents[1]
MOST_SECONDS = 900
"""A peer that takes longer is stopped, and the table says so."""


@dataclass(frozen=True)
class Peer:
    """`name` is its environment in `peers_env.PINNED`; `system` what the table calls it in this `mode` of `module`. It
    is given the prepared table, or, as it configures itself, the `raw` one (`bench.peers_table`)."""

    name: str
    system: str
    module: str
    mode: str
    raw: bool = False


@dataclass(frozen=True)
class PeerAnswer:
    """How good a peer's answer is, and its seconds (file read and answer written, environment and imports not
    counted). `quality` is `None` where it gave none, and `failure` says why."""

    peer: Peer
    version: str
    seconds: float
    quality: Agreement | None
    failure: str = ""


PEERS = (
    Peer("splink", "splink", "bench.splink_people", "people"),
    Peer("goldenmatch", "goldenmatch", "bench.goldenmatch_people", "zero", raw=True),
    Peer("goldenmatch", "goldenmatch prob.", "bench.goldenmatch_people", "prob", raw=True),
    Peer("recordlinkage", "recordlinkage", "bench.recordlinkage_people", "ecm"),
    Peer("recordlinkage", "recordlinkage .95", "bench.recordlinkage_people", "ecm95"),
)
NAMES = tuple(dict.fromkeys(peer.name for peer in PEERS))
_OF_ONE_DATA_SET = {("splink", "historical_50k"): "historical_50k"}


def run_peer(peer: Peer, data_set: str, table: pa.Table, truth: dict[str, str], folder: Path) -> PeerAnswer:
    """`peer` on the table of `data_set`, judged by `truth`, the person of each record id."""
    source, target = folder / "people.parquet", folder / f"{peer.name}_{peer.mode}.parquet"
    pq.write_table(table, source)
    mode = _OF_ONE_DATA_SET.get((peer.name, data_set), peer.mode)
    command = peer_command(peer.module, str(source), str(target), mode, peer=peer.name)
    try:
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return PeerAnswer(peer, "", MOST_SECONDS, None, f"stopped after {MOST_SECONDS} s")
    if ran.returncode:
        said = ran.stderr.strip().splitlines() or [f"exit {ran.returncode}"]
        return PeerAnswer(peer, "", 0.0, None, said[-1][:80])
    told = json.loads(ran.stdout.strip().splitlines()[-1])
    return PeerAnswer(peer, told["version"], told["seconds"], _judged(target, truth))


def _judged(target: Path, truth: dict[str, str]) -> Agreement:
    answer = pq.read_table(target)
    ids = [str(each) for each in answer["record_id"].to_pylist()]
    if len(ids) != len(truth):
        raise ValueError(f"`{target.name}` answers for {len(ids)} records of {len(truth)}")
    return agreement(np.array([truth[each] for each in ids]), np.array(answer["person_id"].to_pylist()))
