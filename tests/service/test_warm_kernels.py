"""What live answering and deliveries use is compiled by the warm-up: nobody who comes later waits for a compiler."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from bench.arrivals import Arrivals, server_processes
from bench.population import write_population
from eyre.model.person import Person, PersonName
from eyre.resolve import kernel
from eyre.resolve.arguments import laid_flat
from eyre.service.find_person import find_person
from eyre.service.warm_kernels import warm_live, warm_weighing
from eyre.store.open_store import Store
from eyre.store.server.start import RunningServer
from tests.service.house import EVERYTHING, MODEL, answers, seen, take_some

Used = set[tuple[str, str, tuple[str | int, ...]]]


@pytest.fixture
def kernels_of(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], Used]:
    """Tells which machine code is called while something is done: kernels with the kinds of their arguments."""
    used: Used = set()
    call = kernel._Kernel.__call__

    def note(self: Any, *arguments: Any) -> int | None:
        used.add((self.__module__, self.__name__, laid_flat(arguments)[0]))
        return call(self, *arguments)

    monkeypatch.setattr(kernel._Kernel, "__call__", note)

    def during(done: Callable[[], object]) -> Used:
        used.clear()
        done()
        return set(used)

    return during


def test_no_kernel_is_left_to_be_compiled(
    kernels_of: Callable[[Callable[[], object]], Used], store: Store, postgres_server: RunningServer, tmp_path: Path
) -> None:
    people, new = tmp_path / "people.parquet", tmp_path / "new.parquet"
    write_population(people, 6_300, seed=5)
    table = pq.read_table(people)
    pq.write_table(table.slice(0, 5_200), people)
    pq.write_table(table.slice(5_200), new)

    def live() -> None:
        """Records that come in bulk, one by one and by the thousand, and what is asked about them."""
        arrivals = Arrivals(store, tmp_path, server_processes(postgres_server.area.data))
        arrivals.fill(people)
        arrivals.arrive(new, 1, 3)
        arrivals.arrive(new, 1_000, 1)
        take_some(store)
        with seen(store, EVERYTHING) as session:
            find_person(session, MODEL, Person((PersonName(given="John", surname="Smith"),)))

    warmed = kernels_of(lambda: warm_live(MODEL))
    needed = kernels_of(live)
    assert ("eyre.resolve.hopeful", "_tell") in {each[:2] for each in needed}
    assert sorted(map(str, needed - warmed)) == []
    warmed |= kernels_of(lambda: warm_weighing(MODEL))
    needed = kernels_of(lambda: answers(store, EVERYTHING, {}))
    assert sorted(map(str, needed - warmed)) == []
