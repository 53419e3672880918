"""Files that places drop into a folder, a new one for each posting."""

import asyncio
import os
from datetime import datetime
from pathlib import Path

from eyre.model.release_signal import ReleaseSignal
from eyre.sim.faults.strike import Struck
from eyre.sim.feeds.posting import instant, last_posting, microseconds, next_posting
from eyre.sim.feeds.press import Part

_PAUSE = 0.005  # seconds in the middle of writing a file in place, in which a reader can see half of it


class Dropper:
    """Drops the files of one feed into `folder/{slug}`."""

    def __init__(self, press: Struck, folder: Path, start: datetime) -> None:
        """The posting that stands at `start` is the first to be dropped; a delta feed first drops its full file."""
        self._press, self._folder = press, folder / press.feed.slug
        self._next = last_posting(press.feed, microseconds(start))
        self._first = press.feed.release is ReleaseSignal.DELTA_FILE

    async def catch_up(self, now: datetime) -> list[Path]:
        """Drops what was posted until `now`, and gives the files. During an outage nothing is dropped."""
        dropped = []
        self._folder.mkdir(parents=True, exist_ok=True)
        while self._next <= microseconds(now):
            at = instant(self._next)
            if self._press.fate(at) is None:
                if self._first:
                    dropped.append(await self._drop(at, Part(whole=True), "full-"))
                    self._first = False
                dropped.append(await self._drop(at, Part(), ""))
            self._next = next_posting(self._press.feed, self._next)
        return dropped

    async def _drop(self, at: datetime, part: Part, prefix: str) -> Path:
        """A file named by its posting, in UTC, and as old as it; `renames` puts it there at once, else it grows in
        place."""
        feed = self._press.feed
        stem, _, ending = feed.file.rpartition(".")
        file = self._folder / f"{prefix}{stem}-{at:%Y%m%dT%H%M%SZ}.{ending}"
        body = self._press.render(at, part).body
        if feed.renames:
            growing = file.with_suffix(f".{ending}.part")
            growing.write_bytes(body)
            os.utime(growing, (at.timestamp(), at.timestamp()))
            growing.rename(file)
            return file
        with file.open("wb") as out:
            out.write(body[: len(body) // 2])
            out.flush()
            await asyncio.sleep(_PAUSE)
            out.write(body[len(body) // 2 :])
        os.utime(file, (at.timestamp(), at.timestamp()))
        return file
