"""Dates of a row."""

import re
from datetime import datetime

from eyre.model.issue import IssueCode
from eyre.sources.date_format import ReadDate, read_date
from eyre.sources.draft import Draft
from eyre.sources.field_rule import FieldRule
from eyre.sources.findings import Findings, unreadable
from eyre.sources.read_birth import birth_from_date
from eyre.sources.read_moment import Moment, read_moment
from eyre.sources.source_facts import SourceFacts
from eyre.sources.target import AS_OF

_NO_DATE = frozenset({"UNKNOWN", "UNK", "TBD", "N/A", "NA", "NONE", "NULL", "PENDING", "-", "--"})
_ZERO_DATE = re.compile(r"[0/. -]+(?:[T ]?00:00(?::00)?)?")
_PROJECTED = re.compile(r"\s*\(?\b(?:EST(?:IMATED)?|PROJ(?:ECTED)?|SCHED(?:ULED)?)\b\.?\)?\s*", re.IGNORECASE)


def take_date(name: str, value: str, rule: FieldRule, *, draft: Draft, context: tuple[SourceFacts, Findings]) -> None:
    """A birth date becomes an interval, another date a day or an instant; an estimated release is only projected."""
    facts, findings = context
    target = rule.to
    if target == "booking.released_at" and _PROJECTED.search(value):
        value = _PROJECTED.sub(" ", value).strip()
        target = "booking.projected_release"
        findings.warn(IssueCode.SUSPECT_VALUE, name, "the release is only projected")
    if not value or value.upper() in _NO_DATE or _ZERO_DATE.fullmatch(value):
        return
    read = read_date(value, rule.formats)
    if read is None:
        unreadable(name, rule, findings, "the date has none of the declared formats")
        return
    if target == "birth.date":
        _birth(name, value, read, draft=draft, findings=findings)
        return
    try:
        moment = read_moment(read, facts.zone)
    except ValueError:
        unreadable(name, rule, findings, "no calendar or clock shows this")
        return
    if moment.note:
        findings.warn(IssueCode.SUSPECT_VALUE, name, moment.note)
    if target == AS_OF and read.hour < 0:
        unreadable(name, rule, findings, "a day is no instant")
        return
    _put(target, moment, draft)


def _birth(name: str, value: str, read: ReadDate, *, draft: Draft, findings: Findings) -> None:
    birth = birth_from_date(read, value)
    if birth is None or birth.earliest != birth.latest:
        findings.warn(IssueCode.SUSPECT_VALUE, name, "no calendar has this date: only what is certain was taken")
    if birth is not None:
        draft.births.append(birth)


def _put(target: str, moment: Moment, draft: Draft) -> None:
    if target == AS_OF:
        draft.as_of = datetime.fromisoformat(moment.text)
        return
    if target == "booking.booked_at":
        draft.booked_on = moment.local_day
    home, _, part = target.partition(".")
    draft.put(home, part, moment.text)
