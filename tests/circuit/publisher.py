"""A publisher on a real socket, whose answer a test sets; it remembers what it was asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass
class Publisher:
    """`answer` is the status, headers and body of the next answers; `pages` go before it where a page is asked for, and
    `whole` where the query names it. Of `rows` four are told from `start` on, all but the first four moved by `moves`,
    as `page` writes them."""

    base: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    pages: list[bytes] = field(default_factory=list)
    cut: int | None = None
    robots: bytes | None = None
    own: dict[str, bytes] = field(default_factory=dict)
    whole: bytes | None = None
    rows: list[str] = field(default_factory=list)
    moves: int = 0
    page: Callable[[list[str]], bytes] = field(default=lambda rows: "\n".join(rows).encode())
    asked: list[dict[str, str]] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None


@contextmanager
def publishing() -> Iterator[Publisher]:
    """A publisher that answers while the block runs."""
    publisher = Publisher()

    class Desk(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                self.send_response(404 if publisher.robots is None else 200)
                self.send_header("Content-Length", str(len(publisher.robots or b"")))
                self.end_headers()
                self.wfile.write(publisher.robots or b"")
                return
            publisher.asked.append({"path": self.path, **{name.lower(): told for name, told in self.headers.items()}})
            publisher.meanwhile()
            headers, body, status = dict(publisher.headers), publisher.body, publisher.status
            query = parse_qs(urlsplit(self.path).query)
            if publisher.pages and "page" in query:
                number = int(query["page"][0])
                body = publisher.pages[number] if number < len(publisher.pages) else b""
            if publisher.rows and "start" in query:
                start = int(query["start"][0]) + publisher.moves * (query["start"][0] != "0")
                body = publisher.page(publisher.rows[start : start + 4])
            if publisher.whole is not None and "whole" in query:
                body = publisher.whole
            name = urlsplit(self.path).path.rpartition("/")[2]
            if publisher.own and name.startswith("B0"):
                status, body = (200, publisher.own[name]) if name in publisher.own else (404, b"")
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body if publisher.cut is None else body[: publisher.cut])
            if publisher.cut is not None:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    publisher.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
