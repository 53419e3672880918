"""Work of one kind on all cores: kernels and Arrow hold no interpreter's lock."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


def in_threads(work: Callable[[_Item], _Made], items: Sequence[_Item]) -> list[_Made]:
    """What `work` makes of each item, in their order. For a single one no thread is started."""
    if len(items) < 2:
        return [work(item) for item in items]
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        return list(threads.map(work, items))
