"""The addresses of the door."""

from concurrent.futures import Executor

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from eyre import __version__
from eyre.api.door import Door
from eyre.api.metrics import Metrics
from eyre.api.problem import no_such_method, no_such_page
from eyre.api.receive import Receiver
from eyre.api.watch_over import Watchman

_LINKS = {"messages": "/sources/{source}/messages", "health": "/health", "metrics": "/metrics"}


def make_app(door: Door, metrics: Metrics, *, receiving: Executor, looking: Executor) -> Starlette:
    """The application (ASGI). Deliveries are taken in on threads of `receiving`, the store is looked at on those of
    `looking`."""
    receiver = Receiver(door, receiving, door.counted)
    watchman = Watchman(door, metrics, looking)
    routes = [
        Route("/", _index, methods=["GET"]),
        Route("/health", watchman.health, methods=["GET"]),
        Route("/metrics", watchman.show_metrics, methods=["GET"]),
        Route("/sources/{source}/messages", receiver.receive, methods=["POST"]),
    ]
    return Starlette(routes=routes, exception_handlers={404: no_such_page, 405: no_such_method})


async def _index(_request: Request) -> Response:
    return JSONResponse({"name": "eyre", "version": __version__, "links": _LINKS})
