"""What resolution asks of records, answered by a session under a view."""

from dataclasses import dataclass

from eyre.resolve.layout import Int64
from eyre.resolve.neighbourhood import Asked, Near, Sighted, Told
from eyre.store.ask_near import ask_near, ask_sighted, ask_told
from eyre.store.reader import ReaderSession


@dataclass(frozen=True, slots=True)
class SessionNeighbourhood:
    """A `Neighbourhood` of the records that `session` shows. Filters nothing: what is hidden is not there."""

    session: ReaderSession

    def told(self, records: Int64) -> Told:
        """Those of `records` that are visible."""
        return ask_told(self.session, records)

    def sighted(self, records: Int64) -> Sighted:
        """Where and when those of `records` were seen of which the view shows it."""
        return ask_sighted(self.session, records)

    def near(self, asked: Asked) -> Near:
        """One step from the frontier along keys."""
        return ask_near(self.session, asked)
