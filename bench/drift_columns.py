"""What publishers do to the columns of what they publish, format by format: rename one, drop one, add one, change two
heads, write its values otherwise. Each gives the changed body and the names that an issue should tell."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from eyre.sim.feeds.feed import Wire
from eyre.sim.feeds.workbook import renamed
from eyre.sources.formats import CsvFormat, FixedFormat
from eyre.sources.manifest import Manifest

NEW = "Renamed Field"


@dataclass(frozen=True)
class Drifted:
    """The changed body, what was done, and the names of which an issue should tell one; none where only places can be
    told, as in a file without heads."""

    body: bytes
    what: str
    names: tuple[str, ...] = ()


Change = Callable[[random.Random, Manifest, bytes], Drifted | None]


def drift(chance: random.Random, wire: Wire, manifest: Manifest, body: bytes) -> Drifted | None:
    """The body after a change of its layout, or nothing where the change that was drawn leaves it as it was."""
    for _ in range(6):
        told = _CHANGES[wire](chance, manifest, body)
        if told is not None and told.body != body:
            return told
    return None


def _json(rows: str, pairs: str = "") -> Change:
    """Of documents whose rows are the list `rows` (lines, where it is empty), with labels in `pairs`."""

    def change(chance: random.Random, manifest: Manifest, body: bytes) -> Drifted | None:
        whole: dict[str, Any] = orjson.loads(body) if rows else {}
        told = whole[rows] if rows else [orjson.loads(line) for line in body.splitlines() if line.strip()]
        if not told:
            return None
        fields = [name for name in told[0] if name in manifest.fields or name in manifest.lists]
        labels = [pair["Field"] for pair in told[0].get(pairs, ())] if pairs else []
        labels = [label for label in labels if f"{pairs}.{label}" in manifest.fields]
        name = chance.choice(fields + labels)
        new = f"new_{name}" if name in fields else f"New {name}"
        act = chance.choice(("rename", "drop", "add", "nest", "retype"))
        if name in labels:
            act = chance.choice(("rename", "drop"))
            new, prefix = f"New {name}", f"{pairs}."
            for row in told:
                row[pairs] = [
                    {**pair, "Field": new} if pair["Field"] == name else pair
                    for pair in row[pairs]
                    if act == "rename" or pair["Field"] != name
                ]
            names: tuple[str, ...] = (f"{prefix}{name}", f"{prefix}{new}")
        else:
            for number, row in enumerate(told):
                told[number] = _row_changed(row, name, new, act)
            names = (name, new, f"{name}.value")
        if act in ("drop", "retype") and not any(_filled(row, name, pairs) for row in _rows_of(body, rows)):
            return None
        done = orjson.dumps(whole) if rows else b"".join(orjson.dumps(row) + b"\n" for row in told)
        return Drifted(done, f"{act} {name}", names)

    return change


def _rows_of(body: bytes, rows: str) -> list[dict[str, Any]]:
    if rows:
        found: list[dict[str, Any]] = orjson.loads(body)[rows]
        return found
    return [orjson.loads(line) for line in body.splitlines() if line.strip()]


def _filled(row: dict[str, Any], name: str, pairs: str) -> bool:
    if name in row:
        return bool(row[name])
    return any(pair["Field"] == name and pair["Value"] for pair in row.get(pairs, ()))


def _row_changed(row: dict[str, Any], name: str, new: str, act: str) -> dict[str, Any]:
    if act == "rename":
        return {new if key == name else key: value for key, value in row.items()}
    if act == "drop":
        return {key: value for key, value in row.items() if key != name}
    if act == "add":
        return row | {new: "x"}
    if act == "nest":
        return row | {name: {"value": row.get(name)}}
    return row | {name: ["?"] if isinstance(row.get(name), str) else "?"}


def _heads(find: re.Pattern[bytes], wrap: Callable[[bytes], bytes]) -> Change:
    """Of pages whose heads or labels stand between marks: `find` has the name in its first group."""

    def change(chance: random.Random, manifest: Manifest, body: bytes) -> Drifted | None:
        names = sorted({name for name in find.findall(body) if name.decode() in manifest.fields})
        if len(names) < 2:
            return None
        one, other = chance.sample(names, 2)
        if chance.random() < 0.75:
            new = one + b" " + chance.choice((b"(new)", b"No", b"Text"))
            return Drifted(body.replace(wrap(one), wrap(new)), f"rename {one.decode()}", (one.decode(), new.decode()))
        mark = b"\x01"
        swapped = body.replace(wrap(one), mark).replace(wrap(other), wrap(one)).replace(mark, wrap(other))
        return Drifted(swapped, f"swap {one.decode()}, {other.decode()}", (one.decode(), other.decode()))

    return change


def _html_table(chance: random.Random, manifest: Manifest, body: bytes) -> Drifted | None:
    if chance.random() < 0.6:
        return _heads(re.compile(rb"<th>([^<]+)</th>"), lambda name: b"<th>%b</th>" % name)(chance, manifest, body)
    heads = re.findall(rb"<th>([^<]+)</th>", body)
    known = [at for at, head in enumerate(heads) if head.decode() in manifest.fields]
    at = chance.choice(known)
    name = heads[at].decode()
    if chance.random() < 0.5:
        cells = re.compile(rb"<(th|td)>.*?</\1>", re.DOTALL)
        rows = body.split(b"<tr>")
        gone = [rows[0], *(_without(row, cells, at) for row in rows[1:])]
        return Drifted(b"<tr>".join(gone), f"drop {name}", (name,))
    added = body.replace(b"<th>%b</th>" % heads[at], b"<th>%b</th><th>Extra</th>" % heads[at])
    return Drifted(added, f"head without cells at {name}")


def _without(row: bytes, cells: re.Pattern[bytes], at: int) -> bytes:
    found = list(cells.finditer(row))
    return row[: found[at].start()] + row[found[at].end() :] if at < len(found) else row


def _new_world(chance: random.Random, manifest: Manifest, body: bytes) -> Drifted | None:
    if chance.random() < 0.7:
        return _heads(re.compile(rb"<dt>([^<]+)</dt>"), lambda name: b"<dt>%b</dt>" % name)(chance, manifest, body)
    names = [name for name in set(re.findall(rb"<dt>([^<]+)</dt>", body)) if name.decode() in manifest.fields]
    name = chance.choice(sorted(names))
    pair = re.compile(rb"<dt>%b</dt><dd>[^<]*</dd>\n" % re.escape(name))
    if not re.search(rb"<dt>%b</dt><dd>[^<]+</dd>" % re.escape(name), body):
        return None
    return Drifted(pair.sub(b"", body), f"drop {name.decode()}", (name.decode(),))


def _csv(chance: random.Random, manifest: Manifest, body: bytes) -> Drifted | None:
    """Of delimited text, with heads or without."""
    form = manifest.format
    assert isinstance(form, CsvFormat)  # noqa: S101 # the caller's case
    mark = b"\xef\xbb\xbf" if body.startswith(b"\xef\xbb\xbf") else b""
    lines = body.removeprefix(mark).splitlines(keepends=True)
    parted = [_cells(line) for line in lines]
    names = [cell.decode("latin-1").strip('"') for cell in parted[0]] if form.header else list(form.columns)
    known = [at for at, name in enumerate(names) if name in manifest.fields]
    one, other = chance.sample(known, 2)
    act = chance.choice(("rename", "drop", "add", "swap") if form.header else ("drop", "add", "swap"))
    told = (names[one], f"{names[one]}_2") if form.header else ()
    if act == "rename":
        parted[0][one] = f"{names[one]}_2".encode()
    for cells in parted if act != "rename" else ():
        if len(cells) != len(names):
            continue
        if act == "drop":
            del cells[one]
        elif act == "add":
            cells.append(b'"N"' if not form.header else b"N" if cells is not parted[0] else f"{names[one]}_2".encode())
        elif not form.header or cells is parted[0]:
            cells[one], cells[other] = cells[other], cells[one]
    ends = [line[len(line.rstrip(b"\r\n")) :] for line in lines]
    done = mark + b"".join(b",".join(cells) + end for cells, end in zip(parted, ends, strict=True))
    return Drifted(done, f"{act} {names[one]}", (*told, names[other]) if act == "swap" and form.header else told)


def _cells(line: bytes) -> list[bytes]:
    return re.findall(rb'"(?:[^"]|"")*"|[^,\r\n]+|(?<=,)(?=[,\r\n]|$)', line.rstrip(b"\r\n"))


def _fixed(chance: random.Random, manifest: Manifest, body: bytes) -> Drifted | None:
    form = manifest.format
    assert isinstance(form, FixedFormat)  # noqa: S101 # the caller's case
    columns = sorted(form.columns, key=lambda column: column.start)
    column = chance.choice(columns[1:-2])
    at, by = column.start - 1, chance.choice((1, 1, 2, 5))
    lines = body.splitlines(keepends=True)
    wider = chance.random() < 0.6

    def moved(line: bytes) -> bytes:
        if line.startswith((b"HDR", b"TRL")):
            return line
        return line[:at] + b" " * by + line[at:] if wider else line[:at] + line[at + column.width :]

    what = f"{'widen' if wider else 'drop'} {column.name}"
    return Drifted(b"".join(moved(line) for line in lines), what)


def _excel(chance: random.Random, manifest: Manifest, body: bytes) -> Drifted | None:
    name = chance.choice([*manifest.fields])
    new = f"{name} {chance.choice(('(new)', 'No', 'Text'))}"
    cell = "<t>{}</t>".format
    return Drifted(renamed(body, cell(name).encode(), cell(new).encode()), f"rename {name}", (name, new))


def _niem(chance: random.Random, manifest: Manifest, body: bytes) -> Drifted | None:
    paths: Sequence[str] = [*manifest.fields]
    path = chance.choice(paths)
    element = path.rsplit("/", 1)[-1]
    new = f"{element}New"
    done = body.replace(f"{element}>".encode(), f"{new}>".encode())
    return Drifted(done, f"rename {element}", tuple(p for p in (path, path[: -len(element)] + new, new, element)))


_CHANGES: dict[Wire, Change] = {
    Wire.JAILTRACKER: _json("data", "Details"),
    Wire.ZUERCHER: _json("records"),
    Wire.JSON_LINES: _json(""),
    Wire.HTML_TABLE: _html_table,
    Wire.NEW_WORLD: _new_world,
    Wire.CRIMESTAR: _csv,
    Wire.COURT_CSV: _csv,
    Wire.FIXED_WIDTH: _fixed,
    Wire.EXCEL: _excel,
    Wire.NIEM: _niem,
}
