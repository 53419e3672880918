"""Where records are kept for the laws: in memory, and in the store on PostgreSQL. Both must answer alike."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Protocol

import numpy as np

from eyre.ids import record_id
from eyre.model.field_group import FieldGroup
from eyre.model.judgement import Judgement
from eyre.model.parts import person_from_parts, record_to_parts
from eyre.model.person import Person
from eyre.model.record import Operation, Record
from eyre.model.view import View
from eyre.resolve.features import code, features_of
from eyre.resolve.keys import keys_of
from eyre.resolve.layout import Features, Int64
from eyre.resolve.model import Model
from eyre.resolve.neighbourhood import Asked, Near, Neighbourhood, Sighted, Told, told_of
from eyre.resolve.pack_features import each_record, pack_features
from eyre.resolve.said import said_by_persons
from eyre.resolve.sightings import UNSEEN, sightings_of_rows, state_number
from tests.laws.families import CLASSES, START, Said
from tests.resolve.feature_parts import of_parts, parts_of

_DAY = 24 * 60
RECORD_KEY = bytes(range(32))
"""The key of every house's record ids, so that houses can be compared."""


class Opened(Neighbourhood, Protocol):
    """A house under a view."""

    def everybody(self) -> dict[int, Person]:
        """Every visible record, by ascending id."""
        ...


class House(Protocol):
    """What the laws do with a place where records are kept."""

    def take(self, records: Sequence[Record]) -> None:
        """One delivery."""
        ...

    def judge(self, judgement: Judgement) -> None: ...

    def purge(self, record: int) -> None: ...

    def opened(self, view: View) -> AbstractContextManager[Opened]: ...


def id_of(record: Record) -> int:
    """The id of a record in every house."""
    return record_id(RECORD_KEY, record.source, record.key)


def judgements_of(said: Said) -> list[Judgement]:
    """The judgements on `said`, by record id."""
    found = []
    for each in said.verdicts:
        left, right = sorted((id_of(said.records[each.left]), id_of(said.records[each.right])))
        at = START + timedelta(hours=each.hour)
        found.append(Judgement(left, right, each.verdict, "clerk", "saw both", at))
    return found


def fill(house: House, said: Said) -> House:
    """`house` with all of `said` in one delivery."""
    house.take(said.records)
    for each in judgements_of(said):
        house.judge(each)
    return house


def visible_person(record: Record, view: View) -> Person:
    """The parts of a record of a visible class that `view` shows."""
    parts = record_to_parts(record)
    return person_from_parts({g: body for g, body in parts.items() if view.allows(CLASSES[record.source], g)})


def sighting(record: Record, view: View) -> tuple[int, ...]:
    """Where a record was made, and when its person was held, made up from its name. Who may not see custody does not
    see when."""
    place = list(CLASSES).index(record.source)
    where = (state_number(("OZ", "OZ", "AU")[place % 3]), place)
    if not view.allows(CLASSES[record.source], FieldGroup.CUSTODY):
        return (*where, UNSEEN, UNSEEN, UNSEEN, 0)
    chance = id_of(record) % 1009
    since, lasts = chance % 7 * _DAY, chance % 4 * _DAY
    return (*where, since if chance % 3 else UNSEEN, since, since + lasts, chance % 2)


def only_visible(said: Said, view: View) -> Said:
    """What `view` may see of `said`: the records of its classes, only their visible parts, judgements on two such."""
    seen = [each for each in said.records if CLASSES[each.source] in view.visible]
    at = {each.key: position for position, each in enumerate(seen)}
    key = [each.key for each in said.records]
    verdicts = [
        replace(each, left=at[key[each.left]], right=at[key[each.right]])
        for each in said.verdicts
        if key[each.left] in at and key[each.right] in at
    ]
    return Said(tuple(replace(each, person=visible_person(each, view)) for each in seen), tuple(verdicts))


def without(said: Said, gone: int) -> Said:
    """`said` as if the record at position `gone` had never been."""
    verdicts = [
        replace(each, left=each.left - (each.left > gone), right=each.right - (each.right > gone))
        for each in said.verdicts
        if gone not in (each.left, each.right)
    ]
    return Said(said.records[:gone] + said.records[gone + 1 :], tuple(verdicts))


def taken_back(record: Record, hour: int) -> Record:
    """The source's word that `record` is no more."""
    at = START + timedelta(hours=hour)
    return Record(record.source, record.key, record.record_class, at, operation=Operation.DELETE, place="row 9")


