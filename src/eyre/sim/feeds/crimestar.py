"""The Crimestar kind: quoted columns without a header, in Windows-1252, one charge a row."""

from collections.abc import Callable, Sequence

from eyre.model.release_signal import ReleaseSignal
from eyre.sim.feeds.feed import AgeShown, Feed
from eyre.sim.feeds.said import NameSaid, StaySaid
from eyre.sim.feeds.shape import Declared, Sheet, keyed
from eyre.sim.feeds.show_birth import birth_field, birth_rule, birth_writer
from eyre.sim.feeds.write_dates import dollars, packed, packed_time

_NAMES = dict.fromkeys(AgeShown, "DOB") | {AgeShown.NOTHING: ""}
Column = tuple[str, Callable[[StaySaid], str], Declared | None]


class Crimestar:
    """One county's extract: those in custody, or (delta file) what changed lately, with its release."""

    media = "text/csv; charset=windows-1252"
    drift = (b'"\r\n', b'","N"\r\n')

    def __init__(self, feed: Feed) -> None:
        """`feed` says what is shown."""
        self._feed = feed
        self._columns = self._declared()
        self._writers = [write for _, write, _ in self._columns]

    def _declared(self) -> list[Column]:
        feed = self._feed
        times = ["%Y%m%d %H%M"]
        born: Callable[[NameSaid], str] = birth_writer(feed, packed, unknown="00000000")
        columns: list[Column] = [
            ("BOOKING", lambda said: said.number, {"to": "booking.booking_number"}),
            ("LAST", lambda said: said.surname, {"to": "name.surname", "required": True}),
            ("FIRST", lambda said: said.given, {"to": "name.given"}),
            ("MIDDLE", lambda said: said.middle, {"to": "name.middle"}),
            ("SUFFIX", lambda said: said.suffix, {"to": "name.suffix"}),
        ]
        if label := birth_field(feed, _NAMES):
            columns.append((label, born, birth_rule(feed, "%Y%m%d")))
        if feed.has("sex"):
            columns.append(("SEX", lambda said: said.sex, {"to": "sex", "categories": {"M": "M", "F": "F"}}))
        if feed.has("subject"):
            columns.append(("JID", lambda said: said.subject, {"to": "identifier.subject"}))
        columns.append(("BOOKED", lambda said: packed_time(said.booked), {"to": "booking.booked_at", "formats": times}))
        if feed.release is ReleaseSignal.DELTA_FILE:
            out: Declared = {"to": "booking.released_at", "formats": times}
            columns.append(("RELEASED", lambda said: packed_time(said.released) if said.released else "", out))
            columns.append(("REASON", lambda said: said.reason, {"to": "booking.release_reason"}))
        if feed.has("charges"):
            columns.append(("CHARGE", _charge, {"to": "charge.description"}))
            if feed.has("bond"):
                columns.append(("BOND", _bond, {"to": "charge.bond"}))
        return columns

    def declare(self) -> Declared:
        """Columns by place."""
        return {
            "encoding": "cp1252",
            "format": {"type": "csv", "header": False, "columns": [name for name, _, _ in self._columns]},
            "fields": {name: rule for name, _, rule in self._columns if rule},
            **keyed(self._feed, "BOOKING", "JID"),
        }

    def row(self, said: StaySaid, *, thin: bool = False) -> bytes:
        """A line."""
        texts = [write(said) for write in self._writers]
        line = '","'.join(texts)
        if line.count('"') > 2 * len(texts) - 2:
            line = '","'.join(text.replace('"', '""') for text in texts)
        return f'"{line}"\r\n'.encode("cp1252", errors="replace")

    def whole(self, rows: Sequence[bytes], sheet: Sheet) -> bytes:
        """Lines alone."""
        return b"".join(rows)


def _charge(said: StaySaid) -> str:
    return f"{said.charges[0].statute} {said.charges[0].description}" if said.charges else ""


def _bond(said: StaySaid) -> str:
    if not said.charges:
        return ""
    charge = said.charges[0]
    return f"{charge.bond_type} ${dollars(charge.bond)}" if charge.bond >= 0 else "NO BOND"
