"""A delivery whose process is killed in the middle leaves nothing, and comes through when it is sent again."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from eyre.store.open_store import Store
from tests.store.town import TABLES, Town, contents, said, url_of

KILLED_AT = {
    "the delivery is begun": "eyre.begin_delivery",
    "the versions are merged": "eyre.merge_records",
    "the records are written": "insert into eyre.record_said",
    "the index of keys is put aside": "eyre.begin_many_keys",
    "the index of keys is made anew": "eyre.end_many_keys",
    "all is written": "insert into eyre.delivery",
}

ROOT = Path(__file__).parents[2]
PROGRAM = """
import os, signal, sys
import psycopg
import eyre.store.key_index
from eyre.store.commit_delivery import Delivered, commit_delivery
from tests.store.town import JAIL, delivery, said

eyre.store.key_index.MANY_KEYS = 1  # so that the index is put aside for so few
url, record_key, last_words = sys.argv[1], bytes.fromhex(sys.argv[2]), sys.argv[3]


class Dying(psycopg.Cursor):
    # what is sent to the server is seen here, and the process killed once the server has it
    def execute(self, query, *args, **kwargs):
        done = super().execute(query, *args, **kwargs)
        self._die(query)
        return done

    def _die(self, query):
        if last_words in (query.decode() if isinstance(query, bytes) else str(query)):
            with self.connection.pipeline() as pipeline:
                pipeline.sync()
            os.kill(os.getpid(), signal.SIGKILL)


with psycopg.connect(url, cursor_factory=Dying) as writer:
    from eyre.store.arrays import register_arrays
    register_arrays(writer)
    records = [said(f"k{number}", 1) for number in (2, 3, 4, 5, 0, 1)]
    commit_delivery(writer, delivery(JAIL, 1), Delivered(records), record_key=record_key, chunk=4)
"""


@pytest.mark.parametrize("last_words", KILLED_AT.values(), ids=KILLED_AT.keys())
def test_killed_and_sent_again(
    town: Town, owner_url: str, other_town: Callable[[Store], tuple[Town, str]], last_words: str
) -> None:
    before = [said("k1", 0, status="other"), said("k9", 0)]
    town.deliver(before, 0)
    kept = contents(owner_url, [*TABLES, "delivery"])
    arguments = [url_of(town.store.writer), town.store.record_key.hex(), last_words]
    died = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], check=False, cwd=ROOT)
    assert died.returncode == -9
    _wait_until_rolled_back(owner_url)
    assert contents(owner_url, [*TABLES, "delivery"]) == kept
    with psycopg.connect(owner_url) as owner:
        assert owner.execute("select 1 from pg_indexes where indexname = 'record_key_lookup'").fetchone()
    again = [said(f"k{number}", 1) for number in range(6)]
    assert not town.deliver(again, 1).known
    other, url = other_town(town.store)
    other.deliver(before, 0)
    other.deliver(again, 1)
    assert contents(owner_url) == contents(url)


def _wait_until_rolled_back(owner_url: str) -> None:
    with psycopg.connect(owner_url) as owner:
        owner.execute("lock table eyre.purged in access exclusive mode")  # granted when the dead one's backend is gone
