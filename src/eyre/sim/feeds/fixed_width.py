"""A state's master file: fixed width, with a header and a trailer that tells the number of lines."""

from collections.abc import Callable, Sequence
from datetime import date

from anyascii import anyascii

from eyre.sim.feeds.feed import Feed
from eyre.sim.feeds.read_columns import local
from eyre.sim.feeds.said import StaySaid
from eyre.sim.feeds.shape import Declared, Sheet, keyed
from eyre.sim.feeds.write_dates import packed

_NO_DAY = "00000000"
Column = tuple[str, int, Callable[[StaySaid], str], Declared]


class FixedWidth:
    """One prison's. Lines stay a while after a release; a delta file has only those that changed lately."""

    media = "text/plain; charset=us-ascii"
    drift = (b"\n0", b"\n 0")

    def __init__(self, feed: Feed) -> None:
        """`feed` says what is shown."""
        self._feed = feed
        self._columns = self._declared()
        self._cuts = [(write, width) for _, width, write, _ in self._columns]

    def _declared(self) -> list[Column]:
        days: Declared = {"formats": ["%Y%m%d"], "none": [_NO_DAY]}
        columns: list[Column] = [
            ("DOCNUM", 12, lambda said: said.subject, {"to": "identifier.doc"}),
            ("COMMIT", 14, lambda said: said.number, {"to": "booking.booking_number"}),
            ("LASTNM", 24, lambda said: said.surname, {"to": "name.surname", "required": True}),
            ("FIRSTNM", 18, lambda said: said.given, {"to": "name.given"}),
            ("MIDDLENM", 16, lambda said: said.middle, {"to": "name.middle"}),
            ("SUFX", 4, lambda said: said.suffix, {"to": "name.suffix"}),
            ("BRTHDT", 8, lambda said: _day(said.born), {"to": "birth.date", **days}),
            ("SEX", 1, lambda said: said.sex, {"to": "sex", "categories": {"M": "M", "F": "F"}}),
            ("ADMITDT", 8, lambda said: _day(said.booked), {"to": "booking.booked_at", **days}),
            ("RELDT", 8, lambda said: _day(said.released), {"to": "booking.released_at", **days}),
            ("RELRSN", 16, lambda said: said.reason, {"to": "booking.release_reason"}),
            ("PROJREL", 8, lambda said: _day(said.projected), {"to": "booking.projected_release", **days}),
            ("OFFENSE", 40, _offense, {"to": "charge.description"}),
        ]
        return columns

    def declare(self) -> Declared:
        """Columns by place, the total in the trailer."""
        columns: list[Declared] = [{"name": "RECTYPE", "start": 1, "width": 2}]
        start = 3
        for name, width, _, _ in self._columns:
            columns.append({"name": name, "start": start, "width": width})
            start += width
        total = {"trailer": "TRL", "total": {"name": "total", "start": 4, "width": 8}}
        return {
            "encoding": "ascii",
            "format": {"type": "fixed", "skip": ["HDR", "TRL"], "columns": columns}
            | (total if self._feed.declares_total else {}),
            "fields": {name: rule for name, _, _, rule in self._columns},
            "ignored": ["RECTYPE"],
            **keyed(self._feed, "COMMIT", "DOCNUM"),
        }

    def row(self, said: StaySaid, *, thin: bool = False) -> bytes:
        """A line; it begins with the record type `0`."""
        line = "".join([f"{write(said):<{width}.{width}}" for write, width in self._cuts])
        return f"0 {line if line.isascii() else _plain(said, self._cuts)}\n".encode("ascii")

    def whole(self, rows: Sequence[bytes], sheet: Sheet) -> bytes:
        """Header, lines, trailer."""
        day = packed(local(sheet.posted, self._feed.publisher.clock))
        head = f"HDR {anyascii(self._feed.publisher.title).upper():<46.46}{day}\n".encode("ascii")
        total = len(rows) if sheet.total is None else sheet.total
        return b"%b%bTRL%08d\n" % (head, b"".join(rows), total)


def _plain(said: StaySaid, cuts: list[tuple[Callable[[StaySaid], str], int]]) -> str:
    return "".join([f"{anyascii(write(said)):<{width}.{width}}" for write, width in cuts])


def _day(day: date | None) -> str:
    return packed(day) if day else _NO_DAY


def _offense(said: StaySaid) -> str:
    return said.charges[0].description if said.charges else ""
