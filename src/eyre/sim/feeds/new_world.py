"""The New World kind: an HTML block of labels and values for each booking, with a table of its charges."""

from collections.abc import Callable, Sequence
from html import escape

from eyre.model.release_signal import ReleaseSignal
from eyre.sim.feeds.feed import AgeShown, Feed
from eyre.sim.feeds.said import ChargeSaid, NameSaid, StaySaid
from eyre.sim.feeds.shape import Declared, Sheet, keyed
from eyre.sim.feeds.show_birth import birth_field, birth_rule, birth_writer
from eyre.sim.feeds.write_dates import dollars, us_date, us_time

_LABELS = {
    AgeShown.DOB: "Date of Birth",
    AgeShown.YOB: "Birth Year",
    AgeShown.AGE_CURRENT: "Age",
    AgeShown.AGE_AT_BOOKING: "Age at Booking",
}
_SEXES = {"M": "Male", "F": "Female"}


class NewWorld:
    """One county's. A release is told, and the row stays for a while."""

    media = "text/html; charset=utf-8"
    drift = (b"<dt>Booking Date</dt>", b"<dt>Booked On</dt>")

    def __init__(self, feed: Feed) -> None:
        """`feed` says what is shown."""
        self._feed = feed
        self._label = birth_field(feed, _LABELS)
        self._born: Callable[[NameSaid], str] = birth_writer(feed, us_date)
        bond = "<th>Bond</th>" if feed.has("bond") else ""
        self._head = f"<tr><th>#</th><th>Statute</th><th>Description</th>{bond}</tr>"

    def declare(self) -> Declared:
        """Labels are read from the page."""
        feed = self._feed
        times = ["%m/%d/%Y %I:%M %p"]
        fields: Declared = {
            "Name": {"to": "name.full", "split": "last_comma_first", "required": True},
            "Booking Number": {"to": "booking.booking_number"},
            "Booking Date": {"to": "booking.booked_at", "formats": times},
            "In Custody": {"to": "booking.status", "categories": {"Yes": "in custody", "No": "released"}},
            "Housing": {"to": "booking.housing"},
        }
        if feed.has("subject"):
            fields["Subject Number"] = {"to": "identifier.subject"}
        if self._tells_release:
            fields["Release Date"] = {"to": "booking.released_at", "formats": times}
        if feed.has("sex"):
            fields["Gender"] = {"to": "sex", "categories": {"Male": "M", "Female": "F"}}
        if feed.has("projected"):
            fields["Scheduled Release Date"] = {"to": "booking.projected_release", "formats": ["%m/%d/%Y"]}
        if self._label:
            fields[self._label] = birth_rule(feed, "%m/%d/%Y")
        columns = ["number", "statute", "description", *(["bond"] if feed.has("bond") else [])]
        charge: Declared = {
            "number": {"to": "charge.sequence"},
            "statute": {"to": "charge.statute"},
            "description": {"to": "charge.description"},
        }
        if feed.has("bond"):
            charge["bond"] = {"to": "charge.bond"}
        lists = {"charges": {"rows": "table.Charges tr", "columns": columns}} if feed.has("charges") else {}
        return {
            "format": {"type": "html", "rows": "div.Booking", "label": "dt", "value": "dd", "lists": lists},
            "fields": fields,
            "lists": {"charges": {"fields": charge}} if feed.has("charges") else {},
            "ignored": ["Race"],
            "sensitive": {"Citizenship": "citizenship"} if feed.has("birthplace") else {},
            **keyed(feed, "Booking Number", "Subject Number"),
        }

    @property
    def _tells_release(self) -> bool:
        return self._feed.release in (ReleaseSignal.EXPLICIT, ReleaseSignal.WINDOW)

    def row(self, said: StaySaid, *, thin: bool = False) -> bytes:
        """A block."""
        feed = self._feed
        pairs = [("Subject Number", said.subject)] if feed.has("subject") else []
        pairs += [("Name", escape(said.last_first)), ("Booking Number", said.number)]
        pairs += [("Booking Date", us_time(said.booked)), ("In Custody", "No" if said.released else "Yes")]
        if self._tells_release:
            pairs.append(("Release Date", us_time(said.released) if said.released else ""))
        if thin:
            return _block(pairs, "").encode()
        if self._label:
            pairs.append((self._label, self._born(said)))
        if feed.has("sex"):
            pairs.append(("Gender", _SEXES.get(said.sex, "")))
        if feed.has("race"):
            pairs.append(("Race", "Unknown"))
        if feed.has("birthplace"):
            pairs.append(("Citizenship", "Declined" if said.seat % 4 else ""))
        if feed.has("projected"):
            pairs.append(("Scheduled Release Date", us_date(said.projected) if said.projected else ""))
        pairs.append(("Housing", "" if said.released else f"POD {'ABCD'[said.seat % 4]}"))
        table = ""
        if feed.has("charges"):
            rows = "".join([self._charge(each) for each in said.charges])
            table = f'<table class="Charges">{self._head}{rows}</table>'
        return _block(pairs, table).encode()

    def whole(self, rows: Sequence[bytes], sheet: Sheet) -> bytes:
        """A page; a link leads to the next."""
        head = f"<!DOCTYPE html>\n<html><head><title>Inmate Inquiry</title></head><body>{sheet.stamp}\n"
        total = "" if sheet.total is None else f'<p class="Total">{sheet.total} bookings</p>\n'
        onward = f'<a class="Next" href="{escape(sheet.onward)}">Next</a>\n' if sheet.onward else ""
        return b"%b%b%b</body></html>\n" % ((head + total).encode(), b"".join(rows), onward.encode())

    def _charge(self, said: ChargeSaid) -> str:
        bond = ""
        if self._feed.has("bond"):
            told = f"{said.bond_type} ${dollars(said.bond)}" if said.bond >= 0 else "NO BOND"
            bond = f"<td>{escape(told)}</td>"
        what = f"<td>{escape(said.statute)}</td><td>{escape(said.description)}</td>"
        return f"<tr><td>{said.sequence}</td>{what}{bond}</tr>"


def _block(pairs: list[tuple[str, str]], table: str) -> str:
    items = "".join([f"<dt>{label}</dt><dd>{text}</dd>\n" for label, text in pairs])
    return f'<div class="Booking"><dl>\n{items}</dl>\n{table}</div>\n'
