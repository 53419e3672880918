"""What happens in the demonstration, in words."""

from collections.abc import Mapping
from datetime import datetime

from eyre.cli.demo_told import Tick
from eyre.service.joined_person import JoinedPerson
from eyre.service.newest_events import NewEvent

Titles = Mapping[str, str]
"""What sources are called, by their ids."""


def happened(event: NewEvent, titles: Titles, now: datetime) -> str:
    """`booked at Ada County Jail, 13:05 to 13:20 (sighting)`."""
    kind, basis = event.kind.replace("_", " "), event.basis.replace("_", " ")
    what = kind if event.noted else f"no longer believed: {kind}"
    return f"{what}, {titles.get(event.source, event.source)}, {_when(event, now)} ({basis})"


def met(person: JoinedPerson, titles: Titles) -> str:
    """Who came, and as whom somebody else knows them."""
    here, there = (titles.get(source, source) for source in (person.source, person.other_source))
    more = len(person.sources) - 2
    others = f" and {more} more" if more > 0 else ""
    return f"{person.name}, {here} = {person.other_name}, {there}{others} ({person.bits:+.1f} bits)"


def counted(tick: Tick) -> str:
    """How it goes, in one line."""
    counts, status = tick.counts, tick.status
    stand = ", ".join(f"{many} {standing}" for standing, many in status.standings.items() if many)
    return (
        f"{counts.rides:,} rides, {counts.sent:,} sent, {counts.rows:,} rows, {counts.noted:,} events, "
        f"{counts.known:,} of {counts.persons:,} persons known before; "
        f"lag {status.lag_seconds:,.0f} s; sources: {stand}"
    )


def _when(event: NewEvent, now: datetime) -> str:
    if event.earliest == event.latest:
        return _at(event.latest, now)
    return f"{_at(event.earliest, now)} to {_at(event.latest, now)}"


def _at(instant: datetime, now: datetime) -> str:
    return f"{instant:%H:%M}" if instant.date() == now.date() else f"{instant:%Y-%m-%d %H:%M}"
