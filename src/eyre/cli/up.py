"""`eyre up`: start the store and keep it running."""

import contextlib
import signal
import time
from typing import TYPE_CHECKING

from eyre.cli.options import AsJson
from eyre.cli.store_options import DataDir

if TYPE_CHECKING:
    from types import FrameType

    from eyre.bootstrap.open_house import House

_BETWEEN_LOOKS = 1.0  # seconds


def up(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Start the store and keep it running until interrupted; other commands join it, and start quicker.

    A store that somebody kills meanwhile is recovered. Ctrl-C stops it, unless another command still uses it.

    Example:

      eyre up --data-dir /srv/eyre
    """
    from eyre.bootstrap.open_house import open_house, still_runs

    signal.signal(signal.SIGTERM, _interrupt)
    with contextlib.suppress(KeyboardInterrupt):
        while True:
            with open_house(data_dir) as house:
                _say(house, data_dir is not None, as_json=as_json)
                while still_runs(house):
                    time.sleep(_BETWEEN_LOOKS)


def _interrupt(_number: int, _frame: "FrameType | None") -> None:
    raise KeyboardInterrupt


def _say(house: "House", named: bool, *, as_json: bool) -> None:
    where = str(house.directory) if house.directory else ""
    if as_json:
        import json

        print(json.dumps({"state": "running", "directory": where or None, "url": house.url}), flush=True)
        return
    from rich.markup import escape

    from eyre.cli.consoles import answers

    console = answers()
    console.print(f"[bold]running[/] {escape(where or 'on the server that EYRE_DATABASE_URL names')}", soft_wrap=True)
    console.print(f"  {escape(house.url)}", soft_wrap=True)
    option = f" --data-dir {where}" if named else ""
    console.print(f"[dim]in another terminal: eyre import oz_cinder_jail{option}; eyre find NAME{option}[/]")
    console.print("[dim]Ctrl-C stops it[/]")
