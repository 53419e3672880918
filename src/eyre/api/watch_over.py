"""`/health` and `/metrics`: whether all is well, and how it goes. Neither ever waits long, whatever the store does."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from eyre.api.door import Door
from eyre.api.metrics import Metrics
from eyre.errors import StoreError

ANSWERS_WITHIN = 2.0
"""Seconds in which a store that is well answers."""
MOVES_WITHIN = 30.0
"""Seconds in which a worker's loop that is well moves: it looks about it once a second."""
_LOOKED_EVERY = 5.0
"""Seconds for which the sources' standing is kept: to tell it takes a question about every source."""
Answer = TypeVar("Answer")


@dataclass
class Watchman:
    """Answers of the process and of the store behind it. Questions to the store run on threads of `pool` of their own,
    so that one that hangs holds up nothing else."""

    door: Door
    metrics: Metrics
    pool: Executor
    _looked_at: float | None = None

    async def health(self, _request: Request) -> Response:
        """200 when the store answers and the worker moves, else 503."""
        answers = bool(await self._within(self.door.answers))
        pulse = self.door.pulse()
        moves = pulse.still_for <= MOVES_WITHIN
        well = answers and moves
        body = {
            "status": "ok" if well else "failing",
            "store": "answers" if answers else "does not answer",
            "worker": "moves" if moves else "stands still",
            "worker_still_seconds": round(pulse.still_for, 1),
        }
        status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
        return JSONResponse(body, status, headers={"cache-control": "no-store"})

    async def show_metrics(self, _request: Request) -> Response:
        """What was counted, in Prometheus's text format."""
        if self._looked_at is None or time.monotonic() - self._looked_at >= _LOOKED_EVERY:
            self._looked_at = time.monotonic()
            answers = bool(await self._within(self.door.answers))
            self.metrics.answers(answers)
            if answers and (status := await self._within(lambda: _told(self.door.status))) is not None:
                self.metrics.stands(status)  # else the last is kept
        if (totals := await self._within(lambda: _told(self.door.totals))) is not None:
            self.metrics.did(totals)
        text = self.metrics.text(self.door.pulse(), self.door.open_hosts())
        return Response(text, headers={"content-type": CONTENT_TYPE_LATEST, "cache-control": "no-store"})

    async def _within(self, asked: Callable[[], Answer]) -> Answer | None:
        """What is answered in time; nothing otherwise."""
        asking = asyncio.get_running_loop().run_in_executor(self.pool, asked)
        try:
            return await asyncio.wait_for(asking, ANSWERS_WITHIN)
        except TimeoutError:
            return None


def _told(asked: Callable[[], Answer]) -> Answer | None:
    """What the store tells; nothing where it does not."""
    try:
        return asked()
    except StoreError:
        return None
