"""`eyre demo`: from nothing to a person, explained."""

import shlex
import time
from pathlib import Path
from typing import TYPE_CHECKING

from eyre.cli.options import AsJson
from eyre.cli.store_options import DataDir

if TYPE_CHECKING:
    from eyre.service.demo import DemoStory


def demo(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Show a person and why, from invented sources and a simulated town.

    Starts a private database if none is named, takes in the ten invented sources and the public sample that come with
    Eyre, puts persons together, and shows one whose records come from several sources: field by field, why two of its
    records belong together, and what a narrower purpose sees of it. Asks nothing; run again, it changes nothing.

    Example:

      eyre demo --data-dir /tmp/eyre-demo
    """
    from eyre.bootstrap.warm import warming

    began = time.perf_counter()
    with warming() as compiling:
        from eyre.bootstrap.clock import now
        from eyre.bootstrap.open_house import open_house
        from eyre.cli.demo_progress import DemoProgress
        from eyre.resolve.model import default_model
        from eyre.service.demo import import_sources, tell_story
        from eyre.sources.catalogue import invented_sources, town_sources

        invented = invented_sources()
        folders = [*invented, *town_sources()]
        with DemoProgress(len(folders)) as progress, open_house(data_dir) as house:
            model = default_model()
            imported = import_sources(house.store, model, folders, now(), progress.note)
            progress.note("compile", "")
            compiling.wait()
            among = {folder.manifest.id for folder in invented}
            story = tell_story(house.store, model, imported, among, progress.note)
    _show(story, data_dir, as_json=as_json, seconds=round(time.perf_counter() - began, 1))


def _show(story: "DemoStory", data_dir: Path | None, *, as_json: bool, seconds: float) -> None:
    tries = next_commands(story, data_dir)
    if as_json:
        from eyre.cli.as_data import print_data, to_data
        from eyre.cli.demo_data import demo_data

        print_data(to_data(demo_data(story)) | {"next": [command for command, _ in tries], "seconds": seconds})
        return
    from eyre.cli.consoles import answers
    from eyre.cli.show_demo import show_demo

    console = answers()
    show_demo(console, story, tries)
    console.print(f"\n[dim]{seconds} seconds.[/]")


def next_commands(story: "DemoStory", data_dir: Path | None) -> list[tuple[str, str]]:
    """What to type next, and what it shows: commands that work on what the demonstration left."""
    shown = story.shown
    name = next((field.values[0].text for field in shown.fields if field.field == "name"), "")
    where = f" --data-dir {shlex.quote(str(data_dir))}" if data_dir else ""
    narrow = story.narrow[0].person if story.narrow else shown.person
    return [
        (f"eyre find {shlex.quote(name)}{where}", "who it might be, the best match first"),
        (f"eyre show {shown.records[-1].record}{where}", "any record of a person leads to the same person"),
        (f"eyre how {shown.person}{where}", "how its records came together, as a tree"),
        (f"eyre why {story.why.left} {story.why.right}{where}", "any two records, also of two persons"),
        (f"eyre show {narrow}{where} --purpose {story.narrow_purpose}", "the same under a narrower purpose"),
        (f"eyre review{where}", "the decisions that are least certain, asked one by one"),
        ("eyre sources list", "what comes with Eyre; eyre sources check PATH checks your own"),
        (f"eyre up{where}", "keep the store running; every command joins it"),
    ]
