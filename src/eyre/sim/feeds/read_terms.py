"""What a court says of its cases, and a supervision agency of its terms, at an instant."""

import numpy as np

from eyre.sim.feeds.feed import Feed
from eyre.sim.feeds.posting import MICROSECONDS
from eyre.sim.feeds.read_columns import day, homes, later, local, moved_at, taken
from eyre.sim.feeds.said import CaseSaid, TermSaid
from eyre.sim.feeds.timeline import Rows, timeline
from eyre.sim.world import NEVER, Texts, World


class CaseReader:
    """The cases of one court. They never go from it; a delta file tells the lately changed ones."""

    def __init__(self, world: World, feed: Feed) -> None:
        """Takes the columns that belong to the court, as views."""
        cases = world.cases
        rows = world.rows_of(cases, feed.publisher.facility)
        self._world, self._person = world, cases.person[rows]
        self._zone = feed.publisher.clock
        self._up = str.upper if feed.upper else str.title
        self._filed = cases.filed[rows]
        every = np.arange(rows.stop - rows.start)
        never = np.full(len(every), NEVER, dtype=np.int64)
        recent = int(feed.lingers.total_seconds()) * MICROSECONDS
        marks = [(every, cases.disposed[rows])]
        self.timeline = timeline(cases.filed[rows], never, marks, order=every, recent=recent)
        self._columns = (
            cases.given[rows], cases.middle[rows], cases.surname[rows], cases.suffix[rows], cases.born[rows],
            cases.sex[rows], cases.docket[rows], _within(cases.docket[rows]), cases.kind[rows], cases.charge[rows],
            cases.statute[rows], cases.filed[rows], cases.disposed[rows], cases.disposition[rows],
        )  # fmt: skip

    def said(self, rows: Rows, at: int) -> list[CaseSaid]:
        """What is said of `rows` at `at`, in their order."""
        up, zone = self._up, self._zone
        where = homes(self._world, self._person[rows], self._filed[rows])
        return [
            CaseSaid(
                seat, up(given), up(middle), up(surname), up(suffix), day(born), sex, docket, party, kind, charge,
                statute, local(filed, zone).date(), local(disposed, zone).date() if disposed <= at else None,
                disposition if disposed <= at else "", home,
            )
            for seat, home, (
                given, middle, surname, suffix, born, sex, docket, party, kind, charge, statute, filed, disposed,
                disposition,
            ) in zip(rows.tolist(), where, taken(self._columns, rows), strict=True)
        ]  # fmt: skip


class TermReader:
    """The terms that one agency supervises. A closed one stays listed for a while."""

    def __init__(self, world: World, feed: Feed) -> None:
        """Takes the columns that belong to the agency, as views."""
        terms = world.supervisions
        rows = world.rows_of(terms, feed.publisher.facility)
        self._world, self._person = world, terms.person[rows]
        self._zone = feed.publisher.clock
        self._up = str.upper if feed.upper else str.title
        every = np.arange(rows.stop - rows.start)
        gone = later(terms.ended[rows], int(feed.lingers.total_seconds()) * MICROSECONDS)
        moved = moved_at(world, self._person)[1]
        marks = [(every, terms.status_changed[rows]), (every, terms.ended[rows]), (every, moved)]
        self.timeline = timeline(terms.began[rows], gone, marks, order=every)
        self._columns = (
            terms.given[rows], terms.middle[rows], terms.surname[rows], terms.suffix[rows], terms.born[rows],
            terms.sex[rows], terms.number[rows], terms.kind[rows], terms.began[rows], terms.status_changed[rows],
            terms.ended[rows],
        )  # fmt: skip

    def said(self, rows: Rows, at: int) -> list[TermSaid]:
        """What is said of `rows` at `at`, in their order."""
        up, zone = self._up, self._zone
        where = homes(self._world, self._person[rows], np.full(len(rows), at))
        return [
            TermSaid(
                seat, up(given), up(middle), up(surname), up(suffix), day(born), sex, number, kind,
                "Closed" if ended <= at else "Absconded" if changed <= at else "Active",
                local(began, zone).date(), local(ended, zone).date() if ended <= at else None, home,
            )
            for seat, home, (
                given, middle, surname, suffix, born, sex, number, kind, began, changed, ended
            ) in zip(rows.tolist(), where, taken(self._columns, rows), strict=True)
        ]  # fmt: skip


def _within(docket: Texts) -> Rows:
    """Which party of its docket each row is, from 1."""
    counts: dict[str, int] = {}
    found = np.empty(len(docket), dtype=np.intp)
    for row, each in enumerate(docket.tolist()):
        found[row] = counts[each] = counts.get(each, 0) + 1
    return found