def stored_keys(features: Features, model: Model) -> list[list[tuple[int, FieldGroup]]]:
    """The blocking keys of each record, as a store keeps them."""
    keys = keys_of(features, model)
    found: list[list[tuple[int, FieldGroup]]] = [[] for _ in features.sex]
    for key, row, groups in zip(keys.key.tolist(), keys.row.tolist(), keys.groups.tolist(), strict=True):
        found[row].append((key, FieldGroup(groups)))
    return found


@dataclass
class MemoryHouse:
    """Keeps the latest version of each record, its keys made of the whole of it, and purged ids; in memory. `sighted`:
    where and when people were held is known."""

    model: Model
    sighted: bool = False
    latest: dict[int, Record] = field(default_factory=dict)
    keys: dict[int, list[tuple[int, FieldGroup]]] = field(default_factory=dict)
    parts: dict[int, dict[int, bytes]] = field(default_factory=dict)
    judged: set[Judgement] = field(default_factory=set)
    purged: set[int] = field(default_factory=set)

    def take(self, records: Sequence[Record]) -> None:
        for each in records:
            held = self.latest.get(id_of(each))
            if id_of(each) not in self.purged and (held is None or held.as_of < each.as_of):
                self.latest[id_of(each)] = each
        said = said_by_persons([each.person for each in self.latest.values()])
        features = features_of(code(said), self.model.frequencies)
        self.keys = dict(zip(self.latest, stored_keys(features, self.model), strict=True))
        self.parts = dict(zip(self.latest, map(parts_of, each_record(pack_features(features))), strict=True))

    def judge(self, judgement: Judgement) -> None:
        self.judged.add(judgement)

    def purge(self, record: int) -> None:
        self.purged.add(record)
        self.latest.pop(record, None)
        self.keys.pop(record, None)
        self.judged = {each for each in self.judged if record not in (each.left, each.right)}

    @contextmanager
    def opened(self, view: View) -> Iterator[Opened]:
        yield self._under(view)

    def _under(self, view: View) -> "MemoryView":
        seen = {
            record: each
            for record, each in self.latest.items()
            if CLASSES[each.source] in view.visible and each.operation is Operation.PUT
        }
        keyed = [
            (key, record)
            for record, each in seen.items()
            for key, groups in self.keys[record]
            if view.allows(CLASSES[each.source], groups)
        ]
        persons = {record: visible_person(each, view) for record, each in seen.items()}
        parts = {
            record: {
                g: body for g, body in self.parts[record].items() if view.allows(CLASSES[each.source], FieldGroup(g))
            }
            for record, each in seen.items()
        }
        seen_at = {record: sighting(each, view) for record, each in seen.items()} if self.sighted else {}
        judged = [each for each in self.judged if {each.left, each.right} <= set(seen)]
        return MemoryView(persons, parts, seen_at, keyed, judged)


@dataclass(frozen=True)
class MemoryView:
    """What a view shows of a house in memory; pairs of keys and records come in an order that nobody would choose."""

    visible: Mapping[int, Person]
    parts: Mapping[int, Mapping[int, bytes]]
    seen_at: Mapping[int, Sequence[int]]
    keyed: Sequence[tuple[int, int]]
    judged: Sequence[Judgement]

    def everybody(self) -> dict[int, Person]:
        return dict(sorted(self.visible.items()))

    def told(self, records: Int64) -> Told:
        return told_of({record: of_parts(self.parts[record]) for record in records.tolist() if record in self.parts})

    def sighted(self, records: Int64) -> Sighted:
        seen = [record for record in reversed(records.tolist()) if record in self.seen_at]
        lines = np.array([self.seen_at[record] for record in seen], dtype=np.int64).reshape(-1, 6)
        return Sighted(
            np.array(seen, dtype=np.int64), sightings_of_rows(len(seen), np.arange(len(seen)), list(lines.T))
        )

    def near(self, asked: Asked) -> Near:
        wanted, frontier = set(asked.keys.tolist()), asked.frontier.tolist()
        found = sorted((pair for pair in self.keyed if pair[0] in wanted), key=lambda pair: hash(pair) % 1009)
        many = Counter(key for key, _ in found)
        most = {key: asked.most.loose if key < 0 else asked.most.any for key in many}
        common = {key: many[key] > most[key] for key in many}
        pairs = np.array([pair for pair in found if not common[pair[0]]], dtype=np.int64).reshape(-1, 2)
        return Near(
            key=pairs[:, 0].copy(),
            record=pairs[:, 1].copy(),
            capped=np.array(sorted(key for key in many if common[key]), dtype=np.int64),
            judgements=[each for each in self.judged if not {each.left, each.right}.isdisjoint(frontier)],
        )
