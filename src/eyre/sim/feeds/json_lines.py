"""Open data: one JSON object a line, for stays and for terms of supervision."""

from collections.abc import Sequence
from typing import Any

import orjson

from eyre.model.record import RecordClass
from eyre.sim.feeds.feed import AgeShown, Feed
from eyre.sim.feeds.said import HomeSaid, StaySaid, TermSaid
from eyre.sim.feeds.shape import Declared, Sheet, keyed
from eyre.sim.feeds.show_birth import birth_field, birth_rule, birth_writer
from eyre.sim.feeds.write_dates import dollars, iso_time

_NAMES = {
    AgeShown.DOB: "birth_date",
    AgeShown.YOB: "birth_year",
    AgeShown.AGE_CURRENT: "age",
    AgeShown.AGE_AT_BOOKING: "age_at_booking",
}
_TIME = ["%Y-%m-%dT%H:%M:%S"]
_DAY = ["%Y-%m-%d"]


class JsonLines:
    """One agency's. What has ended stays listed for a while, with its end."""

    media = "application/x-ndjson"

    def __init__(self, feed: Feed) -> None:
        """`feed` says what is shown."""
        self._feed = feed
        self._label = birth_field(feed, _NAMES)
        self._born = birth_writer(feed, str)
        self._stays = feed.publisher.kind is not RecordClass.SUPERVISION
        self.drift = (b'"booked":', b'"booked_on":') if self._stays else (b'"began":', b'"started":')

    def declare(self) -> Declared:
        """Nested members are dotted fields."""
        feed = self._feed
        fields: Declared = {
            "name.first": {"to": "name.given"},
            "name.middle": {"to": "name.middle"},
            "name.last": {"to": "name.surname", "required": True},
            "name.suffix": {"to": "name.suffix"},
        }
        if self._label:
            fields[self._label] = birth_rule(feed, "%Y-%m-%d")
        if feed.has("sex"):
            fields["sex"] = {"to": "sex", "categories": {"M": "M", "F": "F"}}
        kind = self._stay_declared() if self._stays else self._term_declared()
        kind["fields"] = fields | kind["fields"]
        return {"format": {"type": "jsonl"}, **kind}

    def _stay_declared(self) -> Declared:
        fields: Declared = {
            "booking": {"to": "booking.booking_number"},
            "subject": {"to": "identifier.subject"},
            "booked": {"to": "booking.booked_at", "formats": _TIME},
            "released": {"to": "booking.released_at", "formats": _TIME},
            "reason": {"to": "booking.release_reason"},
            "projected": {"to": "booking.projected_release", "formats": _DAY},
        }
        charge: Declared = {
            "sequence": {"to": "charge.sequence"},
            "statute": {"to": "charge.statute"},
            "description": {"to": "charge.description"},
            "severity": {"to": "charge.severity"},
            "bond_type": {"to": "charge.bond_type"},
            "bond": {"to": "charge.bond_amount"},
        }
        alias: Declared = {"first": {"to": "alias.given"}, "last": {"to": "alias.surname"}}
        return {
            "fields": fields,
            "lists": {"charges": {"fields": charge}, "aliases": {"fields": alias}},
            "ignored": [],
            **keyed(self._feed, "booking", "subject"),
        }

    def _term_declared(self) -> Declared:
        fields: Declared = {
            "number": {"to": "supervision.supervision_number"},
            "kind": {"to": "supervision.kind"},
            "status": {"to": "supervision.status", "categories": {w: w.lower() for w in _STATUSES}},
            "began": {"to": "supervision.started_on", "formats": _DAY},
            "ended": {"to": "supervision.ends_on", "formats": _DAY},
            "residence.number": {"to": "address.house_number"},
            "residence.street": {"to": "address.street"},
            "residence.city": {"to": "address.city"},
            "residence.state": {"to": "address.state"},
            "residence.zip": {"to": "address.postal_code"},
        }
        return {"fields": fields, "identity_keys": ["number"], "booking_number_scope": "absent"}

    def row(self, said: StaySaid | TermSaid, *, thin: bool = False) -> bytes:
        """A line."""
        body: dict[str, Any] = self._term(said) if isinstance(said, TermSaid) else self._stay(said)
        body["name"] = {"first": said.given, "middle": said.middle, "last": said.surname, "suffix": said.suffix}
        if self._label:
            body[self._label] = self._born(said)
        if self._feed.has("sex"):
            body["sex"] = said.sex
        return orjson.dumps(body, option=orjson.OPT_APPEND_NEWLINE)

    def whole(self, rows: Sequence[bytes], sheet: Sheet) -> bytes:
        """Lines alone."""
        return b"".join(rows)

    def _stay(self, said: StaySaid) -> dict[str, Any]:
        body: dict[str, Any] = {
            "booking": said.number,
            "subject": said.subject or None,
            "booked": iso_time(said.booked),
        }
        if said.released:
            body |= {"released": iso_time(said.released), "reason": said.reason}
        if said.alias:
            body["aliases"] = [{"first": said.alias[0], "last": said.alias[1]}]
        if said.projected and self._feed.has("projected"):
            body["projected"] = str(said.projected)
        if self._feed.has("charges"):
            body["charges"] = [
                {
                    "sequence": each.sequence, "statute": each.statute, "description": each.description,
                    "severity": each.severity, "bond_type": each.bond_type,
                    "bond": dollars(each.bond, comma=False) if each.bond >= 0 else None,
                }
                for each in said.charges
            ]  # fmt: skip
        return body

    def _term(self, said: TermSaid) -> dict[str, Any]:
        return {
            "number": said.number, "kind": said.kind, "status": said.status, "began": str(said.began),
            "ended": str(said.ended) if said.ended else None, "residence": _residence(said.home),
        }  # fmt: skip


_STATUSES = ("Active", "Absconded", "Closed")


def _residence(home: HomeSaid) -> dict[str, str]:
    return {
        "number": home.house_number, "street": home.street, "city": home.city, "state": home.state, "zip": home.zip,
    }  # fmt: skip
