"""The demonstration on a terminal, drawn anew twice a second."""

from collections import deque
from collections.abc import Mapping
from types import TracebackType

from rich.console import Group, RenderableType
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from eyre.cli.consoles import progress
from eyre.cli.demo_told import Tick
from eyre.cli.demo_words import happened, met
from eyre.cli.show_circuit import circuit_table
from eyre.service.circuit_status import CircuitStatus
from eyre.service.demo import Seen
from eyre.sources.manifest import Manifest

_KEPT = 40
_COLOURS = {"released": "green", "booked": "yellow", "transferred": "cyan", "disappeared": "magenta", "sealed": "red"}
_LEAST_ROWS = 4
_WITHOUT_ROWS = 12
"""Lines of the screen that hold no row of a list: clock, counts, headings, spaces."""


class LiveTeller:
    """Persons, events and sources, on standard error; what was shown is gone at the end."""

    def __init__(self) -> None:
        self._console = progress()
        self._live = Live(console=self._console, auto_refresh=False, transient=True)
        self._titles: dict[str, str] = {}
        self._events: deque[Text] = deque(maxlen=_KEPT)
        self._people: deque[Text] = deque(maxlen=_KEPT)

    def __enter__(self) -> "LiveTeller":
        self._live.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._live.stop()

    def begin(self, act: str) -> None:
        """One line."""
        self._show(Spinner("dots", Text(f"{act} …")))

    def looked(self, manifests: Mapping[str, Manifest], seen: Seen, status: CircuitStatus) -> None:
        """A line that stays."""
        self._titles = {source: each.title for source, each in manifests.items()}
        self._live.console.print(
            f"[bold]{len(manifests)} sources[/] list {status.rows:,} rows: {seen.records:,} records are "
            f"[bold]{seen.persons:,} persons[/], {seen.of_several_sources:,} of them known to several sources.",
        )

    def tick(self, tick: Tick) -> None:
        """The whole screen."""
        for event in tick.events:
            style = _COLOURS.get(event.kind, "") if event.noted else "dim"
            self._events.append(Text(happened(event, self._titles, tick.at), style=style))
        self._people.extend(Text(met(person, self._titles)) for person in tick.joined)
        rows = max(self._console.size.height - _WITHOUT_ROWS, 3 * _LEAST_ROWS)
        people, sources = max(rows // 4, _LEAST_ROWS), max(rows // 4, _LEAST_ROWS)
        counts = tick.counts
        self._show(
            Group(
                Text.assemble(
                    (f"{tick.at:%A %Y-%m-%d %H:%M} UTC, invented time", "bold"),
                    (f"   {tick.left:,.0f} s left, Ctrl-C ends it", "dim"),
                ),
                Text(
                    f"{counts.rides:,} rides, {counts.sent:,} messages sent, {counts.rows:,} rows looked at, "
                    f"{counts.records:,} records said something new: {counts.known:,} of {counts.persons:,} persons "
                    "were known before",
                    style="dim",
                ),
                Text("\nwho they are"),
                *_last(self._people, people),
                Text("\nwhat happens"),
                *_last(self._events, rows - people - sources),
                Text(),
                circuit_table(tick.status, most=sources),
            )
        )

    def _show(self, what: RenderableType) -> None:
        self._live.update(what, refresh=True)


def _last(lines: deque[Text], most: int) -> list[Text]:
    """The last of them, the latest first, each cut to the screen."""
    shown = list(lines)[-most:][::-1]
    for line in shown:
        line.no_wrap, line.overflow = True, "ellipsis"
    return shown
