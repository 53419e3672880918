"""What a source's web server answers: pages, conditional questions, limits, robots."""

import gzip
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime

import orjson

from eyre.clock import Clock
from eyre.sim.faults.fault import FaultKind
from eyre.sim.faults.strike import Struck
from eyre.sim.feeds.feed import Feed, RateLimit, Validator
from eyre.sim.feeds.press import Edition, Part, Rendered, page_of
from eyre.sim.serve.shelf import Shelf
from eyre.sim.serve.wire_http import Answer, Request

_LAST_MODIFIED = (Validator.LAST_MODIFIED, Validator.BOTH)
_ETAG = (Validator.ETAG, Validator.BOTH)
_SMALL = 1024  # bytes; packing less saves nothing
COST_PATH = "/-/cost"
_FATES: Mapping[FaultKind, Answer] = {
    FaultKind.RESET: Answer(fate="reset"),
    FaultKind.TIMEOUT: Answer(fate="hang"),
    FaultKind.UNAVAILABLE: Answer(503, b"temporarily unavailable\n", {"Content-Type": "text/plain"}),
}


class WebDesk:
    """Answers for one feed."""

    def __init__(self, press: Struck, shelf: Shelf) -> None:
        """`press` publishes, with its faults; `shelf` bounds what it keeps."""
        self.press, self._shelf = press, shelf
        self.feed: Feed = press.feed
        self._asked: deque[datetime] = deque()

    def answer(self, request: Request, rest: str, at: datetime) -> Answer:
        """The answer at the simulated instant `at`; `rest` is the path below the source's own."""
        if (fate := self.press.fate(at)) is not None:
            return _FATES[fate]
        if rest == "robots.txt":
            return self._robots()
        if (wait := self._wait(at)) > 0:
            return Answer(429, b"too many requests\n", {"Content-Type": "text/plain", "Retry-After": str(wait)})
        if request.method not in ("GET", "HEAD"):
            return Answer(405, b"", {"Allow": "GET, HEAD"})
        if rest == self.feed.file:
            return self._list(request, at)
        if self.feed.detail and rest.startswith(f"{self.feed.file}/"):
            told = self.press.detail(at, rest.removeprefix(f"{self.feed.file}/"))
            return Answer(404) if told is None else self._sent(request, told, {})
        return Answer(404)

    def _list(self, request: Request, at: datetime) -> Answer:
        part = _part(self.feed, request.query)
        if part is None:
            return Answer(400)
        edition = self.press.edition(at)
        validators = self._validators(edition, part)
        if _unchanged(request.headers, validators):
            return Answer(304, b"", validators)
        return self._sent(request, self.press.render(at, part), validators)

    def _validators(self, edition: Edition, part: Part) -> dict[str, str]:
        told = {}
        if self.feed.validator in _ETAG:
            told["ETag"] = f'"{edition.tag}-{"w" if part.whole else part.first}"'
        if self.feed.validator in _LAST_MODIFIED:
            told["Last-Modified"] = format_datetime(edition.modified, usegmt=True)
        return told

    def _sent(self, request: Request, told: Rendered, validators: Mapping[str, str]) -> Answer:
        self._shelf.used(self.press.press)
        body, headers = told.body, {"Content-Type": told.media, **validators}
        if told.onward:
            headers["Link"] = f'<{told.onward}>; rel="next"'
        if self.feed.gzip and len(body) > _SMALL and "gzip" in request.headers.get("accept-encoding", ""):
            body = gzip.compress(body, 1, mtime=0)
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return Answer(200, body, headers)

    def _wait(self, at: datetime) -> int:
        """Seconds until the next request is let in; 0 lets this one in."""
        limit: RateLimit | None = self.feed.limit
        if limit is None:
            return 0
        while self._asked and (at - self._asked[0]).total_seconds() >= limit.seconds:
            self._asked.popleft()
        if len(self._asked) < limit.requests:
            self._asked.append(at)
            return 0
        return max(1, round(limit.seconds - (at - self._asked[0]).total_seconds()))

    def _robots(self) -> Answer:
        delay = f"Crawl-delay: {self.feed.crawl_delay}\n" if self.feed.crawl_delay else ""
        return Answer(200, f"User-agent: *\nDisallow: /admin\n{delay}".encode(), {"Content-Type": "text/plain"})


class WebFront:
    """One server for many feeds, each below `/{slug}/`. `/-/cost` tells what the simulator itself costs."""

    def __init__(self, desks: Mapping[str, WebDesk], clock: Clock, cost: Callable[[], Mapping[str, float]]) -> None:
        """`desks` by slug."""
        self._desks, self._clock, self._cost = desks, clock, cost

    def answer(self, request: Request) -> Answer:
        """The answer, under the simulated date."""
        at = self._clock()
        slug, _, rest = request.path[1:].partition("/")
        desk = self._desks.get(slug)
        if desk is not None:
            answer = desk.answer(request, rest, at)
        elif request.path == COST_PATH:
            answer = Answer(200, orjson.dumps(dict(self._cost())), {"Content-Type": "application/json"})
        elif request.path == "/robots.txt":
            answer = Answer(200, b"User-agent: *\nDisallow: /admin\n", {"Content-Type": "text/plain"})
        else:
            answer = Answer(404)
        headers = {"Date": format_datetime(at, usegmt=True), **answer.headers}
        return Answer(answer.status, answer.body, headers, answer.fate)


def _part(feed: Feed, query: Mapping[str, str]) -> Part | None:
    """The part of the list that a query names; None for one that no page has."""
    if "whole" in query:
        return Part(whole=True)
    paging = feed.paging
    if paging is None:
        return Part()
    told = query.get(paging.by, "0" if paging.by == "start" else "1")
    if not (told.isascii() and told.isdigit() and len(told) < 8):
        return None
    if paging.by == "page":
        return page_of(feed, max(int(told), 1) - 1)
    return Part(int(told), paging.size)


def _unchanged(asked: Mapping[str, str], validators: Mapping[str, str]) -> bool:
    if "if-none-match" in asked:
        tags = [tag.strip().removeprefix("W/") for tag in asked["if-none-match"].split(",")]
        return validators.get("ETag", "") in tags
    if "if-modified-since" in asked and "Last-Modified" in validators:
        try:
            since = parsedate_to_datetime(asked["if-modified-since"])
        except ValueError:
            return False
        return parsedate_to_datetime(validators["Last-Modified"]) <= since
    return False
