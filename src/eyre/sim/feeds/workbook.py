"""A workbook of one sheet, as small as an .xlsx file can be, and the same bytes for the same rows."""

import io
import zipfile
from collections.abc import Sequence
from html import escape

_WHEN = (2026, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEETS = "xl/worksheets/"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def cells(texts: Sequence[str]) -> bytes:
    """A row of text cells; an empty text is no cell's value."""
    told = "".join([f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' if text else "<c/>" for text in texts])
    return f"<row>{told}</row>".encode()


def workbook(sheet: str, rows: Sequence[bytes]) -> bytes:
    """The file with one sheet of these `rows`, each made by `cells`."""
    body = b'%b<worksheet xmlns="%b"><sheetData>%b</sheetData></worksheet>'
    parts = {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
        ).encode(),
        "_rels/.rels": _relation(f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": (
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            f'<sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": _relation(f"{_OFFICE}/worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": body % (_HEAD.encode(), _MAIN.encode(), b"".join(rows)),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, data in parts.items():
            file.writestr(zipfile.ZipInfo(name, _WHEN), data, zipfile.ZIP_DEFLATED, 1)
    return out.getvalue()


def renamed(book: bytes, before: bytes, after: bytes) -> bytes:
    """The same file with one text of its sheet changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part).replace(before, after) if part.filename.startswith(_SHEETS) else old.read(part)
            new.writestr(zipfile.ZipInfo(part.filename, _WHEN), data, zipfile.ZIP_DEFLATED, 1)
    return out.getvalue()


def _relation(kind: str, target: str) -> bytes:
    inner = f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/>'
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'.encode()
