"""The manifest of a feed: what Eyre is told about it before it reads a word."""

import json
from typing import Any

import yaml

from eyre.model.record import RecordClass
from eyre.model.release_signal import ReleaseSignal
from eyre.sim.feeds.feed import AgeShown, Door, Feed, Posting, Wire
from eyre.sim.feeds.shape_of import shape_of
from eyre.sources.manifest import Manifest

_TERMS = {
    RecordClass.CUSTODY: "oz-public-roster",
    RecordClass.CORRECTIONS: "oz-corrections-records",
    RecordClass.COURT: "oz-court-records",
    RecordClass.SUPERVISION: "oz-supervision-records",
}
_AT_TIMES = frozenset(("released", "reason", "projected", "aliases", "charges"))
"""Members of JSON lines that a row may do without."""
_POLLS = {
    Posting.LIVE: (300, 3600),
    Posting.QUARTER: (600, 3600),
    Posting.HOURLY: (1800, 7200),
    Posting.NIGHTLY: (3600, 86_400),
}


def declared(feed: Feed) -> dict[str, Any]:
    """The manifest as plain values, in the order in which people write them."""
    who = feed.publisher
    least, most = _POLLS[feed.posting]
    body = {
        "id": who.slug,
        "title": who.title,
        "publisher": who.title,
        "jurisdiction": who.jurisdiction,
        "kind": who.kind.value,
        "terms": _terms(feed),
        "time_zone": who.zone,
        **shape_of(feed).declare(),
        "age_basis": (AgeShown.AGE_CURRENT if feed.age is AgeShown.NOTHING else feed.age).value,
        "release_signal": feed.release.value,
    }
    if (present := _present(feed, body)) and not feed.detail:
        body["assertions"] = {"present": present}
    return body if feed.door is Door.PUSH else body | {"poll": {"min_seconds": least, "max_seconds": most}}


def manifest_of(feed: Feed) -> Manifest:
    """The manifest, validated."""
    return Manifest.model_validate_json(json.dumps(declared(feed)))


def manifest_text(feed: Feed) -> str:
    """The manifest as a `manifest.yaml`."""
    return yaml.safe_dump(json.loads(json.dumps(declared(feed))), sort_keys=False, allow_unicode=True)


def _present(feed: Feed, body: dict[str, Any]) -> list[str]:
    """The fields that every list has: nothing else tells that one is gone where a format has no heads for columns."""
    if feed.wire in (Wire.NEW_WORLD, Wire.HTML_TABLE):
        return [*body["fields"]]
    if feed.wire is Wire.ZUERCHER:
        return [*body["fields"], "hold_reasons"]
    if feed.wire in (Wire.JAILTRACKER, Wire.JSON_LINES):
        return [name for name in (*body["fields"], *body.get("lists", {})) if name not in _AT_TIMES]
    return []


def _terms(feed: Feed) -> str:
    exchanged = feed.publisher.kind is RecordClass.CUSTODY and (
        feed.door is not Door.HTTP or feed.release is ReleaseSignal.PUSH_DELETE
    )
    return "oz-agency-exchange" if exchanged else _TERMS[feed.publisher.kind]
