"""A blob directory belongs to one store, whoever is first."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from eyre.errors import ConfigError
from eyre.store.blobs.owner import claim


def test_many_may_claim_a_new_directory_for_one_store_at_once(tmp_path: Path) -> None:
    for number in range(50):
        directory = tmp_path / str(number)
        directory.mkdir()
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(lambda _, to=directory: claim(to, "ours"), range(8)))
        assert [each.name for each in directory.iterdir()] == ["store"]
        with pytest.raises(ConfigError, match="another store"):
            claim(directory, "theirs")
