"""Invented records, and short ways to deliver them to a store."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import psycopg
from psycopg_pool import ConnectionPool

from eyre.ids import record_id
from eyre.model.field_group import FieldGroup
from eyre.model.justice import Booking
from eyre.model.person import Identifier, Person, PersonName
from eyre.model.record import Operation, Record, RecordClass
from eyre.store.commit_delivery import Delivered, commit_delivery
from eyre.store.delivery import Delivery, KeyedRecord, Made, Outcome, QuarantinedRow, packed_keys
from eyre.store.open_store import Store
from eyre.store.sources import RegisteredSource, register_source
from tests.resolve.feature_parts import of_parts

START = datetime(2026, 1, 1, tzinfo=UTC)
JAIL = "az/azure-jail"
COURT = "az/azure-court"
NAME_KEY = 7_000_000_000
IDENTIFIER_KEY = 8_000_000_000


class Town:
    """A store with a jail and a court, and short ways to deliver to it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with store.writer.connection() as writer:
            self.jail = register(writer, JAIL, "terms/jail", RecordClass.CUSTODY)[RecordClass.CUSTODY]
            self.court = register(writer, COURT, "terms/court", RecordClass.COURT)[RecordClass.COURT]

    def id_of(self, key: str, source: str = JAIL) -> int:
        return record_id(self.store.record_key, source, key)

    def deliver(
        self,
        records: Sequence[KeyedRecord],
        hour: int = 0,
        *,
        source: str = JAIL,
        quarantined: Sequence[QuarantinedRow] = (),
        ignored: int = 0,
        content: str = "",
        chunk: int = 1000,
    ) -> Outcome:
        with self.store.writer.connection() as writer:
            return commit_delivery(
                writer,
                delivery(source, hour, content),
                Delivered(records, list(quarantined), ignored=ignored),
                record_key=self.store.record_key,
                chunk=chunk,
            )


def register(writer: psycopg.Connection, source: str, terms: str, *classes: RecordClass) -> dict[RecordClass, int]:
    return register_source(
        writer, RegisteredSource(source, "Azure County", "ocd-jurisdiction/az", terms, classes, b"hash", {"id": source})
    )


def delivery(source: str, hour: int, content: str = "") -> Delivery:
    at = START + timedelta(hours=hour)
    digest = sha256(f"{source} {hour} {content}".encode()).digest()
    return Delivery(source, digest, at, at + timedelta(minutes=1), 100, "1")


def said(key: str, hour: int = 0, *, source: str = JAIL, status: str = "held", place: str = "row 1") -> KeyedRecord:
    """An invented record, with one key made of its name and one of its identifier."""
    number = int(key.strip("abcdefghijklmnopqrstuvwxyz-") or 0)
    record = Record(
        source=source,
        key=key,
        record_class=RecordClass.CUSTODY if source == JAIL else RecordClass.COURT,
        as_of=START + timedelta(hours=hour),
        person=Person(
            names=(PersonName(given=f"Given{number}", surname=f"Surname{number}"),),
            sexes=("F",),
            identifiers=(Identifier("subject", f"S-{number}", source),),
        ),
        booking=Booking(booking_number=f"B-{number}", status=status),
        place=place,
    )
    keys = [
        (NAME_KEY + number, FieldGroup.NAME),
        (IDENTIFIER_KEY + number, FieldGroup.IDENTIFIER | FieldGroup.NAME),
    ]
    features = {int(FieldGroup.NAME): b"name %d" % number, int(FieldGroup.IDENTIFIER): b"number %d" % number}
    return KeyedRecord(record, Made(packed_keys(keys), of_parts(features)))


def taken_back(key: str, hour: int = 0, *, source: str = JAIL) -> KeyedRecord:
    """The source's word that the record is no more."""
    record_class = RecordClass.CUSTODY if source == JAIL else RecordClass.COURT
    at = START + timedelta(hours=hour)
    return KeyedRecord(Record(source, key, record_class, at, operation=Operation.DELETE, place="row 9"))


TABLES = (
    "record",
    "record_version",
    "record_said",
    "record_features",
    "record_key",
    "judgement",
    "purged",
    "quarantined",
    "issue",
)


def contents(owner_url: str, tables: Sequence[str] = TABLES) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the tables that hold what was said, in a fixed order."""
    with psycopg.connect(owner_url) as owner:
        return {
            table: owner.execute(f"select * from eyre.{table} t order by t::text".encode()).fetchall()
            for table in tables
        }


def url_of(pool: ConnectionPool) -> str:
    """The connection string of a pool's role."""
    return str(pool.conninfo)
