"""What a source serves, with the faults of its calendar in it."""

from dataclasses import replace
from datetime import datetime

import numpy as np

from eyre.sim.faults.fault import OUTAGES, Fault, FaultCalendar, FaultKind
from eyre.sim.feeds.feed import Feed, Wire
from eyre.sim.feeds.posting import instant, microseconds
from eyre.sim.feeds.press import Edition, Part, Press, Rendered
from eyre.sim.feeds.timeline import Rows
from eyre.sim.feeds.workbook import renamed

_HTML = "text/html; charset=utf-8"
_MAINTENANCE = b"""<!DOCTYPE html>
<html><head><title>Scheduled maintenance</title></head>
<body><h1>We will be back soon</h1><p>This site is down for scheduled maintenance.</p></body></html>
"""
_GARBAGE = (b"", b"null\n", b"<html><body>Server Error in '/' Application.</body></html>", b"\x00\xff\xfe" * 400, b"OK")
_STRIKES_ALL = (FaultKind.MAINTENANCE, FaultKind.GARBAGE)
_STRIKES_ROWS = (FaultKind.SHRUNK, FaultKind.CAPPED)
_KNUTH = 2_654_435_761  # spreads row numbers


class Struck:
    """A press with faults. Where none strikes, what it gives is what the press gives."""

    def __init__(self, press: Press, calendar: FaultCalendar | None = None) -> None:
        """Without a calendar nothing ever strikes."""
        self.press = press
        self.feed: Feed = press.feed
        self.calendar = calendar or FaultCalendar()

    def fate(self, at: datetime) -> FaultKind | None:
        """The outage in which nothing is served at `at`, if there is one."""
        faults = self.calendar.at(microseconds(at)) if self.calendar.deliveries else ()
        return next((fault.kind for fault in faults if fault.kind in OUTAGES), None)

    def edition(self, at: datetime) -> Edition:
        """What is published at `at`. Faults make a tag of their own, but an old copy has its old one."""
        faults = self._faults(at)
        edition = self.press.edition(_moment(faults, at))
        settled = self.calendar.settled(microseconds(at))
        marks = "".join(sorted(fault.mark for fault in faults if fault.kind is not FaultKind.STALE))
        if not marks:
            return replace(edition, since=max(edition.since, settled)) if settled and not faults else edition
        since = max(edition.since, settled, *(fault.begins for fault in faults))
        return replace(edition, since=since, tag=f"{edition.tag}-{marks}")

    def render(self, at: datetime, part: Part | None = None) -> Rendered:
        """The list, or a part of it, as served at `at`, outages aside."""
        faults, part = self._faults(at), part or Part()
        edition = self.edition(at)
        if not faults:
            return self.press.printed(edition, self.press.rows(edition, whole=part.whole), part)
        whole = next((fault for fault in faults if fault.kind in _STRIKES_ALL), None)
        if whole is not None:
            return _instead(whole, edition)
        return _marred(self._listed(faults, edition, part), faults, self.press)

    def detail(self, at: datetime, number: str) -> Rendered | None:
        """The page of one listed row; faults of lists do not strike it."""
        faults = self._faults(at)
        whole = next((fault for fault in faults if fault.kind in _STRIKES_ALL), None)
        return _instead(whole, self.edition(at)) if whole else self.press.detail(_moment(faults, at), number)

    def _faults(self, at: datetime) -> list[Fault]:
        if not self.calendar.deliveries:
            return []
        return [fault for fault in self.calendar.at(microseconds(at)) if fault.kind not in OUTAGES]

    def _listed(self, faults: list[Fault], edition: Edition, part: Part) -> Rendered:
        rows = self.press.rows(edition, whole=part.whole)
        total = len(rows)
        for fault in faults:
            if fault.kind in _STRIKES_ROWS:
                rows = _fewer(rows, fault)
            elif fault.kind is FaultKind.SHIFTED and part.first:
                part = replace(part, first=max(0, part.first + int(fault.amount)))
        honest = any(fault.kind is FaultKind.SHRUNK and fault.begins % 2 for fault in faults)
        told = self.press.printed(edition, rows, part, total=total if honest else None)
        return replace(told, struck=tuple(fault.kind.value for fault in faults))


def _moment(faults: list[Fault], at: datetime) -> datetime:
    stale = next((fault for fault in faults if fault.kind is FaultKind.STALE), None)
    return at if stale is None else instant(stale.begins - int(stale.amount))


def _fewer(rows: Rows, fault: Fault) -> Rows:
    if fault.kind is FaultKind.CAPPED:
        return rows[: int(len(rows) * fault.amount)]
    spread = (rows.astype(np.uint64) + np.uint64(fault.begins // 1_000_000)) * np.uint64(_KNUTH) >> np.uint64(12)
    return rows[(spread % np.uint64(1000)) >= np.uint64(int(fault.amount * 1000))]


def _instead(fault: Fault, edition: Edition) -> Rendered:
    body = _MAINTENANCE if fault.kind is FaultKind.MAINTENANCE else _GARBAGE[int(fault.amount * 100) % len(_GARBAGE)]
    return Rendered(body, _HTML, edition, 0, 0, struck=(fault.kind.value,))


def _marred(told: Rendered, faults: list[Fault], press: Press) -> Rendered:
    body = told.body
    for fault in faults:
        if fault.kind is FaultKind.DRIFT:
            body = _drifted(body, press)
        elif fault.kind is FaultKind.ENCODING:
            body = _recoded(body)
        elif fault.kind is FaultKind.TRUNCATED:
            body = body[: max(1, int(len(body) * fault.amount))]
    return replace(told, body=body)


def _drifted(body: bytes, press: Press) -> bytes:
    before, after = press.shape.drift
    return renamed(body, before, after) if press.feed.wire is Wire.EXCEL else body.replace(before, after)


def _recoded(body: bytes) -> bytes:
    """UTF-8 taken for Windows-1252 and written as UTF-8 once more; or UTF-16, where that changes nothing."""
    if body.isascii():
        return body.decode("ascii").encode("utf-16-le")
    return body.decode("cp1252", errors="replace").encode("utf-8")
