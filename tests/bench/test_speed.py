"""The speed of `eyre link` is measured on a run as a user's."""

from pathlib import Path

import pytest

from bench.population import write_population
from bench.speed import link_with_eyre


@pytest.mark.slow
def test_a_file_is_linked_and_judged(tmp_path: Path) -> None:
    people = tmp_path / "people.parquet"
    write_population(people, 5_000, seed=5)
    found = link_with_eyre(people, tmp_path)
    assert found.records == 5_000
    assert found.quality.f1 > 0.9
    assert 0 < sum(found.phases.values()) <= found.seconds
    assert 50 < found.peak_mib < 2_000
    assert found.pairs > 5_000
