"""The body of a request, bounded in size and in time."""

import asyncio
import time

from starlette.requests import ClientDisconnect, Request

from eyre.api.refusals import TooLargeError, TooSlowError

SENT_WITHIN = 120.0
"""Seconds in which a delivery must have arrived: 256 MiB, the most that is usual, by a line of 18 Mbit/s."""
_MOST_DISCARDED = 8 << 20
_DISCARDED_WITHIN = 5.0


async def read_body(request: Request, most: int) -> bytes:
    """The whole body. Raises `TooLargeError` as soon as it is more than `most` bytes, of which no more is then kept,
    `TooSlowError`, and `ClientDisconnect` when the sender breaks off."""
    if _declared(request) > most:
        raise _too_large(most)
    body = bytearray()
    try:
        async with asyncio.timeout(SENT_WITHIN):
            async for part in request.stream():
                if len(body) + len(part) > most:
                    raise _too_large(most)
                body += part
    except TimeoutError:
        raise TooSlowError(
            f"the delivery had not arrived after {SENT_WITHIN:.0f} seconds", remedy="send it again, or in parts"
        ) from None
    return bytes(body)


async def discard_body(request: Request) -> bool:
    """Lets go of what a sender is still sending that was refused, so that it comes to read the answer and does not only
    see its connection break. Tells whether that was all; what is longer is not waited for. One that waits for leave to
    send (`Expect`) is given none."""
    if "expect" in request.headers:
        return False
    left, until = _MOST_DISCARDED, time.monotonic() + _DISCARDED_WITHIN
    try:
        async with asyncio.timeout(_DISCARDED_WITHIN):
            async for part in request.stream():
                left -= len(part)
                if left < 0 or time.monotonic() > until:
                    return False
    except RuntimeError:  # it was read before
        return True
    except (TimeoutError, ClientDisconnect):
        return False
    return True


def _declared(request: Request) -> int:
    told = request.headers.get("content-length", "")
    return int(told) if told.isascii() and told.isdigit() else 0


def _too_large(most: int) -> TooLargeError:
    return TooLargeError(f"the delivery is larger than {most} bytes", remedy="raise `limits.max_bytes` in its manifest")
