"""The JailTracker kind: JSON, label and value pairs, misspelt keys."""

from collections.abc import Callable, Sequence
from typing import Any

import orjson

from eyre.model.release_signal import ReleaseSignal
from eyre.sim.feeds.feed import AgeShown, Feed
from eyre.sim.feeds.said import ChargeSaid, NameSaid, StaySaid
from eyre.sim.feeds.shape import Declared, Sheet, keyed
from eyre.sim.feeds.show_birth import birth_field, birth_rule, birth_writer
from eyre.sim.feeds.write_dates import dollars, us_date, us_padded, us_t_time

_LABELS = {
    AgeShown.DOB: "Date of Birth:",
    AgeShown.YOB: "Year of Birth:",
    AgeShown.AGE_CURRENT: "Current Age:",
    AgeShown.AGE_AT_BOOKING: "Age at Booking:",
}
_SEXES = {"M": "Male", "F": "Female"}
_HEIGHTS = ("5'04\"", "5'07\"", "5'09\"", "5'10\"", "5'11\"", "6'01\"")


class JailTracker:
    """One county's. A release shows as a time in a row that stays a while, or not at all."""

    media = "application/json; charset=utf-8"
    drift = (b'"OriginalBookDateTime"', b'"BookingDateTime"')

    def __init__(self, feed: Feed) -> None:
        """`feed` says what is shown."""
        self._feed = feed
        self._label = birth_field(feed, _LABELS)
        self._born: Callable[[NameSaid], str] = birth_writer(feed, us_padded)

    def declare(self) -> Declared:
        """Charges are a list; what the county labels stands in `Details`."""
        feed = self._feed
        times = ["%m/%d/%YT%H:%M:%S"]
        fields: Declared = {
            "ArrestNo": {"to": "booking.booking_number"},
            "FirstName": {"to": "name.given"},
            "MiddleName": {"to": "name.middle"},
            "LastName": {"to": "name.surname", "required": True},
            "Suffix": {"to": "name.suffix"},
            "OriginalBookDateTime": {"to": "booking.booked_at", "formats": times},
            "FinalReleaseDateTime": {"to": "booking.released_at", "formats": times},
        }
        if feed.has("subject"):
            fields["Jacket"] = {"to": "identifier.subject"}
        if feed.has("projected"):
            fields["ScheduledReleaseDate"] = {"to": "booking.projected_release", "formats": ["%m/%d/%Y"]}
        if self._label:
            fields[f"Details.{self._label}"] = birth_rule(feed, "%m/%d/%Y")
        if feed.has("sex"):
            fields["Details.Gender:"] = {"to": "sex", "categories": {"Male": "M", "Female": "F"}}
        charge: Declared = {"ChargeDescription": {"to": "charge.description"}, "Statute": {"to": "charge.statute"}}
        if feed.has("bond"):
            charge |= {"BondType": {"to": "charge.bond_type"}, "BondAmount": {"to": "charge.bond_amount"}}
        return {
            "format": {
                "type": "json",
                "rows": "data",
                "total": "totalCount" if feed.declares_total else "",
                "envelope": ["captchaRequred", "succes", "error"],
                "pairs": {"Details": ["Field", "Value"]},
            },
            "fields": fields,
            "lists": {"Charges": {"fields": charge}} if feed.has("charges") else {},
            "ignored": ["Details.Race:", "Details.Height:", "HasPhoto"],
            "sensitive": {"Details.Place of Birth:": "birth-place"} if feed.has("birthplace") else {},
            **keyed(feed, "ArrestNo", "Jacket"),
        }

    def row(self, said: StaySaid, *, thin: bool = False) -> bytes:
        """A JSON object."""
        feed = self._feed
        body: dict[str, Any] = {"ArrestNo": said.number}
        if feed.has("subject"):
            body["Jacket"] = said.subject
        body["FirstName"] = said.given
        body["MiddleName"] = said.middle or None
        body["LastName"] = said.surname
        body["Suffix"] = said.suffix or None
        body["OriginalBookDateTime"] = us_t_time(said.booked)
        out = said.released if feed.release is not ReleaseSignal.DROP_OFF else None
        body["FinalReleaseDateTime"] = us_t_time(out) if out else None
        if thin:
            return orjson.dumps(body)
        if feed.has("projected"):
            body["ScheduledReleaseDate"] = us_date(said.projected) if said.projected else None
        body["Details"] = self._details(said)
        if feed.has("charges"):
            body["Charges"] = [self._charge(each) for each in said.charges]
        body["HasPhoto"] = True
        return orjson.dumps(body)

    def whole(self, rows: Sequence[bytes], sheet: Sheet) -> bytes:
        """The envelope keeps the misspellings."""
        total = b"" if sheet.total is None else b'"totalCount":%d,' % sheet.total
        return b'{"captchaRequred":false,"succes":true,"error":null,%b"data":[%b]}' % (total, b",\n".join(rows))

    def _details(self, said: StaySaid) -> list[dict[str, str]]:
        feed = self._feed
        pairs = []
        if self._label:
            pairs.append({"Field": self._label, "Value": self._born(said)})
        if feed.has("sex"):
            pairs.append({"Field": "Gender:", "Value": _SEXES.get(said.sex, "")})
        if feed.has("race"):
            pairs.append({"Field": "Race:", "Value": "U"})
        pairs.append({"Field": "Height:", "Value": _HEIGHTS[said.seat % len(_HEIGHTS)]})
        if feed.has("birthplace"):
            pairs.append({"Field": "Place of Birth:", "Value": "Somewhere"})
        return pairs

    def _charge(self, said: ChargeSaid) -> dict[str, str]:
        body = {"ChargeDescription": said.description, "Statute": said.statute}
        if self._feed.has("bond"):
            body["BondType"] = said.bond_type
            body["BondAmount"] = "" if said.bond < 0 else dollars(said.bond, comma=False)
        return body
