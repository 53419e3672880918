"""The format of a feed, and what reads its place's rows."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Protocol

from eyre.model.record import RecordClass
from eyre.sim.feeds.court_csv import CourtCsv
from eyre.sim.feeds.crimestar import Crimestar
from eyre.sim.feeds.excel import Excel
from eyre.sim.feeds.feed import Feed, Wire
from eyre.sim.feeds.fixed_width import FixedWidth
from eyre.sim.feeds.html_table import HtmlTable
from eyre.sim.feeds.jailtracker import JailTracker
from eyre.sim.feeds.json_lines import JsonLines
from eyre.sim.feeds.new_world import NewWorld
from eyre.sim.feeds.niem import Niem
from eyre.sim.feeds.read_stays import StayReader, Wrongs
from eyre.sim.feeds.read_terms import CaseReader, TermReader
from eyre.sim.feeds.shape import Shape
from eyre.sim.feeds.timeline import Rows, Timeline
from eyre.sim.feeds.zuercher import Zuercher
from eyre.sim.world import World

_SHAPES: Mapping[Wire, Callable[[Feed], Shape[Any]]] = MappingProxyType(
    {
        Wire.JAILTRACKER: JailTracker,
        Wire.ZUERCHER: Zuercher,
        Wire.NIEM: Niem,
        Wire.CRIMESTAR: Crimestar,
        Wire.NEW_WORLD: NewWorld,
        Wire.HTML_TABLE: HtmlTable,
        Wire.FIXED_WIDTH: FixedWidth,
        Wire.COURT_CSV: CourtCsv,
        Wire.EXCEL: Excel,
        Wire.JSON_LINES: JsonLines,
    }
)


class Reader(Protocol):
    """What reads the rows of one place."""

    timeline: Timeline

    def said(self, rows: Rows, at: int) -> list[Any]:
        """What the place says of `rows` at `at` (microseconds), in their order."""


def shape_of(feed: Feed) -> Shape[Any]:
    """The format, set up for this feed."""
    return _SHAPES[feed.wire](feed)


def reader_of(world: World, feed: Feed, wrongs: Wrongs | None = None) -> Reader:
    """What reads the stays, cases or terms of the feed's place; only stays can be told wrongly."""
    if feed.publisher.kind is RecordClass.COURT:
        return CaseReader(world, feed)
    if feed.publisher.kind is RecordClass.SUPERVISION:
        return TermReader(world, feed)
    return StayReader(world, feed, wrongs)
