"""A house that is the real store: deliveries are committed, and read through row-level security under a view."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from itertools import groupby

import psycopg

from eyre.model.field_group import PERSON_GROUPS
from eyre.model.judgement import Judgement
from eyre.model.person import Person
from eyre.model.record import Record
from eyre.model.view import View
from eyre.resolve.features import code, features_of
from eyre.resolve.layout import Int64
from eyre.resolve.model import Model
from eyre.resolve.neighbourhood import Asked, Near, Sighted, Told
from eyre.resolve.pack_features import each_record, pack_features
from eyre.resolve.said import said_by_persons
from eyre.service.session_neighbourhood import SessionNeighbourhood
from eyre.store.commit_delivery import Delivered, commit_delivery
from eyre.store.delivery import Delivery, KeyedRecord, Made, packed_keys
from eyre.store.judgements import put_judgement
from eyre.store.open_store import Store, StoreSettings, open_store
from eyre.store.purge_record import purge_record
from eyre.store.reader import ReaderSession, open_reader
from eyre.store.sources import RegisteredSource, register_source
from tests.laws.families import CLASSES, SOURCES, START
from tests.laws.houses import RECORD_KEY, Opened, stored_keys


@dataclass
class StoredHouse:
    """One store on a database of its own; `owner_url` empties it."""

    store: Store
    owner_url: str
    model: Model
    deliveries: int = 0

    def take(self, records: Sequence[Record]) -> None:
        features = features_of(code(said_by_persons([each.person for each in records])), self.model.frequencies)
        made = map(Made, map(packed_keys, stored_keys(features, self.model)), each_record(pack_features(features)))
        keyed = list(map(KeyedRecord, records, made))
        for source, some in groupby(sorted(keyed, key=_source), key=_source):
            self.deliveries += 1
            at = START + timedelta(hours=self.deliveries)
            content = sha256(str(self.deliveries).encode()).digest()
            with self.store.writer.connection() as writer:
                commit_delivery(
                    writer,
                    Delivery(source, content, at, at, 100, "1"),
                    Delivered(list(some)),
                    record_key=self.store.record_key,
                )

    def judge(self, judgement: Judgement) -> None:
        with self.store.writer.connection() as writer:
            put_judgement(writer, judgement)

    def purge(self, record: int) -> None:
        with self.store.writer.connection() as writer:
            purge_record(writer, record, purged_at=START)

    @contextmanager
    def opened(self, view: View) -> Iterator[Opened]:
        with open_reader(self.store.reader, view, self.store.view_key) as session:
            yield StoredView(session)

    def empty(self) -> "StoredHouse":
        """As it was before the first delivery."""
        with psycopg.connect(self.owner_url) as owner:
            owner.execute(
                "truncate eyre.record, eyre.record_version, eyre.record_said, eyre.record_features, eyre.record_key, "
                "eyre.delivery, eyre.delivery_blob, eyre.issue, eyre.quarantined, eyre.purged, eyre.judgement"
            )
        self.deliveries = 0
        return self


@dataclass(frozen=True)
class StoredView:
    """A reader's session, as resolution asks it."""

    session: ReaderSession

    def everybody(self) -> dict[int, Person]:
        return {each.id: each.person for some in self.session.all_records(groups=PERSON_GROUPS) for each in some}

    def told(self, records: Int64) -> Told:
        return SessionNeighbourhood(self.session).told(records)

    def sighted(self, records: Int64) -> Sighted:
        return SessionNeighbourhood(self.session).sighted(records)

    def near(self, asked: Asked) -> Near:
        return SessionNeighbourhood(self.session).near(asked)


def build_house(owner_url: str, model: Model) -> StoredHouse:
    """A house on a fresh database, its three sources registered."""
    store = replace(open_store(StoreSettings(owner_url)), record_key=RECORD_KEY)
    with store.writer.connection() as writer:
        for source, record_class in SOURCES.items():
            declared = RegisteredSource(
                source,
                "Azure County",
                "ocd-jurisdiction/az",
                f"terms/{source}",
                (record_class,),
                b"hash",
                {"id": source},
            )
            assert register_source(writer, declared) == {record_class: CLASSES[source]}
    return StoredHouse(store, owner_url, model)


def _source(keyed: KeyedRecord) -> str:
    return keyed.record.source
