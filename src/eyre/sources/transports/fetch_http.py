"""A delivery asked for by HTTP: conditionally, bounded, page after page.

Redirects are followed within one host only, so that a publisher's page cannot send Eyre elsewhere.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import MappingProxyType

import httpx2

from eyre.sources.fetch_rule import Fetch
from eyre.sources.limits import Limits
from eyre.sources.transports.fetched import Fetched, FetchError, NotChanged, TroubleKind

USER_AGENT = "eyre"
_ASKED_WITH = {"etag": "if-none-match", "last-modified": "if-modified-since"}
_MOST_REDIRECTS = 3
NEXT_PAGE = "next"
"""Under this name an answer's validators tell that there is a further page."""


def make_client(connections: int) -> httpx2.Client:
    """A client that keeps its connections; share one among the threads of a worker, and close it."""
    limits = httpx2.Limits(max_connections=connections, max_keepalive_connections=connections)
    return httpx2.Client(limits=limits, headers={"user-agent": USER_AGENT}, follow_redirects=False)


@dataclass(frozen=True)
class Asking:
    """How a server is asked: within which limits, with which pause (seconds) between two pages, and what tells how many
    rows a page has."""

    client: httpx2.Client
    limits: Limits
    pause: float
    rows_in: Callable[[bytes], int]


def fetch_http(asking: Asking, fetch: Fetch, *, validators: Mapping[str, str]) -> Fetched | NotChanged:
    """The delivery at `fetch.url`, or that nothing changed since `validators` were given. Raises `FetchError`.

    Pages are asked for until the server tells of no next one (RFC 8288); if it never tells of any, until one has fewer
    rows, by `asking.rows_in`, than a page holds. None of them is asked for conditionally: where the first did not
    change, others may have. Where all of them say when they last changed, the list did when the last of them did.
    """
    if fetch.paging is None:
        return _ask(asking.client, fetch, asking.limits, asked=validators)
    pages = tuple(_pages(asking, fetch))
    dates = [page.spoken_at for page in pages if page.spoken_at is not None]
    spoken = max(dates) if len(dates) == len(pages) else None
    return Fetched(tuple(body for page in pages for body in page.pages), spoken_at=spoken)


def fetch_page(client: httpx2.Client, url: str, fetch: Fetch, limits: Limits) -> bytes:
    """The page at `url`, of the source that `fetch` is about. Raises `FetchError`."""
    answer = _ask(client, fetch.model_copy(update={"url": url}), limits)
    if isinstance(answer, NotChanged):
        raise FetchError(TroubleKind.REFUSED, "the server answers 304 to what was not asked conditionally")
    (body,) = answer.pages
    return body


def _pages(asking: Asking, fetch: Fetch) -> Iterator[Fetched]:
    paging, limits = fetch.paging, asking.limits
    assert paging is not None  # noqa: S101 # the caller's case
    size, links = 0, False
    for number in range(paging.most):
        if number and asking.pause:
            time.sleep(asking.pause)
        step = number if paging.by == "number" else number * (paging.size - paging.overlaps)
        answer = _ask(asking.client, fetch, limits, page={paging.parameter: str(paging.first + step)})
        if isinstance(answer, NotChanged):
            raise FetchError(TroubleKind.REFUSED, "the server answers 304 to what was not asked conditionally")
        (body,) = answer.pages
        size += len(body)
        if size > limits.max_bytes:
            raise FetchError(TroubleKind.TOO_LARGE, f"the pages are larger than {limits.max_bytes} bytes")
        links = links or NEXT_PAGE in answer.validators
        if links:
            yield answer
            if NEXT_PAGE not in answer.validators:
                return
            continue
        rows = asking.rows_in(body)
        if rows or not number:
            yield answer
        if rows < paging.size:
            return
    raise FetchError(
        TroubleKind.TOO_LARGE, f"there are more than {paging.most} pages", remedy="raise `fetch.paging.most`"
    )


def _ask(
    client: httpx2.Client,
    fetch: Fetch,
    limits: Limits,
    *,
    asked: Mapping[str, str] = MappingProxyType({}),
    page: Mapping[str, str] | None = None,
) -> Fetched | NotChanged:
    headers = {_ASKED_WITH[name]: value for name, value in asked.items() if name in _ASKED_WITH}
    url = httpx2.URL(fetch.url)
    if page:
        url = url.copy_merge_params(dict(page))
    try:
        for _ in range(_MOST_REDIRECTS):
            with client.stream("GET", url, headers=headers, timeout=fetch.timeout_seconds) as answer:
                if answer.has_redirect_location:
                    url = _redirected(url, answer)
                    continue
                return _told(answer, limits)
    except httpx2.TimeoutException as error:
        raise FetchError(TroubleKind.TIMED_OUT, f"no answer within {fetch.timeout_seconds:g} s") from error
    except (httpx2.RemoteProtocolError, httpx2.ReadError, httpx2.DecodingError) as error:
        raise FetchError(TroubleKind.BROKEN_OFF, "the answer broke off") from error
    except (httpx2.TransportError, OSError) as error:
        raise FetchError(TroubleKind.UNREACHABLE, f"`{fetch.host}` cannot be reached") from error
    raise FetchError(TroubleKind.REFUSED, f"more than {_MOST_REDIRECTS} redirects")


def _redirected(url: httpx2.URL, answer: httpx2.Response) -> httpx2.URL:
    target = url.join(answer.headers.get("location", ""))
    if (target.scheme, target.host, target.port) != (url.scheme, url.host, url.port):
        raise FetchError(
            TroubleKind.REFUSED,
            "the server sends us to another host",
            remedy="name that one in `fetch.url` if it is right",
        )
    return target


def _told(answer: httpx2.Response, limits: Limits) -> Fetched | NotChanged:
    if answer.status_code == httpx2.codes.NOT_MODIFIED:
        return NotChanged()
    if answer.status_code != httpx2.codes.OK:
        raise _refused(answer)
    pieces: list[bytes] = []
    size = 0
    for piece in answer.iter_bytes():
        size += len(piece)
        if size > limits.max_bytes:
            raise FetchError(
                TroubleKind.TOO_LARGE,
                f"the answer is larger than {limits.max_bytes} bytes",
                remedy="raise `limits.max_bytes` if it is right",
            )
        pieces.append(piece)
    validators = {name: answer.headers[name] for name in _ASKED_WITH if name in answer.headers}
    if "next" in answer.links:
        validators[NEXT_PAGE] = answer.links["next"].get("url", "")
    return Fetched((b"".join(pieces),), validators, _instant(answer.headers.get("last-modified", "")))


def _refused(answer: httpx2.Response) -> FetchError:
    status = answer.status_code
    wait = answer.headers.get("retry-after", "")
    after = float(wait) if wait.isascii() and wait.isdigit() else None
    if status in (httpx2.codes.TOO_MANY_REQUESTS, httpx2.codes.SERVICE_UNAVAILABLE):
        kind = TroubleKind.BUSY
    elif status in (httpx2.codes.NOT_FOUND, httpx2.codes.GONE):
        kind = TroubleKind.NOT_FOUND
    elif status in (httpx2.codes.UNAUTHORIZED, httpx2.codes.FORBIDDEN):
        kind = TroubleKind.FORBIDDEN
    else:
        kind = TroubleKind.REFUSED
    return FetchError(kind, f"the server answers {status}", retry_after=after)


def _instant(text: str) -> datetime | None:
    """The instant of an HTTP date; nothing where it is none."""
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except ValueError:
        return None
