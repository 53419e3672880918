"""Sources as the store knows them, and the terms classes that their records fall in."""

from collections.abc import Sequence
from dataclasses import dataclass

import psycopg
from psycopg.types.json import Json

from eyre.errors import StoreError
from eyre.model.record import RecordClass
from eyre.store.one_row import one_row
from eyre.store.sql_files import read_sql

_AT_ONCE = 1_000
"""Sources in one statement: a manifest is some kilobytes."""


@dataclass(frozen=True, slots=True)
class RegisteredSource:
    """What a manifest declares, as far as the store needs it. `jurisdiction` is an OCD id, `terms_ref` names the terms
    under which its records may be used; `manifest` is the whole of it as JSON, `manifest_hash` the hash of its text."""

    id: str
    publisher: str
    jurisdiction: str
    terms_ref: str
    record_classes: tuple[RecordClass, ...]
    manifest_hash: bytes
    manifest: dict[str, object]


@dataclass(frozen=True, slots=True)
class TermsClass:
    """Distinct terms x record class: what a `View` allows or not."""

    id: int
    terms_ref: str
    record_class: RecordClass


def register_source(connection: psycopg.Connection, source: RegisteredSource) -> dict[RecordClass, int]:
    """As `register_sources` for one, and gives its terms classes."""
    with connection.transaction():
        register_sources(connection, [source])
        rows = connection.execute(
            "select record_class, id from eyre.terms_class where terms_ref = %s", [source.terms_ref]
        ).fetchall()
    return {RecordClass(record_class): number for record_class, number in rows}


def register_sources(connection: psycopg.Connection, sources: Sequence[RegisteredSource]) -> None:
    """Makes sources known, or brings them up to date, all or none; `connection` is a writer's. Of one that is named
    twice the last counts.

    Records of a source whose terms have changed move to the classes of the new terms in the same transaction.
    """
    by_id = {source.id: source for source in sources}
    with connection.transaction():
        connection.execute("lock table eyre.terms_class in share row exclusive mode")
        classes = {(source.terms_ref, each.value): None for source in sources for each in source.record_classes}
        connection.execute(
            read_sql("sql/add_terms_classes.sql"),
            {"terms": [terms for terms, _ in classes], "classes": [each for _, each in classes]},
        )
        each_once = list(by_id.values())
        for first in range(0, len(each_once), _AT_ONCE):
            some = each_once[first : first + _AT_ONCE]
            columns = {
                "ids": [each.id for each in some],
                "publishers": [each.publisher for each in some],
                "jurisdictions": [each.jurisdiction for each in some],
                "terms": [each.terms_ref for each in some],
                "hashes": [each.manifest_hash for each in some],
                "manifests": [Json(each.manifest) for each in some],
            }
            moved = connection.execute(read_sql("sql/sources_with_other_terms.sql"), columns).fetchall()
            connection.execute(read_sql("sql/register_sources.sql"), columns)
            for (source,) in moved:
                _move(connection, by_id[source])


def terms_classes(connection: psycopg.Connection) -> list[TermsClass]:
    """All terms classes, by number; what views are made of. `connection` is a writer's."""
    rows = connection.execute("select id, terms_ref, record_class from eyre.terms_class order by id", prepare=True)
    return [TermsClass(number, terms, RecordClass(record_class)) for number, terms, record_class in rows]


def class_of_source(connection: psycopg.Connection, source: str, record_class: RecordClass) -> int:
    """The number of the terms class of a registered source's records. `connection` is a writer's."""
    (number,) = one_row(
        connection.execute(
            "select c.id from eyre.source s join eyre.terms_class c using (terms_ref) "
            "where s.id = %s and c.record_class = %s",
            [source, record_class.value],
            prepare=True,
        )
    )
    return int(number)


def classes_of_source(connection: psycopg.Connection, source: str) -> tuple[int, ...]:
    """The numbers of all terms classes of a source; none where it is not registered. `connection` is a writer's."""
    rows = connection.execute(
        "select c.id from eyre.source s join eyre.terms_class c using (terms_ref) where s.id = %s order by c.id",
        [source],
    )
    return tuple(number for (number,) in rows)


def registered_manifests(connection: psycopg.Connection) -> dict[str, str]:
    """The manifest of every source on the schedule, by id, as the text of its JSON. `connection` is a writer's."""
    rows = connection.execute(
        "select id, manifest::text from eyre.source s join eyre.ride r on r.source = s.id order by id"
    )
    return dict(rows.fetchall())


def registered_manifest(connection: psycopg.Connection, source: str) -> str | None:
    """The manifest of one source, on the schedule or not, as the text of its JSON; nothing where it is not registered.
    `connection` is a writer's."""
    row = connection.execute("select manifest::text from eyre.source where id = %s", [source], prepare=True).fetchone()
    return None if row is None else str(row[0])


def sources_of_records(connection: psycopg.Connection, records: Sequence[int]) -> list[tuple[str, int]]:
    """The source of each of `records` that is there, with the record. `connection` is a writer's."""
    rows = connection.execute("select source, id from eyre.record where id = any (%s)", [list(records)])
    return rows.fetchall()


def registered_sources(connection: psycopg.Connection) -> Sequence[tuple[str, str, str, str]]:
    """Id, publisher, jurisdiction and terms of every source, by id. `connection` is a writer's."""
    return connection.execute("select id, publisher, jurisdiction, terms_ref from eyre.source order by id").fetchall()


def _move(connection: psycopg.Connection, source: RegisteredSource) -> None:
    names = {"source": source.id, "terms": source.terms_ref}
    missing = connection.execute(read_sql("sql/classes_without_terms.sql"), names).fetchall()
    if missing:
        raise StoreError(
            f"the source `{source.id}` has records of class `{missing[0][0]}`, which its manifest no longer declares",
            remedy="declare the class, or purge those records first",
        )
    for table in ("version", "said", "key", "features", "run", "event"):
        connection.execute(read_sql(f"sql/move_{table}.sql"), names)
    connection.execute(read_sql("sql/move_record.sql"), names)
