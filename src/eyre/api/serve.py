"""Listening, on a thread of its own, for as long as it is wanted."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import uvicorn

from eyre.api.address import url_of
from eyre.api.app import make_app
from eyre.api.door import Door
from eyre.api.metrics import Metrics
from eyre.api.receive import AT_ONCE

_LOOKING = 2
_MOST_CONNECTIONS = 1_000
_GRACE = 10
"""Seconds that requests under way are given at the end."""
_BEGINS_WITHIN = 10.0


@contextmanager
def listening(door: Door, metrics: Metrics, at: socket.socket) -> Iterator[str]:
    """Answers at the socket `at`, whose URL is given. At the end requests under way are answered first, and what is
    being committed is committed."""
    receiving = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="receiving")
    looking = ThreadPoolExecutor(_LOOKING, thread_name_prefix="looking")
    server = uvicorn.Server(
        uvicorn.Config(
            make_app(door, metrics, receiving=receiving, looking=looking),
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=_MOST_CONNECTIONS,
            timeout_graceful_shutdown=_GRACE,
        )
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [at]}, name="listening", daemon=True)
    url = url_of(at)
    thread.start()
    try:
        _until_begun(server, thread)
        yield url
    finally:
        server.should_exit = True
        thread.join()
        at.close()
        receiving.shutdown()
        looking.shutdown(wait=False, cancel_futures=True)


def _until_begun(server: uvicorn.Server, thread: threading.Thread) -> None:
    until = time.monotonic() + _BEGINS_WITHIN
    while not server.started and thread.is_alive() and time.monotonic() < until:
        time.sleep(0.01)
