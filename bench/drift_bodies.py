"""What comes in the place of a delivery: pages for people, garbage, text in a wrong encoding, half of it."""

import gzip
import io
import random
import zipfile
import zlib
from collections.abc import Callable, Sequence

from eyre.sim.feeds.feed import Wire

Spoil = Callable[[random.Random, bytes], bytes]
_PAGES = (
    ("Scheduled maintenance", "This site is down for scheduled maintenance. We will be back {when}."),
    ("Sign in", '<form action="/login"><input name="user"><input type="password" name="pw"></form> Session {when}.'),
    ("Checking your browser", "<script>challenge('{when}')</script>Enable JavaScript and cookies to continue."),
    ("502 Bad Gateway", "<center><h1>502 Bad Gateway</h1></center><hr>nginx {when}"),
    ("Runtime Error", "Server Error in '/' Application. Request id {when}."),
    ("Access denied", "<table><tr><td>Your address was blocked.</td><td>{when}</td></tr></table>"),
    ("Welcome", "<table id='inmates'></table><p>No records found {when}</p>"),
)


def maintenance(chance: random.Random, _body: bytes) -> bytes:
    """A page for people, in one of the ways in which they are written."""
    title, text = chance.choice(_PAGES)
    head = chance.choice(("<!DOCTYPE html>\n", "", "\ufeff", "\n\n  ", "<!-- cached -->\n", '<?xml version="1.0"?>\n'))
    when = f"{chance.randrange(10**9)}"
    page = f"{head}<html><head><title>{title}</title></head><body>{text.format(when=when)}</body></html>\n"
    if chance.random() < 0.15:
        page = page.upper().replace("HREF", "href")
    return page.encode("utf-16" if chance.random() < 0.1 else "utf-8")


def truncated(chance: random.Random, body: bytes) -> bytes:
    """The first part of it: cut anywhere, or behind a line."""
    at = max(1, int(len(body) * chance.uniform(0.001, 0.999)))
    if chance.random() < 0.3 and b"\n" in body[:at]:
        at = body.rindex(b"\n", 0, at) + 1
    return body[:at]


def _twice(chance: random.Random, body: bytes) -> bytes:
    text = body.decode("cp1252", errors="replace")
    return text.encode("utf-8")


def _lossy(letter: str) -> Spoil:
    return lambda _chance, body: "".join(each if each.isascii() else letter for each in _text(body)).encode("utf-8")


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


def _as(name: str) -> Spoil:
    return lambda _chance, body: _text(body).encode(name, errors="replace")


_ENCODINGS: Sequence[Spoil] = (
    _twice,
    _twice,
    _lossy("\ufffd"),
    _as("utf-16-le"),
    _as("utf-16-be"),
    _as("utf-32"),
    _as("cp037"),
    _as("utf-7"),
    lambda chance, body: _twice(chance, _twice(chance, body)),
)


def recoded(chance: random.Random, body: bytes) -> bytes:
    """The same text in an encoding that it should not be in. Where it is ASCII, some of these leave it as it is: one
    that does not is taken."""
    for spoil in chance.sample(_ENCODINGS, len(_ENCODINGS)):
        if (done := spoil(chance, body)) != body:
            return done
    return body


def _deep(chance: random.Random, _body: bytes) -> bytes:
    mark = chance.choice((b"[", b'{"a":', b"<a>", b"<div>", b"(", b'"', b"{"))
    return mark * chance.choice((60, 5_000, 200_000))


def _bomb(chance: random.Random, _body: bytes) -> bytes:
    pack = zlib.compressobj(9, zlib.DEFLATED, 31)
    filler = chance.choice((b"0", b" ", b"\n", b"<a/>", b"[]")) * (1 << 20)
    return b"".join(pack.compress(filler) for _ in range(chance.choice((8, 40)))) + pack.flush()


def _zip_bomb(chance: random.Random, _body: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for number in range(chance.choice((1, 3, 2_500))):
            file.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * (40 << 20 if number == 0 else 10))
    return out.getvalue()


