"""`eyre circuit`: ride the sources, and see how it goes."""

import contextlib
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eyre.cli.options import AsJson
from eyre.cli.store_options import DataDir

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import FrameType

    from eyre.bootstrap.open_house import House
    from eyre.sources.manifest import Manifest

Where = Annotated[
    Path | None,
    typer.Argument(
        metavar="[PATH]",
        help="A manifest, its folder, or a folder of such folders, to be put on the schedule first.",
        show_default=False,
    ),
]
Workers = Annotated[int, typer.Option("--workers", min=1, max=64, help="Processes that ride; a core each is right.")]
Listen = Annotated[
    str | None,
    typer.Option(
        "--listen",
        metavar="HOST:PORT",
        help="Take in what sources send, and tell how it goes, at this address.",
        show_default=False,
    ),
]
Watch = Annotated[bool, typer.Option("--watch", help="Show it anew every second until interrupted.")]


def circuit_run(
    path: Where = None,
    workers: Workers = 1,
    listen: Listen = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Ride the sources that are on the schedule: fetch what is due, compare, commit, and say when it is due again.

    Any number of these may run at once, on any number of machines, against one database; each source is ridden by one
    of them at a time, and a worker that dies loses nothing that it had committed. Ctrl-C ends the rides under way and
    stops. With `--json` a line is printed for each ride. With `--listen` sources may send what they have to say by
    HTTP, and monitoring finds `/health` and `/metrics` there.

    Examples:

      eyre circuit run sources/
      eyre circuit run --workers 2
      eyre circuit run --listen 127.0.0.1:8080
    """
    from eyre.bootstrap.collect_seldom import collect_seldom
    from eyre.bootstrap.open_house import open_house

    collect_seldom()
    stop = threading.Event()

    def end(_number: int, _frame: "FrameType | None") -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    listens = None
    if listen is not None:
        from eyre.cli.circuit_listening import prepare

        listens = prepare(listen, data_dir)
    manifests = _fetched(path) if path is not None else {}
    with open_house(data_dir) as house:
        from eyre.cli.circuit_running import Running, run_here

        if manifests:
            _schedule(house, manifests)
        run_here(house, stop, Running(workers, data_dir, as_json, listens))


def _fetched(path: Path) -> "Mapping[str, Manifest]":
    from eyre.service.schedule_sources import fetched_manifests

    return fetched_manifests(path)


def _schedule(house: "House", manifests: "Mapping[str, Manifest]") -> None:
    from eyre.bootstrap.clock import now
    from eyre.circuit.pace import first_due, pace_of
    from eyre.service.schedule_sources import schedule_manifests

    paces = {source: pace_of(manifest) for source, manifest in manifests.items()}
    at = now()
    placed = [(source, pace.least, first_due(source, pace, at)) for source, pace in paces.items()]
    schedule_manifests(house.store, manifests, placed)


def circuit_status(watch: Watch = False, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Show how the circuit goes: which sources are on time, late, down or drifting, and what came of them.

    A source drifts when its latest page was not believed to be whole, or did not look as its manifest says.

    Examples:

      eyre circuit status
      eyre circuit status --watch
    """
    import time

    from eyre.bootstrap.clock import now
    from eyre.bootstrap.open_house import open_house
    from eyre.service.circuit_status import circuit_status as status

    with open_house(data_dir) as house:
        if as_json:
            from eyre.cli.as_data import print_data

            print_data(status(house.store, now=now()))
            return
        from eyre.cli.consoles import answers
        from eyre.cli.show_circuit import circuit_shown, circuit_table

        console = answers()
        if not watch:
            console.print(circuit_table(status(house.store, now=now())))
            return
        from rich.live import Live

        with contextlib.suppress(KeyboardInterrupt), Live(console=console, auto_refresh=False) as live:
            while True:
                live.update(circuit_shown(lambda: status(house.store, now=now())), refresh=True)
                time.sleep(1.0)
