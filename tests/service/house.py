"""Stores with the invented sources in them, and the answers of every use case under one view."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from eyre.cli.as_data import to_data
from eyre.ids import record_id
from eyre.model.field_group import ALL_GROUPS
from eyre.model.person import Person
from eyre.model.record import Operation, Record
from eyre.model.view import View
from eyre.resolve.model import default_model
from eyre.service.find_person import find_person
from eyre.service.how_person import how_person
from eyre.service.import_delivery import Imported, Received, import_delivery
from eyre.service.make_keys import made_of_persons
from eyre.service.open_view import view_for
from eyre.service.register import register_manifest
from eyre.service.rekey import ensure_keys
from eyre.service.resolve_view import ResolvedView, resolve_view
from eyre.service.show_person import show_person
from eyre.service.why_two import why_two
from eyre.sources.catalogue import SourceFolder, invented_sources
from eyre.store.commit_delivery import Delivered, commit_delivery
from eyre.store.delivery import Delivery, KeyedRecord
from eyre.store.open_store import Store
from eyre.store.reader import ReaderSession, open_reader
from eyre.store.said_record import SaidRecord
from eyre.store.sources import terms_classes

MODEL = default_model()
RECEIVED_AT = datetime(2026, 3, 17, tzinfo=UTC)
EVERYTHING = "oversight"
SOME = ("oz_cinder_jail", "oz_corrections", "oz_juniper_jail", "oz_probation")


def take(store: Store, folder: SourceFolder) -> Imported:
    """The sample delivery of a source, taken in."""
    ensure_keys(store, MODEL)
    received = Received(BytesIO(folder.delivery.read_bytes()), folder.as_of, RECEIVED_AT)
    return import_delivery(store, folder.manifest, received, MODEL)


def take_some(store: Store) -> list[Imported]:
    """Four of the invented sources, of three kinds: enough for persons of several records."""
    return [take(store, folder) for folder in invented_sources() if folder.manifest.id in SOME]


def take_all(store: Store) -> list[Imported]:
    """The ten invented sources."""
    return [take(store, folder) for folder in invented_sources()]


@contextmanager
def seen(store: Store, view: View | str) -> Iterator[ReaderSession]:
    """A session under a view or a purpose."""
    shown = view_for(store, view) if isinstance(view, str) else view
    with open_reader(store.reader, shown, store.view_key) as session:
        yield session


def everything(store: Store) -> dict[int, SaidRecord]:
    """All records, whole."""
    with store.writer.connection() as writer:
        view = View("all", {each.id: ALL_GROUPS for each in terms_classes(writer)})
    with seen(store, view) as session:
        return {each.id: each for batch in session.all_records() for each in batch}


def partition(resolved: ResolvedView) -> set[frozenset[int]]:
    """The records of each person."""
    members: dict[int, set[int]] = {}
    for row, person in enumerate(resolved.person.tolist()):
        members.setdefault(person, set()).add(resolved.records[row].record)
    return {frozenset(each) for each in members.values()}


def answers(store: Store, purpose: str, questions: Mapping[str, Person]) -> dict[str, Any]:
    """Everything that the use cases answer under a purpose, as the data that the doors print."""
    with seen(store, purpose) as session:
        resolved = resolve_view(session, MODEL)
        persons = sorted(partition(resolved), key=min)
        told: dict[str, Any] = {
            "records": len(resolved.records),
            "persons": [sorted(each) for each in persons],
            "found": {name: to_data(find_person(session, MODEL, query)) for name, query in questions.items()},
        }
        several = [sorted(each) for each in persons if len(each) > 1]
        for members in several[:5]:
            told[f"show {members[0]}"] = to_data(show_person(session, MODEL, members[-1], store))
            told[f"how {members[0]}"] = to_data(how_person(session, MODEL, members[0]))
            told[f"why {members[0]}"] = to_data(why_two(session, MODEL, members[0], members[1]))
        return told


def copy_what_is_seen(store: Store, purpose: str, empty: Store) -> None:
    """Fills `empty`, which names records as `store` does, with what `purpose` sees of `store` and with nothing else."""
    ensure_keys(empty, MODEL)
    whole = everything(store)
    with seen(store, purpose) as session:
        shown = [each for batch in session.all_records() for each in batch]
    for folder in invented_sources():
        mine = [each for each in shown if each.source == folder.manifest.id]
        if mine:
            _fill(empty, folder, mine, {each.id: whole[each.id].record_key for each in mine})


def _fill(store: Store, folder: SourceFolder, shown: list[SaidRecord], names: Mapping[int, str]) -> None:
    every = made_of_persons([each.person for each in shown], MODEL)
    records = [KeyedRecord(_as_said(each, names[each.id]), made) for each, made in zip(shown, every, strict=True)]
    records += [
        KeyedRecord(Record(each.source, names[each.id], each.record_class, each.first_said_at))
        for each in shown
        if each.first_said_at < each.as_of
    ]
    assert all(record_id(store.record_key, each.source, names[each.id]) == each.id for each in shown)
    delivery = Delivery(folder.manifest.id, b"seen", folder.as_of, RECEIVED_AT, 1, "1")
    register_manifest(store, folder.manifest)
    with store.writer.connection() as writer:
        commit_delivery(writer, delivery, Delivered(records), record_key=store.record_key)


def _as_said(said: SaidRecord, name: str) -> Record:
    return replace(said.record, key=name, place=said.place, operation=Operation.PUT)
