"""Words that begin with hashes are sorted as any are, however few hashes there are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eyre.resolve.sort_hashes import sort_hashes


@settings(max_examples=20)
@given(st.integers(0, 2**32), st.sampled_from([1, 5_000, 30_000]), st.sampled_from([1, 3, 1_000, 10**9]))
def test_words_are_sorted(seed: int, many: int, hashes: int) -> None:
    random = np.random.default_rng(seed)
    distinct = random.integers(0, 1 << 63, min(hashes, many), dtype=np.uint64) >> np.uint64(16) << np.uint64(16)
    words = random.choice(distinct, many) | np.arange(many, dtype=np.uint64)
    wanted = np.sort(words)
    sort_hashes(words, 1)
    assert np.array_equal(words, wanted)


@pytest.mark.parametrize("apart", [1, 1 << 20])
def test_hashes_that_begin_alike_are_sorted(apart: int) -> None:
    words = np.array([123 << 40, (123 << 40) + apart] * 10_000, dtype=np.uint64)
    wanted = np.sort(words)
    sort_hashes(words, 0)
    assert np.array_equal(words, wanted)
