"""A small jail that publishes snapshots as CSV, and what a store makes of them."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from eyre.custody.judge_looks import judge_looks
from eyre.custody.look import LookFacts
from eyre.custody.seen_of import seen_of
from eyre.model.custody_event import CustodyEvent
from eyre.resolve.model import default_model
from eyre.service.commit_look import Taken
from eyre.service.custody_rule import custody_rule
from eyre.service.take_snapshot import Snapshot, take_snapshot
from eyre.sources.manifest import Manifest
from eyre.store.events import events_of_source
from eyre.store.open_store import Store

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
MODEL = default_model()
HEAD = "BOOKING,LAST,FIRST,DOB,BOOKED,CHARGE,BOND"

_ = (Iterable, Mapping, Any, judge_looks, LookFacts, seen_of, custody_rule)


def jail(name: str = "inv_test_jail", **told: Any) -> Manifest:
    """Its manifest; `told` goes over what is usual."""
    body: dict[str, Any] = {
        "id": name,
        "title": "A jail",
        "publisher": "A sheriff",
        "jurisdiction": "ocd-division/country:us/state:oz/county:test",
        "kind": "custody",
        "terms": "oz-public-roster",
        "time_zone": "America/Chicago",
        "format": {"type": "csv"},
        "fields": {
            "BOOKING": {"to": "booking.booking_number"},
            "LAST": {"to": "name.surname"},
            "FIRST": {"to": "name.given"},
            "DOB": {"to": "birth.date", "formats": ["%Y-%m-%d"]},
            "BOOKED": {"to": "booking.booked_at", "formats": ["%Y-%m-%dT%H:%M"]},
            "CHARGE": {"to": "charge.description"},
            "BOND": {"to": "charge.bond_amount"},
        },
        "identity_keys": ["BOOKING"],
        "booking_number_scope": "global",
        "age_basis": "dob",
        "release_signal": "drop_off",
    }
    import json

    return Manifest.model_validate_json(json.dumps(body | told))


def row(number: int, **told: str) -> str:
    """Somebody's row."""
    said = {
        "BOOKING": f"B{number:05}",
        "LAST": f"SURNAME{number}",
        "FIRST": "ALEX",
        "DOB": "1980-01-02",
        "BOOKED": "2026-05-01T10:00",
        "CHARGE": "THEFT",
        "BOND": "500.00",
    } | told
    return ",".join(said[name] for name in HEAD.split(","))


def page(*rows: str) -> bytes:
    """What the jail publishes."""
    return "\n".join((HEAD, *rows, "")).encode()


def look(store: Store, manifest: Manifest, step: float, body: bytes) -> Taken:
    """The store takes a snapshot in, `step` quarters of an hour after noon."""
    at = NOON + QUARTER * step
    return take_snapshot(store, manifest, Snapshot((body,), at, at + timedelta(seconds=1)), MODEL)


def believed(store: Store, manifest: Manifest) -> list[CustodyEvent]:
    """What the store holds to have happened."""
    with store.writer.connection() as writer:
        return events_of_source(writer, manifest.id)
