"""The demonstration as lines: for people where there is no terminal, and for machines."""

import json
import sys
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from rich.markup import escape

from eyre.cli.as_data import to_data
from eyre.cli.consoles import answers
from eyre.cli.demo_told import Teller, Tick
from eyre.cli.demo_words import counted, happened, met
from eyre.ids import format_record_id
from eyre.service.circuit_status import CircuitStatus
from eyre.service.demo import Seen
from eyre.sources.manifest import Manifest

_BETWEEN = 5.0
"""Seconds between two lines that sum up."""
_MOST_LINES = 4
"""Events that are printed at once; of the others it is told how many they are."""


def teller_for(*, as_json: bool) -> Teller:
    """The one for where it is shown."""
    if as_json:
        return JsonTeller()
    if sys.stderr.isatty():
        from eyre.cli.demo_live import LiveTeller

        return LiveTeller()
    return LineTeller()


def print_line(what: Any) -> None:
    """One line of JSON."""
    print(json.dumps(to_data(what), ensure_ascii=False), flush=True)


class LineTeller:
    """Prints lines on standard output."""

    def __init__(self) -> None:
        self._console = answers()
        self._titles: dict[str, str] = {}
        self._summed_up = 0.0
        self._said = ""

    def __enter__(self) -> "LineTeller":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        pass

    def begin(self, act: str) -> None:
        """A line for each kind of act."""
        kind = act.partition(":")[0]
        if kind != self._said:
            self._say(f"{kind} …")
        self._said = kind

    def looked(self, manifests: Mapping[str, Manifest], seen: Seen, status: CircuitStatus) -> None:
        """What the first look came to."""
        self._titles = {source: each.title for source, each in manifests.items()}
        self._say(f"{len(manifests)} sources, {status.rows:,} rows: {seen.records:,} records, {seen.persons:,} persons")

    def tick(self, tick: Tick) -> None:
        """A line for each person and for some of the events; now and then how it goes."""
        for person in tick.joined:
            self._say(f"{tick.at:%a %H:%M}  {met(person, self._titles)}")
        for event in tick.events[:_MOST_LINES]:
            self._say(f"{tick.at:%a %H:%M}  {happened(event, self._titles, tick.at)}")
        if len(tick.events) > _MOST_LINES:
            self._say(f"{tick.at:%a %H:%M}  and {len(tick.events) - _MOST_LINES} more events")
        if time.monotonic() - self._summed_up > _BETWEEN:
            self._summed_up = time.monotonic()
            self._say(f"{tick.at:%a %H:%M}  {counted(tick)}")

    def _say(self, text: str) -> None:
        self._console.print(escape(text), soft_wrap=True)


class JsonTeller:
    """Prints a line of JSON for each thing that is told."""

    def __init__(self) -> None:
        self._summed_up = 0.0

    def __enter__(self) -> "JsonTeller":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        pass

    def begin(self, act: str) -> None:
        """Says nothing of that."""

    def looked(self, manifests: Mapping[str, Manifest], seen: Seen, status: CircuitStatus) -> None:
        """What the first look came to."""
        print_line({"looked": {"sources": len(manifests), "rows": status.rows, "seen": seen}})

    def tick(self, tick: Tick) -> None:
        """Events and persons; now and then how it goes."""
        for event in tick.events:
            print_line({"event": to_data(event) | {"record": format_record_id(event.record)}})
        for person in tick.joined:
            print_line({"joined": person})
        if time.monotonic() - self._summed_up > _BETWEEN:
            self._summed_up = time.monotonic()
            print_line({"circuit": circuit_data(tick.status), "counts": tick.counts})


def circuit_data(status: CircuitStatus) -> dict[str, Any]:
    """How the circuit stands, without its sources."""
    told: dict[str, Any] = to_data(status)
    return {name: value for name, value in told.items() if name != "sources"}
