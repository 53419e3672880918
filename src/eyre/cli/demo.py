"""`eyre demo`: an invented state, ridden live, and a person who is found in it, explained."""

import shlex
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eyre.cli.options import AsJson
from eyre.cli.store_options import DataDir

if TYPE_CHECKING:
    from eyre.cli.demo_riding import Demonstrated
    from eyre.service.demo import DemoStory

_ON_A_TERMINAL, _ELSEWHERE = 2.0, 0.25
"""Minutes that the state is watched: long enough to see something happen, and short where nobody looks on."""

_NARROWER = "the same under a narrower purpose"

Minutes = Annotated[
    float | None,
    typer.Option(
        "--minutes",
        min=0.02,
        max=1440,
        help=f"How long it is watched; {_ON_A_TERMINAL:g} on a terminal, {_ELSEWHERE:g} elsewhere. Ctrl-C ends it too.",
        show_default=False,
    ),
]
Speed = Annotated[
    float,
    typer.Option(
        "--speed", min=1, max=10_000, help="How many times as fast as the world it goes; 300 is 15 min in 3 s."
    ),
]
WithFaults = Annotated[bool, typer.Option("--faults/--no-faults", help="With the faults of real places, or without.")]


def demo(
    minutes: Minutes = None,
    speed: Speed = 300.0,
    faults: WithFaults = True,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Ride an invented state live, and show a person in it and why.

    Starts a private database if none is named, and on this machine an invented state in simulated time: some seventy
    jails with their courts, prisons and offices, each in the format of a real one, asked by HTTP and SFTP, or sending
    files and messages. Each source is looked at once; then time runs, and bookings, releases and transfers appear as
    they are seen, with the people who are known elsewhere. At the end one person is shown: field by field, where they
    were held, why two records belong together, and what a narrower purpose sees. Nobody in it exists. Asks nothing; run
    again, its time goes on. With `--json` a line is printed for each thing that happens, and one for the end.

    Examples:

      eyre demo --data-dir /tmp/eyre-demo
      eyre demo --data-dir /tmp/eyre-demo --minutes 10 --speed 120
    """
    from eyre.bootstrap.warm import warming

    began = time.perf_counter()
    if minutes is None:
        minutes = _ON_A_TERMINAL if sys.stderr.isatty() and not as_json else _ELSEWHERE
    with warming() as compiling:
        from eyre.bootstrap.collect_seldom import collect_seldom
        from eyre.bootstrap.open_house import open_house
        from eyre.cli.demo_riding import Plan, demonstrate
        from eyre.cli.demo_tellers import teller_for

        collect_seldom()
        plan = Plan(minutes * 60, speed, faults)
        with teller_for(as_json=as_json) as teller, open_house(data_dir) as house:
            done = demonstrate(house, plan, teller, compiling.wait)
    _show(done, data_dir, as_json=as_json, seconds=round(time.perf_counter() - began, 1))


def _show(done: "Demonstrated", data_dir: Path | None, *, as_json: bool, seconds: float) -> None:
    tries = next_commands(done.story, data_dir)
    if as_json:
        from eyre.cli.demo_data import demo_data
        from eyre.cli.demo_tellers import print_line

        print_line(demo_data(done) | {"next": [command for command, _ in tries], "seconds": seconds})
        return
    from eyre.cli.consoles import answers
    from eyre.cli.show_demo import show_demo

    console = answers()
    show_demo(console, done, tries)
    console.print(f"\n[dim]{seconds} seconds.[/]")


def next_commands(story: "DemoStory", data_dir: Path | None) -> list[tuple[str, str]]:
    """What to type next, and what it shows: commands that work on what the demonstration left."""
    shown = story.shown
    name = next((field.values[0].text for field in shown.fields if field.field == "name"), "")
    where = f" --data-dir {shlex.quote(str(data_dir))}" if data_dir else ""
    narrow = [(f"eyre show {each.person}{where} --purpose {story.narrow_purpose}", _NARROWER) for each in story.narrow]
    return [
        (f"eyre custody {shown.person}{where}", "where somebody is and was held, by whose word"),
        (f"eyre find {shlex.quote(name)}{where}", "who it might be, the best match first"),
        (f"eyre show {shown.records[-1].record}{where}", "any record of a person leads to the same person"),
        (f"eyre how {shown.person}{where}", "how its records came together, as a tree"),
        (f"eyre why {story.why.left} {story.why.right}{where}", "any two records, also of two persons"),
        *narrow[:1],
        (f"eyre review{where}", "the decisions that are least certain, asked one by one"),
        (f"eyre sources status{where}", "how each source stood when nobody rode any more"),
        (f"eyre demo{where}", "the state's time goes on where it was"),
    ]
