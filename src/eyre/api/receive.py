"""`POST /sources/{source}/messages`: a source sends what it has to say."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from eyre.api.authorise import may_send_for
from eyre.api.door import Door
from eyre.api.problem import problem_of, problem_of_fault
from eyre.api.read_body import discard_body, read_body
from eyre.api.refusals import NotAllowedError, NotSendingError
from eyre.circuit.receive_push import may_send
from eyre.errors import EyreError, InputError
from eyre.service.commit_look import Taken

AT_ONCE = 8
"""Deliveries that are in memory at once; others wait unread, with their senders."""
_MOST_ISSUES = 100
Counted = Callable[[int, Taken | None, int], None]
"""Told of each answer: its status, what was taken, and how many bytes came."""


@dataclass
class Receiver:
    """Takes one delivery of a source after the other, and a few sources side by side. `pool` has `AT_ONCE` threads."""

    door: Door
    pool: Executor
    counted: Counted
    _turns: dict[str, asyncio.Lock] = field(default_factory=dict)
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def receive(self, request: Request) -> Response:
        """Answers when the delivery is committed; otherwise says as a problem why it is not."""
        try:
            return await self._received(request)
        except ClientDisconnect:
            answer = problem_of(InputError("the sender broke off", remedy="send it again"))  # which nobody will read
        except EyreError as error:
            answer = problem_of(error)
            if not await discard_body(request):
                answer.headers["connection"] = "close"
        except Exception as error:  # noqa: BLE001 - the last place that can say it without showing personal data
            answer = problem_of_fault(error)
        self.counted(answer.status_code, None, 0)
        return answer

    async def _received(self, request: Request) -> Response:
        source = request.path_params["source"]
        if not may_send_for(self.door.tokens, source, request.headers.get("authorization", "")):
            raise NotAllowedError
        loop = asyncio.get_running_loop()
        async with self._turns.setdefault(source, asyncio.Lock()), self._room:
            manifest = await loop.run_in_executor(self.pool, self.door.find, source)
            if manifest is None or not may_send(manifest):
                raise NotSendingError(
                    f"`{source}` is not registered as a source that sends",
                    remedy="put its manifest, with `fetch: {url: 'push:'}`, on the circuit",
                )
            body = await read_body(request, manifest.limits.max_bytes)
            taken = await loop.run_in_executor(self.pool, self.door.take, manifest, body)
        self.counted(HTTPStatus.OK, taken, len(body))
        return JSONResponse(_told(taken), headers={"cache-control": "no-store"})


def _told(taken: Taken) -> dict[str, Any]:
    shown = taken.issues[:_MOST_ISSUES]
    return {
        "source": taken.source,
        "known": taken.known,
        "rows": taken.rows,
        "accepted": taken.read_anew,
        "changed": len(taken.records),
        "noted": taken.noted,
        "withdrawn": taken.withdrawn,
        "issues": len(taken.issues),
        "first_issues": [
            {
                "code": each.code,
                "severity": each.severity,
                "place": each.place,
                "field": each.field,
                "reason": each.reason,
            }
            for each in shown
        ],
    }
