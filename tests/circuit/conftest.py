"""A publisher for each test."""

from collections.abc import Iterator

import pytest

from tests.circuit.publisher import Publisher, publishing


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as running:
        yield running
