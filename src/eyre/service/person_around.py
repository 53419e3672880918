"""The person of a record, under a view."""

from collections.abc import Collection, Sequence

from eyre.errors import NotFoundError
from eyre.ids import format_record_id
from eyre.model.field_group import FieldGroup
from eyre.resolve.model import Model
from eyre.resolve.resolve_around import Around, resolve_around
from eyre.service.session_neighbourhood import SessionNeighbourhood
from eyre.store.reader import ReaderSession
from eyre.store.said_record import SaidRecord


def around(session: ReaderSession, model: Model, *records: int) -> Around:
    """The persons around `records`. Raises `NotFoundError` for a record that the view does not show."""
    found = resolve_around(records, SessionNeighbourhood(session), model)
    _refuse_hidden(session, records, found.records.tolist())
    return found


def must_be_visible(session: ReaderSession, records: Sequence[int]) -> None:
    """Raises `NotFoundError` for a record that the view does not show: what is hidden and what does not exist give the
    same answer."""
    _refuse_hidden(session, records, session.said(records, FieldGroup(0)))


def _refuse_hidden(session: ReaderSession, records: Sequence[int], visible: Collection[int]) -> None:
    for record in records:
        if record not in visible:
            raise NotFoundError(
                f"there is no record `{format_record_id(record)}` under the purpose `{session.view.purpose}`",
                remedy="check the id, or state with `--purpose` another purpose that is yours",
            )


def oldest_first(said: dict[int, SaidRecord]) -> list[SaidRecord]:
    """Records by when they were first said, then by id: the first is the one that a person is called by."""
    return sorted(said.values(), key=lambda each: (each.first_said_at, each.id))
