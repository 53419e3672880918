"""The Zuercher kind: JSON without booking numbers, charges as HTML in one text, dates in many formats."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import orjson

from eyre.model.release_signal import ReleaseSignal
from eyre.sim.feeds.feed import AgeShown, Feed
from eyre.sim.feeds.said import ChargeSaid, NameSaid, StaySaid
from eyre.sim.feeds.shape import Declared, Sheet
from eyre.sim.feeds.show_birth import birth_field, birth_rule, birth_writer
from eyre.sim.feeds.write_dates import ODD_DATES, ODD_TIMES, dollars, us_padded

_NAMES = {
    AgeShown.DOB: "dob",
    AgeShown.YOB: "birth_year",
    AgeShown.AGE_CURRENT: "age",
    AgeShown.AGE_AT_BOOKING: "age_at_booking",
}
_KINDS = ("Charge", "Charge", "Charge", "Warrant Charge")
_TELLS_RELEASE = (ReleaseSignal.EXPLICIT, ReleaseSignal.WINDOW)


class Zuercher:
    """One county's. Its key is the name with what else hardly changes."""

    media = "application/json"
    drift = (b'"arrest_date"', b'"booking_date"')

    def __init__(self, feed: Feed) -> None:
        """`feed` says what is shown."""
        self._feed = feed
        self._name = birth_field(feed, _NAMES)
        self._born: Callable[[NameSaid], str] = birth_writer(feed, us_padded)
        self._time = ODD_TIMES[feed.date_style % len(ODD_TIMES)]

    def declare(self) -> Declared:
        """Read with the hook of the kind."""
        feed = self._feed
        times = list(ODD_DATES)
        to = "booking.released_at" if feed.release in _TELLS_RELEASE else "booking.projected_release"
        fields: Declared = {
            "name": {"to": "name.full", "split": "last_comma_first", "required": True},
            "arrest_date": {"to": "booking.booked_at", "formats": times},
            "release_date": {"to": to, "formats": times, "none": ["TBD", "Unknown"]},
            "in_custody": {"to": "booking.status", "categories": {"true": "in custody", "false": "released"}},
        }
        keys = ["name", "arrest_date"]
        if feed.has("sex"):
            fields["sex"] = {"to": "sex", "categories": {"M": "M", "F": "F", "U": ""}}
            keys.insert(1, "sex")
        if self._name:
            fields[self._name] = birth_rule(feed, "%m/%d/%Y")
        if feed.age in (AgeShown.DOB, AgeShown.YOB):
            keys.insert(1, self._name)
        charge: Declared = {
            "description": {"to": "charge.description"},
            "statute": {"to": "charge.statute"},
            "bond": {"to": "charge.bond"},
        }
        hold = {"text": {"to": "hold.description"}, "agency": {"to": "hold.agency"}}
        return {
            "format": {
                "type": "json", "rows": "records", "total": "total_record_count" if feed.declares_total else "",
            },
            "hook": "cinder_holds",
            "fields": fields,
            "lists": {
                "holds": {"fields": hold},
                "charges": {"fields": charge, "ignored": ["kind", "set_by", "arrest_date"]},
            },
            "ignored": ["race", "is_juvenile", "mugshot"],
            "identity_keys": keys,
            "booking_number_scope": "absent",
        }  # fmt: skip

    def row(self, said: StaySaid, *, thin: bool = False) -> bytes:
        """A JSON object."""
        feed = self._feed
        body: dict[str, Any] = {"name": said.last_first}
        if self._name and not (thin and feed.age not in (AgeShown.DOB, AgeShown.YOB)):
            body[self._name] = self._born(said)
        if feed.has("sex"):
            body["sex"] = said.sex
        if feed.has("race"):
            body["race"] = "U"
        body["arrest_date"] = self._write(said.booked, said.seat)
        body["release_date"] = self._release(said)
        body["is_juvenile"] = False
        body["in_custody"] = said.released is None
        reasons = [] if thin else [self._reason(each, said) for each in said.charges]
        body["hold_reasons"] = "<br />".join(reasons)
        body["mugshot"] = ""
        return orjson.dumps(body)

    def whole(self, rows: Sequence[bytes], sheet: Sheet) -> bytes:
        """The total first, as the portal has it."""
        total = b"" if sheet.total is None else b'"total_record_count":%d,' % sheet.total
        return b'{%b"records":[%b]}' % (total, b",\n".join(rows))

    def _release(self, said: StaySaid) -> str:
        if self._feed.release in _TELLS_RELEASE:
            return self._write(said.released, said.seat) if said.released else ""
        if said.projected and self._feed.has("projected"):
            return us_padded(said.projected)
        return ("", "TBD", "Unknown")[said.seat % 3]

    def _write(self, at: datetime, seat: int) -> str:
        write = ODD_TIMES[seat % len(ODD_TIMES)] if self._feed.messy else self._time
        return write(at)

    def _reason(self, charge: ChargeSaid, said: StaySaid) -> str:
        what = f"{charge.statute} - {charge.description}".replace(";", ",").replace("<", "(")
        text = f"{_KINDS[said.seat % len(_KINDS)]}: {what}"
        if self._feed.has("bond"):
            bond = f"{charge.bond_type}, ${dollars(charge.bond)}" if charge.bond >= 0 else "NO BOND"
            text += f"; Bond - {bond}; Set By Judge Quill"
        return f"{text}; Arrest Date {us_padded(said.booked)}"
