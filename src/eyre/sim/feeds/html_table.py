"""The TCSI kind: one HTML table, one charge a row; often the booking number counts a person's stays."""

from collections.abc import Callable, Sequence
from html import escape

from eyre.model.release_signal import ReleaseSignal
from eyre.sim.feeds.feed import AgeShown, Feed
from eyre.sim.feeds.said import NameSaid, StaySaid
from eyre.sim.feeds.shape import Declared, Sheet, keyed
from eyre.sim.feeds.show_birth import birth_field, birth_rule, birth_writer
from eyre.sim.feeds.write_dates import dollars, us_padded

_NAMES = {
    AgeShown.DOB: "DOB",
    AgeShown.YOB: "YOB",
    AgeShown.AGE_CURRENT: "Age",
    AgeShown.AGE_AT_BOOKING: "Age at Booking",
}
Cell = tuple[str, Callable[[StaySaid], str], Declared | None]
"""The head of a column, what writes its cells, and its rule (None: the column is ignored)."""


class HtmlTable:
    """One county's. A release shows as a day, as a day foreseen, or not at all."""

    media = "text/html; charset=utf-8"
    drift = (b"<th>Booked</th>", b"<th>Date In</th>")

    def __init__(self, feed: Feed) -> None:
        """`feed` says what is shown."""
        self._feed = feed
        self._cells = self._columns()
        self._writers = [write for _, write, _ in self._cells]
        self._thin = self._writers[:3]
        heads = "".join(f"<th>{name}</th>" for name, _, _ in self._cells)
        self._head = f'<table id="inmates"><tr>{heads}</tr>\n'

    def _columns(self) -> list[Cell]:
        feed = self._feed
        days = ["%m/%d/%Y"]
        born: Callable[[NameSaid], str] = birth_writer(feed, us_padded, unknown="00/00/0000")
        name: Declared = {"to": "name.full", "split": "last_comma_first", "required": True}
        subject: Cell = ("ID No", lambda said: said.subject, {"to": "identifier.subject"})
        cells: list[Cell] = [
            *([subject] if feed.has("subject") else []),
            ("Booking #", lambda said: said.number, {"to": "booking.booking_number"}),
            ("Name", lambda said: escape(said.last_first), name),
        ]
        if label := birth_field(feed, _NAMES):
            cells.append((label, born, birth_rule(feed, "%m/%d/%Y")))
        if feed.has("sex"):
            cells.append(("Sex", lambda said: said.sex, {"to": "sex", "categories": {"M": "M", "F": "F"}}))
        if feed.has("race"):
            cells.append(("Race", lambda _: "U", None))
        cells.append(("Booked", lambda said: us_padded(said.booked), {"to": "booking.booked_at", "formats": days}))
        if feed.release in (ReleaseSignal.EXPLICIT, ReleaseSignal.WINDOW):
            rule: Declared = {"to": "booking.released_at", "formats": days}
            cells.append(("Released", lambda said: us_padded(said.released) if said.released else "", rule))
        if feed.has("projected"):
            rule = {"to": "booking.projected_release", "formats": days, "none": ["00/00/0000"]}
            cells.append(("SDOR", lambda said: us_padded(said.projected) if said.projected else "00/00/0000", rule))
        if feed.has("charges"):
            cells.append(("Charge", _charge, {"to": "charge.description"}))
        if feed.has("charges") and feed.has("bond"):
            cells.append(("Bond", _bond, {"to": "charge.bond"}))
        return cells

    def declare(self) -> Declared:
        """Columns are named by the page's own heads."""
        return {
            "format": {"type": "html", "rows": "table#inmates tr"},
            "fields": {name: rule for name, _, rule in self._cells if rule},
            "ignored": [name for name, _, rule in self._cells if not rule],
            **keyed(self._feed, "Booking #", "ID No"),
        }

    def row(self, said: StaySaid, *, thin: bool = False) -> bytes:
        """A row of cells."""
        texts = [write(said) for write in (self._thin if thin else self._writers)]
        return f"<tr><td>{'</td><td>'.join(texts)}</td></tr>\n".encode()

    def whole(self, rows: Sequence[bytes], sheet: Sheet) -> bytes:
        """A page; a link leads to the next."""
        title = escape(self._feed.publisher.title)
        total = "" if sheet.total is None else f"<p>Inmates: {sheet.total}</p>"
        onward = f'<a rel="next" href="{escape(sheet.onward)}">Next</a>' if sheet.onward else ""
        head = f"<html><body>{sheet.stamp}<h1>{title}</h1>{total}{self._head}"
        return b"%b%b</table>%b</body></html>\n" % (head.encode(), b"".join(rows), onward.encode())


def _charge(said: StaySaid) -> str:
    return escape(f"{said.charges[0].statute} {said.charges[0].description}") if said.charges else ""


def _bond(said: StaySaid) -> str:
    if not said.charges or said.charges[0].bond < 0:
        return "NO BOND" if said.charges else ""
    return escape(f"{said.charges[0].bond_type} ${dollars(said.charges[0].bond)}")