def _entities(chance: random.Random, _body: bytes) -> bytes:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, chance.choice((4, 12))))
    return f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "lol">{lines}]><a>&l3;</a>'.encode()


def _macros(_chance: random.Random, body: bytes) -> bytes:
    """A workbook with a program in it; of another body one that is nothing else."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        if zipfile.is_zipfile(io.BytesIO(body)):
            with zipfile.ZipFile(io.BytesIO(body)) as old:
                for part in old.infolist():
                    file.writestr(part.filename, old.read(part))
        file.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"Auto_Open" * 50)
    return out.getvalue()


def _splice(chance: random.Random, body: bytes) -> bytes:
    first, second = sorted(chance.randrange(len(body) + 1) for _ in range(2))
    return body[:first] + body[second:]


def _insert(chance: random.Random, body: bytes) -> bytes:
    at = chance.randrange(len(body) + 1)
    strange = (
        b"\x00",
        b"\xff\xfe",
        b"\r",
        b'"',
        b"\xe2\x80\xa8",
        b"]]>",
        b"}",
        b"1e999999999",
        b"9" * 6_000,
        b"\\ud800",
    )
    return body[:at] + chance.choice(strange) * chance.choice((1, 3)) + body[at:]


def _flip(chance: random.Random, body: bytes) -> bytes:
    broken = bytearray(body)
    for _ in range(chance.choice((1, 5, 200))):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


NO_DELIVERY: Sequence[Spoil] = (
    lambda chance, _: chance.randbytes(chance.choice((1, 3, 40, 4_000))),
    lambda chance, _: chance.choice((b"", b"null\n", b"OK", b"{}", b"[]", b"0", b"\n\n\n", b'""', b"error", b"{")),
    lambda chance, _: b"\x00" * chance.choice((1, 512, 100_000)),
    lambda chance, _: b'{"error":"rate limit exceeded","code":%d}' % chance.randrange(1000),
    lambda chance, _: b"<error><message>try again</message><id>%d</id></error>" % chance.randrange(10**6),
    lambda chance, _: b"id;when;what\n%d;;\n" % chance.randrange(10**6),
    lambda chance, _: b"%PDF-1.7\n" + chance.randbytes(300),
    lambda chance, _: b"\xff\xd8\xff\xe0" + chance.randbytes(300),
    lambda chance, _: gzip.compress(chance.randbytes(200))[: chance.randrange(10, 200)],
    lambda chance, _: chance.randbytes(30) * chance.choice((2, 900)),
    _deep,
    _entities,
    lambda chance, _: maintenance(chance, b""),
)
"""What is no delivery at all."""
BREAKS: Sequence[Spoil] = (
    _splice, _insert, _flip, truncated, recoded, _macros, _bomb, _zip_bomb, _deep, _entities, maintenance,
    lambda chance, body: body + chance.choice(NO_DELIVERY)(chance, b""),
    lambda chance, body: body.replace(b"\n", chance.choice((b"\r", b"\r\n", b"\n\n", b"\x0b"))),
    lambda chance, body: chance.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\x00\x00\xfe\xff")) + body,
    lambda chance, body: body * chance.choice((2, 30)),
    lambda chance, body: gzip.compress(body)[: chance.choice((None, 40, -8))],
    lambda chance, body: body[: len(body) // 2] + b"A" * chance.choice((3_000, 2_000_000)) + body[len(body) // 2 :],
)  # fmt: skip
"""What is made of a delivery, and what bursts."""


def garbage(chance: random.Random, _body: bytes) -> bytes:
    """No delivery."""
    return chance.choice(NO_DELIVERY)(chance, b"")


def broken(chance: random.Random, body: bytes) -> bytes:
    """A delivery that was broken once or twice, or something else."""
    for _ in range(chance.choice((1, 1, 2))):
        if body:
            body = chance.choice((*BREAKS, *NO_DELIVERY))(chance, body)
    return body


FORMATS = tuple(Wire)
