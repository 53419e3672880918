"""Bytes to text, by one rule: as declared, else by byte order mark, else strict UTF-8, else Windows-1252.

Never by statistics: a guess that reads 99 of 100 rosters rightly corrupts names in the hundredth.
"""

import codecs
import io
from collections.abc import Iterator
from typing import IO

from eyre.sources.opened_delivery import OpenedDelivery
from eyre.sources.refusal import ENCODING, LIMIT, refusal

LAST_RESORT = "cp1252"
_CHUNK = 1 << 18
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(delivery: OpenedDelivery) -> str:
    """The name of the encoding by the rule above, noted where it is the last resort; the file is left at its start.
    Raises `SourceError` EYRE-304."""
    name = _chosen(delivery.file, delivery.encoding)
    delivery.notes.last_resort = delivery.encoding is None and name == LAST_RESORT
    return name


def _chosen(file: IO[bytes], declared: str | None) -> str:
    head = file.read(4)
    file.seek(0)
    if declared is not None:
        return _checked(file, _with_mark(declared, head), "the declared encoding")
    for mark, name in _MARKS:
        if head.startswith(mark):
            return _checked(file, name, "its byte order mark")
    if _decodes(file, "utf-8"):
        return "utf-8"
    return _checked(file, LAST_RESORT, "UTF-8 or Windows-1252")


def _with_mark(declared: str, head: bytes) -> str:
    try:
        name = codecs.lookup(declared).name
    except LookupError as error:
        raise refusal(ENCODING, f"`{declared}` is not an encoding", "correct `encoding` in the manifest") from error
    told = next((other for mark, other in _MARKS if head.startswith(mark)), None)
    if told is not None and not name.startswith("utf"):
        raise refusal(
            ENCODING,
            f"it has the byte order mark of `{told}` and is declared as `{name}`",
            "correct `encoding`",
        )
    return "utf-8-sig" if name == "utf-8" and head.startswith(codecs.BOM_UTF8) else name


def _checked(file: IO[bytes], name: str, why: str) -> str:
    if not _decodes(file, name):
        raise refusal(ENCODING, f"the delivery is not text in {why} (`{name}`)", "declare its `encoding`")
    return name


def _decodes(file: IO[bytes], name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    try:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except (UnicodeError, ValueError):
        return False
    finally:
        file.seek(0)
    return True


def open_text(delivery: OpenedDelivery) -> io.TextIOWrapper:
    """The delivery as text, with line ends as they are."""
    name = encoding_of(delivery)
    return io.TextIOWrapper(delivery.file, encoding=name, newline="")


def read_lines(delivery: OpenedDelivery) -> Iterator[str]:
    """Lines with their ends, none longer than the limit. Raises `SourceError` EYRE-302. A file that ends within the end
    of a line is noted as truncated."""
    most = delivery.limits.max_line
    text = open_text(delivery)
    first = last = ""
    try:
        while line := text.readline(most + 1):
            if len(line) > most:
                raise refusal(LIMIT, f"a line is longer than {most} characters", "is it the declared format?")
            first, last = first or line, line
            yield line
        if first.endswith("\r\n") and last.endswith("\r"):
            delivery.notes.truncated = "the file ends within the end of a line"
    finally:
        if not text.closed:
            text.detach()
