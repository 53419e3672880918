"""What publishers ask of robots (RFC 9309), heeded: what is forbidden is not asked for, and pages are asked for no
faster than they say."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import httpx2

from eyre.sources.fetch_rule import Fetch
from eyre.sources.transports.fetch_http import USER_AGENT
from eyre.sources.transports.fetched import FetchError, TroubleKind

KEPT_FOR = timedelta(hours=24)
"""RFC 9309 §2.4: not to be used for longer."""
MOST_BYTES = 500 * 1024
"""RFC 9309 §2.5: so much of the file is read at the least."""
MOST_DELAY = 30.0
"""Seconds between two requests; who asks for more is to be asked less often by the manifest's `poll`."""
_SERVER_ERROR = 500


@dataclass
class Robots:
    """What is known of hosts; the threads of a worker share one."""

    _known: dict[str, tuple[RobotFileParser, datetime]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def delay(self, client: httpx2.Client, fetch: Fetch, now: datetime) -> float:
        """Seconds to leave between two requests for `fetch`. Raises `FetchError` where its publisher forbids them, or
        does not say (then RFC 9309 §2.3.1.4 has it that it does)."""
        parts = urlsplit(fetch.url)
        host = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            known = self._known.get(host)
        if known is None or known[1] <= now:
            known = _asked(client, host, fetch.timeout_seconds), now + KEPT_FOR
            with self._lock:
                self._known[host] = known
        rules, _ = known
        if not rules.can_fetch(USER_AGENT, fetch.url):
            raise FetchError(
                TroubleKind.FORBIDDEN,
                "the publisher's robots.txt forbids it",
                remedy="ask the publisher; where it agreed, say so with `fetch.agreed`",
            )
        return min(float(rules.crawl_delay(USER_AGENT) or 0.0), MOST_DELAY)


def _asked(client: httpx2.Client, host: str, timeout: float) -> RobotFileParser:
    rules = RobotFileParser()
    try:
        with client.stream("GET", f"{host}/robots.txt", timeout=timeout) as answer:
            if answer.status_code >= _SERVER_ERROR:
                raise FetchError(TroubleKind.BUSY, f"robots.txt is answered with {answer.status_code}")
            if answer.status_code != httpx2.codes.OK:
                rules.parse([])
                return rules
            body = b""
            for piece in answer.iter_bytes():
                body += piece
                if len(body) > MOST_BYTES:
                    break
    except httpx2.HTTPError as error:
        raise FetchError(TroubleKind.UNREACHABLE, f"`{urlsplit(host).netloc}` cannot be reached") from error
    rules.parse(body[:MOST_BYTES].decode("utf-8", errors="replace").splitlines())
    return rules
