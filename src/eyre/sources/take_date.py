"""Dates of a row."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from eyre.model.issue import IssueCode
from eyre.sources.date_format import ReadDate, read_date
from eyre.sources.draft import Draft
from eyre.sources.field_rule import FieldRule
from eyre.sources.read_birth import birth_from_date
from eyre.sources.read_moment import Moment, read_moment
from eyre.sources.target import AS_OF
from eyre.sources.told_by_text import ToldByText

_NO_DATE = frozenset({"UNKNOWN", "UNK", "TBD", "N/A", "NA", "NONE", "NULL", "PENDING", "-", "--"})
_ZERO_DATE = re.compile(r"[0/. -]+(?:[T ]?00:00(?::00)?)?")
_PROJECTED = re.compile(r"\s*\(?\b(?:EST(?:IMATED)?|PROJ(?:ECTED)?|SCHED(?:ULED)?)\b\.?\)?\s*", re.IGNORECASE)


def take_date(value: str, rule: FieldRule, told: ToldByText, zone: ZoneInfo) -> None:
    """A birth date becomes an interval, another date a day or an instant; an estimated release is only projected."""
    target = rule.to
    if target == "booking.released_at" and _PROJECTED.search(value):
        value = _PROJECTED.sub(" ", value).strip()
        target = "booking.projected_release"
        told.warn(IssueCode.SUSPECT_VALUE, "the release is only projected")
    if not value or value.upper() in _NO_DATE or _ZERO_DATE.fullmatch(value):
        return
    read = read_date(value, rule.formats)
    if read is None:
        told.unreadable(rule, "the date has none of the declared formats")
        return
    if target == "birth.date":
        _birth(value, read, told)
        return
    try:
        moment = read_moment(read, zone)
    except ValueError:
        told.unreadable(rule, "no calendar or clock shows this")
        return
    if moment.note:
        told.warn(IssueCode.SUSPECT_VALUE, moment.note)
    if target == AS_OF and read.hour < 0:
        told.unreadable(rule, "a day is no instant")
        return
    _put(target, moment, told)


def _birth(value: str, read: ReadDate, told: ToldByText) -> None:
    birth = birth_from_date(read, value)
    if birth is None or birth.earliest != birth.latest:
        told.warn(IssueCode.SUSPECT_VALUE, "no calendar has this date: only what is certain was taken")
    if birth is not None:
        told.add(Draft.add_birth, birth)


def _put(target: str, moment: Moment, told: ToldByText) -> None:
    if target == AS_OF:
        told.add(Draft.set_as_of, datetime.fromisoformat(moment.text))
        return
    if target == "booking.booked_at":
        told.add(Draft.set_booked_on, moment.local_day)
    home, _, part = target.partition(".")
    told.put(home, part, moment.text)
