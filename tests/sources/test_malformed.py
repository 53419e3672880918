"""Whatever is delivered: outcomes whose counts hold, or a clear refusal. No crash, no silent loss, no hang."""

import io
import random
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from eyre.errors import SourceError
from eyre.sources.catalogue import invented_sources
from eyre.sources.manifest import Manifest
from eyre.sources.outcome import DeliverySummary
from eyre.sources.parse_delivery import parse_delivery
from tests.sources.malform import malform
from tests.sources.reading import AS_OF, manifest

SLOWEST = 20.0  # seconds that a core works for one delivery; the usual is a hundredth


def _parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"NO": [str(n) for n in range(200)], "NAME": ["ROE, R"] * 200}), out)
    return out.getvalue()


SOURCES: list[tuple[Manifest, bytes]] = [
    *((folder.manifest, folder.delivery.read_bytes()) for folder in invented_sources()),
    (manifest(format={"type": "parquet"}), _parquet()),
]


def told(source: Manifest, data: bytes) -> str:
    """`counted` or the code of the refusal; anything else is a failure of the test."""
    began = time.thread_time()
    rows = 0
    summary: DeliverySummary | None = None
    try:
        for outcome in parse_delivery(source, data, as_of=AS_OF):
            if isinstance(outcome, DeliverySummary):
                summary = outcome
            else:
                rows += outcome.rows
    except SourceError as refused:
        return refused.code
    finally:
        assert time.thread_time() - began < SLOWEST
    assert summary is not None
    assert summary.rows_in == summary.accepted + summary.quarantined + summary.ignored == rows
    return "counted"


def run(seed: int, count: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for number in range(count):
        source, data = SOURCES[number % len(SOURCES)]
        draw = random.Random(seed * 1_000_000 + number)
        try:
            what = told(source, malform(draw, data))
        except Exception as error:
            raise AssertionError(f"seed {seed}, delivery {number} of `{source.id}`") from error
        found[what] = found.get(what, 0) + 1
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_hundred_malformed_deliveries_are_counted_or_refused(seed: int) -> None:
    found = run(seed, 110)
    assert found["counted"] > 20
    assert sum(found.values()) - found["counted"] > 20


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 110))
def test_ten_thousand_malformed_deliveries_are_counted_or_refused(seed: int) -> None:
    found = run(seed, 1_000)
    assert found["counted"] > 200
    assert sum(found.values()) - found["counted"] > 200
