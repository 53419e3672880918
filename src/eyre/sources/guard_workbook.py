"""Refuses a workbook that would burst: by the sizes inside its zip, and by the extent of its sheets."""

import re
import zipfile
import zlib
from typing import IO

from eyre.sources.limits import Limits
from eyre.sources.refusal import LIMIT, WRONG_FORMAT, refusal

_MAX_PARTS = 2_000
_MAX_CELLS = 20_000_000  # a sheet is held as a dense rectangle of 24 to 32 bytes a cell
_CHUNK = 1 << 18
_OVERLAP = 64
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']\s*([A-Za-z]*)(\d*)\s*(?:[\"']|(&))")


def guard_workbook(file: IO[bytes], limits: Limits) -> None:
    """Reads every part once, in pieces, and raises `SourceError` for what is too much; leaves `file` at its start."""
    packed = file.seek(0, 2)
    file.seek(0)
    most = min(limits.max_bytes, max(1 << 20, packed * limits.max_expansion))
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > most:
                raise refusal(LIMIT, f"the workbook grows beyond {most} bytes or {_MAX_PARTS} parts", "is it a bomb?")
            for part in parts:
                _guard_part(archive, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise refusal(
            WRONG_FORMAT, "the delivery is not an .xlsx workbook, or is damaged", "ask for it again"
        ) from error
    file.seek(0)


def _guard_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    rows = columns = 1
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            if b"<!DOCTYPE" in rest + chunk:
                raise refusal(LIMIT, "a part of the workbook has a document type", "is it hostile?")
            for letters, digits, entity in _REFERENCE.findall(rest + chunk):
                if entity:
                    raise refusal(LIMIT, "a cell reference is written with entities", "is it hostile?")
                rows = max(rows, int(digits or b"1"))
                columns = max(columns, _column(letters))
            if rows * columns > _MAX_CELLS:
                raise refusal(
                    LIMIT, f"a sheet spans more than {_MAX_CELLS} cells", "delete the stray cells far outside"
                )
            rest = chunk[-_OVERLAP:]


def _column(letters: bytes) -> int:
    if len(letters) > 3:  # the last column of any workbook is XFD
        return _MAX_CELLS + 1
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return max(number, 1)
