"""Deliveries broken in the ways that networks, publishers and attackers break them. Seeded."""

import gzip
import random
import zlib
from collections.abc import Callable

Break = Callable[[random.Random, bytes], bytes]


def _flip(draw: random.Random, data: bytes) -> bytes:
    broken = bytearray(data)
    for _ in range(draw.choice((1, 1, 3, 20))):
        broken[draw.randrange(len(broken))] = draw.randrange(256)
    return bytes(broken)


def _cut(draw: random.Random, data: bytes) -> bytes:
    return data[: draw.randrange(len(data))]


def _behead(draw: random.Random, data: bytes) -> bytes:
    return data[draw.randrange(len(data)) :]


def _splice(draw: random.Random, data: bytes) -> bytes:
    first, second = sorted(draw.randrange(len(data)) for _ in range(2))
    return data[:first] + data[second:]


def _repeat(draw: random.Random, data: bytes) -> bytes:
    first = draw.randrange(len(data))
    chunk = data[first : first + draw.choice((1, 40, 4_000))]
    return data[:first] + chunk * draw.choice((2, 3, 50)) + data[first:]


def _insert(draw: random.Random, data: bytes) -> bytes:
    at = draw.randrange(len(data))
    return data[:at] + draw.choice(_STRANGE) + data[at:]


def _recode(draw: random.Random, data: bytes) -> bytes:
    text = data.decode("latin-1")
    return text.encode(draw.choice(("utf-16", "utf-32", "utf-8-sig", "utf-8", "cp037")))


def _nest(draw: random.Random, data: bytes) -> bytes:
    at = draw.randrange(len(data))
    return (
        data[:at] + draw.choice((b"[", b'{"a":', b"<div>", b"<a>", b"(")) * draw.choice((40, 5_000, 60_000)) + data[at:]
    )


def _lengthen(draw: random.Random, data: bytes) -> bytes:
    at = draw.randrange(len(data))
    return (
        data[:at]
        + draw.choice((b"A", b" ", b'"', b",", b"9", b"0/", b"HOLD ")) * draw.choice((3_000, 400_000))
        + data[at:]
    )


def _pack(draw: random.Random, data: bytes) -> bytes:
    packed = gzip.compress(data, 1)
    return draw.choice((_flip, _cut, _same))(draw, packed)


def _burst(draw: random.Random, data: bytes) -> bytes:
    filler = draw.choice((b"\n", b"0", data[:64])) * (2 << 20)
    worker = zlib.compressobj(1, zlib.DEFLATED, 31)
    return worker.compress(data + filler[: 4 << 20]) + worker.flush()


def _same(_draw: random.Random, data: bytes) -> bytes:
    return data


_STRANGE = (
    b"\x00",
    b"\xff\xfe",
    b"\r",
    b'"',
    b"\xe2\x80\xa8",
    b"<!DOCTYPE a [<!ENTITY x 'y'>]>",
    b"&x;",
    b"</html>",
    b"]]>",
    b"}",
    b"1e999999999",
    b"9" * 6_000,
    b"\\ud800",
    b"<br /" * 300,
    b"NaN",
    b"<![CDATA[",
    b"00/00/0000",
    b"99/99/9999",
    b"\xc3\x83",
)
BREAKS: tuple[Break, ...] = (_flip, _cut, _behead, _splice, _repeat, _insert, _recode, _nest, _lengthen, _pack, _burst)
_WEIGHTS = (20, 14, 6, 12, 10, 14, 5, 5, 4, 6, 1)


def malform(draw: random.Random, data: bytes) -> bytes:
    """`data` broken once, or twice."""
    for _ in range(draw.choice((1, 1, 2))):
        if not data:
            break
        data = draw.choices(BREAKS, _WEIGHTS)[0](draw, data)
    return data
