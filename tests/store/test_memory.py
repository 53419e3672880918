"""A private server takes a bounded share of the machine's memory."""

import re

import pytest

from eyre.store.server.memory import memory_here, memory_settings

GIB = 1 << 30


@pytest.mark.parametrize("memory", [GIB // 2, 2 * GIB, 8 * GIB, 24 * GIB, 512 * GIB])
def test_what_the_server_keeps_for_itself_leaves_most_to_others(memory: int) -> None:
    settings = memory_settings(memory)
    assert all(re.fullmatch(r"[1-9]\d*MB", value) for value in settings.values())
    kept = sum(int(settings[name][:-2]) << 20 for name in ("shared_buffers", "maintenance_work_mem"))
    assert kept <= max(memory // 4, 192 << 20)


def test_more_memory_is_used_up_to_a_bound() -> None:
    shared = [memory_settings(size * GIB)["shared_buffers"] for size in (8, 24, 64, 512)]
    assert shared == ["1024MB", "3072MB", "8192MB", "8192MB"]


def test_this_machine_has_some() -> None:
    assert memory_here() > 128 << 20
