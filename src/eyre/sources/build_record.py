"""A row, read strictly: every field is taken, or declared as ignored, or dropped; what is left over is an issue."""

from datetime import date, datetime, timedelta

from eyre.clock import to_text
from eyre.model.issue import IssueCode
from eyre.model.record import Operation, Record
from eyre.sources.draft import Draft
from eyre.sources.findings import Findings
from eyre.sources.manifest import AgeBasis
from eyre.sources.plan import Plan
from eyre.sources.raw_row import RawRow, Values
from eyre.sources.read_birth import birth_from_age
from eyre.sources.read_fields import Fields
from eyre.sources.record_key import record_key
from eyre.sources.target import BOOKED_AT

AHEAD = timedelta(minutes=5)
"""So much ahead of ours the clock of a place may be; what is entered is rounded, too."""


class RecordBuilder:
    """Builds the records of one delivery; `as_of` (UTC) is the instant that it speaks for."""

    def __init__(self, plan: Plan, as_of: datetime) -> None:
        """Begins a delivery."""
        self._manifest = plan.manifest
        self._zone = plan.facts.zone
        self._as_of = as_of
        self._fields = Fields(plan.fields)
        self._booked = next((name for name, rule in self._manifest.fields.items() if rule.to == BOOKED_AT), "")
        self._lists = {name: Fields(readers) for name, readers in plan.lists.items()}

    def build(self, row: RawRow, findings: Findings) -> Record | None:
        """The record that `row` tells, or None when the findings forbid it. Sensitive fields must be gone already."""
        if row.fault:
            findings.fail(IssueCode.BAD_ROW, "", row.fault)
            return None
        draft = Draft()
        key = record_key(self._manifest, row.values, findings)
        self._fields.take(row.values, draft, findings)
        for name, items in row.lists.items():
            self._take_list(name, items, draft, findings)
        _close(draft, findings)
        moment = draft.as_of or self._as_of
        if draft.operation is Operation.DELETE:
            return None if findings.failed else self._shell(key, moment, row.place)
        booked = draft.parts.get("booking", {}).get("booked_at", "")
        if "T" in booked and booked > to_text(moment + AHEAD):
            findings.warn(IssueCode.CLOCK, self._booked, "the booking is told for an instant that had not come")
        self._settle_age(draft, moment, findings)
        person = draft.person()
        if not person.names and not person.identifiers:
            findings.fail(IssueCode.MISSING_FIELD, "", "the row names nobody: neither a name nor an identifier")
        if findings.failed:
            return None
        return Record(
            source=self._manifest.id,
            key=key,
            record_class=self._manifest.kind,
            as_of=moment,
            person=person,
            booking=draft.booking(),
            holds=tuple(draft.holds),
            charges=tuple(draft.charges),
            case=draft.case(),
            supervision=draft.supervision(),
            place=row.place,
        )

    def _shell(self, key: str, moment: datetime, place: str) -> Record:
        """A record that is no more."""
        manifest = self._manifest
        return Record(manifest.id, key, manifest.kind, moment, operation=Operation.DELETE, place=place)

    def _take_list(self, name: str, items: list[Values], draft: Draft, findings: Findings) -> None:
        fields = self._lists.get(name)
        if fields is None:
            if name not in self._manifest.ignored and any(text.strip() for item in items for text in item.values()):
                findings.fail(IssueCode.UNKNOWN_FIELD, name[:200], "the manifest does not declare this list")
            return
        for item in items:
            element = Draft()
            fields.take(item, element, findings)
            _close(element, findings)
            draft.add(element)

    def _settle_age(self, draft: Draft, as_of: datetime, findings: Findings) -> None:
        """An age says something only where no date or year of birth does."""
        if draft.age is None or draft.births:
            return
        day: date | None = as_of.astimezone(self._zone).date()
        if self._manifest.age_basis is AgeBasis.AGE_AT_BOOKING:
            day = draft.booked_on
        if day is None or day.year < 200:
            findings.warn(IssueCode.SUSPECT_VALUE, "", "an age without the day that it is told for: left out")
            return
        draft.births.append(birth_from_age(draft.age[0], day, draft.age[1]))


def _close(draft: Draft, findings: Findings) -> None:
    for kind in draft.close():
        findings.drop(kind)
