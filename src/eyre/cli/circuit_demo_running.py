"""Riding the invented state, with what happens shown as it happens."""

import threading
import time
from collections import deque
from dataclasses import dataclass, field

from rich.console import Group
from rich.live import Live
from rich.markup import escape
from rich.text import Text

from eyre.bootstrap.circuit import Rides, Told, open_circuit
from eyre.bootstrap.invented_country import Country, invented_country
from eyre.bootstrap.open_house import House
from eyre.circuit.ride_source import Ridden, RideEnd
from eyre.cli.consoles import answers, progress
from eyre.cli.show_circuit import circuit_table
from eyre.ids import format_record_id
from eyre.resolve.model import default_model
from eyre.service.circuit_status import circuit_status
from eyre.service.newest_events import NewEvent, newest_events
from eyre.service.rekey import ensure_keys
from eyre.service.resolve_records import Resolved
from eyre.service.warm_kernels import warm_live

_REFRESH = 0.5  # seconds
_LINES = 12


@dataclass
class Seen:
    """What was seen: rides, those that failed, rows, events as they came to be believed and ceased to be, records that
    were put together, the persons that they made, and how many of those were known from other records."""

    rides: int = 0
    trouble: int = 0
    rows: int = 0
    noted: int = 0
    withdrawn: int = 0
    records: int = 0
    persons: int = 0
    known: int = 0
    simulated_hours: float = 0.0
    events: dict[str, int] = field(default_factory=dict)
    show: str = ""


def run_country(house: House, *, seconds: float, speed: float, faults: bool, shown: bool) -> Seen:
    """Rides the country for so many seconds."""
    model = default_model()
    ensure_keys(house.store, model)
    warm_live(model)
    seen, lock = Seen(), threading.Lock()

    def ridden(ride: Ridden) -> None:
        with lock:
            seen.rides += 1
            seen.trouble += ride.end is RideEnd.TROUBLE
            for taken in ride.taken:
                seen.rows += taken.rows
                seen.noted += taken.noted
                seen.withdrawn += taken.withdrawn

    def resolved(batch: Resolved) -> None:
        with lock:
            seen.records += batch.records
            seen.persons += batch.persons
            seen.known += batch.known

    with invented_country(house.store, speed=speed, faults=faults) as country:
        rides = Rides(country.manifests, country.clock)
        began = country.clock()
        with open_circuit(house.store, model, rides, Told(ridden, resolved)) as circuit:
            riding = threading.Thread(target=circuit.worker.run, name="riding")
            riding.start()
            try:
                _watch(house, country, seconds, shown=shown)
            finally:
                circuit.worker.stop.set()
                riding.join()
        status = circuit_status(house.store, now=country.clock())
        seen.simulated_hours = round((status.at - began).total_seconds() / 3600, 1)
    seen.events = status.events
    told = [event for event in newest_events(house.store, after=0, most=1_000) if event.kind == "released"]
    seen.show = format_record_id(told[-1].record) if told else ""
    return seen


def _watch(house: House, country: Country, seconds: float, *, shown: bool) -> None:
    console = progress()
    until = time.monotonic() + seconds
    if not shown or not console.is_terminal:
        time.sleep(seconds)
        return
    lines: deque[NewEvent] = deque(maxlen=_LINES)
    last = 0
    with Live(console=console, auto_refresh=False, transient=True) as live:
        while time.monotonic() < until:
            fresh = newest_events(house.store, after=last, most=_LINES)
            last = max([last, *(event.number for event in fresh)])
            lines.extend(fresh)
            status = circuit_table(circuit_status(house.store, now=country.clock()))
            clock = Text(f"{country.clock():%A %Y-%m-%d %H:%M} UTC, invented time", style="bold")
            live.update(Group(clock, *map(_line, lines), Text(), status), refresh=True)
            time.sleep(_REFRESH)


def _line(event: NewEvent) -> Text:
    kind = event.kind.replace("_", " ")
    what = kind if event.noted else f"no longer believed: {kind}"
    style = "green" if event.kind == "released" else "yellow" if event.kind == "booked" else ""
    return Text(f"{event.latest:%H:%M} {event.source}  {what}, {event.basis.replace('_', ' ')}", style=style)


def show_seen(house: House, seen: Seen) -> None:
    """The end of the demonstration."""
    console = answers()
    console.print(
        f"[bold]{seen.simulated_hours} invented hours[/]: {seen.rides:,} rides ({seen.trouble:,} in trouble), "
        f"{seen.rows:,} rows looked at"
    )
    console.print("  " + ", ".join(f"{count:,} {kind.replace('_', ' ')}" for kind, count in seen.events.items()))
    console.print(
        f"  {seen.records:,} records said something new and are {seen.persons:,} persons, "
        f"{seen.known:,} of them known before"
    )
    if seen.show:
        where = f" --data-dir {escape(str(house.directory))}" if house.directory else ""
        console.print("\n[dim]next:[/]")
        console.print(f"  eyre custody {seen.show}{where}", soft_wrap=True)
        console.print(f"  eyre sources status{where}", soft_wrap=True)
