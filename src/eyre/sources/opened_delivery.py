"""A delivery opened for reading: bounded, decompressed, seekable."""

import gzip
import io
import tempfile
import zlib
from dataclasses import dataclass, field
from typing import IO, BinaryIO

from eyre.sources.limits import Limits
from eyre.sources.refusal import HTML_PAGE, LAYOUT, LIMIT, WRONG_FORMAT, refusal

_CHUNK = 1 << 18
_IN_MEMORY = 8 << 20
_GZIP = b"\x1f\x8b"
_EXPANSION_FLOOR = 1 << 20  # below a mebibyte, however made, nothing is a bomb
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass
class Notes:
    """What a reader learns of the delivery as a whole while it reads."""

    declared_total: int | None = None
    truncated: str = ""
    moved: str = ""
    """Why the pages of a list do not fit together."""
    last_resort: bool = False
    """Whether the text was read as what is neither declared nor marked, and is not UTF-8."""
    columns: list[str] = field(default_factory=list)
    """What the head of a table names, also where no row stands under it."""
    unknown: dict[str, None] = field(default_factory=dict)
    """Names of envelope members that the manifest does not declare, in the order seen."""


@dataclass(frozen=True)
class OpenedDelivery:
    """The decompressed bytes, at their start; `encoding` as declared; `list_names` that a row may hold; `key_names`
    that a table must have as columns."""

    file: IO[bytes]
    limits: Limits
    encoding: str | None = None
    list_names: frozenset[str] = frozenset()
    key_names: tuple[str, ...] = ()
    notes: Notes = field(default_factory=Notes)


def spool(data: BinaryIO | bytes, limits: Limits, notes: Notes) -> IO[bytes]:
    """A seekable copy of `data` of at most `limits.max_bytes`, gunzipped when it is gzip. Raises `SourceError`.

    A gzip stream that ends early is noted as truncated; one that is damaged is refused.
    """
    source = io.BytesIO(data) if isinstance(data, bytes | bytearray | memoryview) else data
    packed = _new()
    try:
        _copy(source, packed, limits.max_bytes)
        if packed.read(2) != _GZIP:
            packed.seek(0)
            return packed
        opened = _new()
        try:
            _gunzip(packed, opened, limits, notes=notes)
        except BaseException:
            opened.close()
            raise
    except BaseException:
        packed.close()
        raise
    packed.close()
    return opened


def _new() -> IO[bytes]:
    return tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)


def _copy(source: IO[bytes], target: IO[bytes], most: int) -> None:
    size = 0
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if size > most:
            raise refusal(LIMIT, f"the delivery is larger than {most} bytes", "raise `limits.max_bytes` if it is right")
        target.write(chunk)
    target.seek(0)


def _gunzip(packed: IO[bytes], target: IO[bytes], limits: Limits, *, notes: Notes) -> None:
    packed_size = packed.seek(0, io.SEEK_END)
    packed.seek(0)
    most = min(limits.max_bytes, max(_EXPANSION_FLOOR, packed_size * limits.max_expansion))
    size = 0
    try:
        with gzip.GzipFile(fileobj=packed, mode="rb") as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise refusal(LIMIT, f"the delivery grows beyond {most} bytes when decompressed", "is it a bomb?")
                target.write(chunk)
    except EOFError:
        notes.truncated = "the compressed stream ends early"
    except (gzip.BadGzipFile, zlib.error, OSError) as error:
        raise refusal(WRONG_FORMAT, "the compressed stream is damaged", "ask for it again") from error
    target.seek(0)


def refuse_page(file: IO[bytes]) -> None:
    """Refuses a page for people where data was due: maintenance and login pages come with status 200."""
    head = file.read(4096)
    file.seek(0)
    for mark in _BOMS:
        head = head.removeprefix(mark)
    start = head.replace(b"\x00", b"").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        raise refusal(
            HTML_PAGE, "the delivery is an HTML page, not data", "the publisher may be down for maintenance: ask later"
        )


def require_columns(delivery: OpenedDelivery, names: list[str]) -> None:
    """Refuses a table of another layout: a column stands twice, or one of the identity keys is not there."""
    delivery.notes.columns = names
    if len(set(names)) != len(names):
        raise refusal(LAYOUT, "two columns have one name", "is it this source's file?")
    missing = [name for name in delivery.key_names if name not in names]
    if missing:
        raise refusal(LAYOUT, f"there is no column `{missing[0]}`", "is it this source's file?")
