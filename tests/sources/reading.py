"""A manifest in few words, for tests of reading."""

import json
from datetime import UTC, datetime
from typing import Any

from eyre.sources.manifest import Manifest
from eyre.sources.outcome import Accepted, DeliverySummary, Ignored, Quarantined
from eyre.sources.parse_delivery import parse_delivery

AS_OF = datetime(2026, 3, 16, 12, tzinfo=UTC)
BASE: dict[str, Any] = {
    "id": "a_jail",
    "title": "A jail",
    "publisher": "A sheriff",
    "jurisdiction": "ocd-division/country:us/state:oz/county:a",
    "kind": "custody",
    "terms": "public",
    "time_zone": "America/Chicago",
    "format": {"type": "csv"},
    "fields": {"NO": {"to": "booking.booking_number"}, "NAME": {"to": "name.full", "split": "last_comma_first"}},
    "identity_keys": ["NO"],
    "booking_number_scope": "global",
    "age_basis": "dob",
    "release_signal": "drop_off",
}


def manifest(*, fields: dict[str, Any] | None = None, **changes: Any) -> Manifest:
    """The base with `fields` added to its own and `changes` in place of it."""
    said = {**BASE, **changes, "fields": {**BASE["fields"], **(fields or {})}}
    return Manifest.model_validate_json(json.dumps(said))


class Reading:
    """The outcomes of a delivery, sorted by kind."""

    def __init__(self, source: Manifest, data: bytes | str) -> None:
        raw = data.encode() if isinstance(data, str) else data
        outcomes = list(parse_delivery(source, raw, as_of=AS_OF))
        last = outcomes.pop()
        assert isinstance(last, DeliverySummary)
        self.summary = last
        self.accepted = [each for each in outcomes if isinstance(each, Accepted)]
        self.quarantined = [each for each in outcomes if isinstance(each, Quarantined)]
        self.ignored = [each for each in outcomes if isinstance(each, Ignored)]
        assert last.rows_in == last.accepted + last.quarantined + last.ignored
        assert last.rows_in == sum(each.rows for each in outcomes if not isinstance(each, DeliverySummary))

    @property
    def record(self) -> Any:
        """The only record."""
        (one,) = self.accepted
        return one.record

    @property
    def codes(self) -> list[str]:
        """Codes of the issues that quarantined rows."""
        return [issue.code.value for each in self.quarantined for issue in each.issues if issue.severity == "error"]

    @property
    def warnings(self) -> list[str]:
        """Reasons of the warnings on accepted rows."""
        return [issue.reason for each in self.accepted for issue in each.warnings]
