"""`eyre circuit demo`: an invented state, ridden."""

from typing import TYPE_CHECKING, Annotated

import typer

from eyre.cli.options import AsJson
from eyre.cli.store_options import DataDir

if TYPE_CHECKING:
    from collections.abc import Callable

    from eyre.bootstrap.open_house import House
    from eyre.cli.circuit_demo_running import Seen

Seconds = Annotated[float, typer.Option("--seconds", min=1, max=86_400, help="How long it is ridden.")]
Speed = Annotated[
    float,
    typer.Option("--speed", min=1, max=10_000, help="How many times as fast as the world it goes; 900 is 15 min/s."),
]
WithFaults = Annotated[bool, typer.Option("--faults/--no-faults", help="With the faults of real places, or without.")]


def circuit_demo(
    seconds: Seconds = 20.0,
    speed: Speed = 900.0,
    faults: WithFaults = True,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Ride an invented state: some forty jails, a prison, courts and supervision, each in the format of a real one.

    Their servers run on this machine, in simulated time. Bookings and releases appear as they are seen, and the records
    that say something new are put together into persons as they come. At the end a person is shown whose custody is
    known from several sources. Nobody in it exists. Use a place of its own: `--data-dir`.

    Examples:

      eyre circuit demo --data-dir /tmp/eyre-country
      eyre circuit demo --data-dir /tmp/eyre-country --seconds 120 --speed 300
    """
    from eyre.bootstrap.collect_seldom import collect_seldom
    from eyre.bootstrap.open_house import open_house

    collect_seldom()
    with open_house(data_dir) as house:
        from eyre.cli.circuit_demo_running import run_country

        seen = run_country(house, seconds=seconds, speed=speed, faults=faults, shown=not as_json)
        _show(house, seen, as_json=as_json)


def _show(house: "House", seen: "Seen", *, as_json: bool) -> None:
    if as_json:
        from eyre.cli.as_data import print_data

        print_data(seen)
        return
    from eyre.cli.circuit_demo_running import show_seen

    show: Callable[[House, Seen], None] = show_seen
    show(house, seen)
