"""HTTP/1.1 on a socket, as much of it as a source needs: GET and HEAD, kept connections, pipelining."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import thread_time
from urllib.parse import parse_qsl, unquote

_MOST_HEAD = 16_384  # bytes of a request; nobody who asks a roster needs more
_REASONS = {200: "OK", 304: "Not Modified", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed"}
_REASONS |= {429: "Too Many Requests", 503: "Service Unavailable"}


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked; names of headers are in small letters."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered. `fate` is `send`; or `reset`, the connection breaks; or `hang`, nothing ever comes."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    fate: str = "send"


@dataclass(slots=True)
class Cost:
    """Seconds of processor time that answering took, and how many requests were answered."""

    seconds: float = 0.0
    requests: int = 0


Answers = Callable[[Request], Answer]


class HttpConnection(asyncio.Protocol):
    """One connection. Requests are answered in the order in which they come."""

    def __init__(self, answers: Answers, cost: Cost, open_: "set[asyncio.Transport]") -> None:
        """`answers` must not wait; `open_` holds the connections that are up."""
        self._answers, self._cost, self._open = answers, cost, open_
        self._waiting = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keeps the transport."""
        if isinstance(transport, asyncio.Transport):
            self._transport = transport
            self._open.add(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forgets the transport."""
        if self._transport is not None:
            self._open.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        """Answers every whole request that has come."""
        begun = thread_time()
        self._waiting += data
        while (end := self._waiting.find(b"\r\n\r\n")) >= 0:
            head, self._waiting = self._waiting[:end], self._waiting[end + 4 :]
            self._cost.requests += 1
            self._send(head)
        if len(self._waiting) > _MOST_HEAD:
            self._close()
        self._cost.seconds += thread_time() - begun

    def _send(self, head: bytes) -> None:
        transport = self._transport
        if transport is None or transport.is_closing():
            return
        request = _parsed(head)
        answer = Answer(400) if request is None else self._answers(request)
        if answer.fate == "reset":
            transport.abort()
        elif answer.fate == "send":
            transport.write(_written(answer, body=request is None or request.method != "HEAD"))
            if request is None or request.headers.get("connection", "").lower() == "close":
                self._close()

    def _close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def _parsed(head: bytes) -> Request | None:
    lines = head.decode("latin-1").split("\r\n")
    words = lines[0].split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        return None
    path, _, query = words[1].partition("?")
    headers = {}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return Request(words[0], unquote(path), dict(parse_qsl(query)) if query else {}, headers)


def _written(answer: Answer, *, body: bool) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} {_REASONS.get(answer.status, 'Answer')}"]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    if answer.status != 304:
        lines.append(f"Content-Length: {len(answer.body)}")
    head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
    return head + answer.body if body and answer.status != 304 else head
