"""Compiling kernels before they are needed. What was compiled is kept on disk; a new installation has nothing."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from eyre.model.person import Address, Birth, BirthBasis, Identifier, Person, PersonName
from eyre.resolve.features import code, features_of
from eyre.resolve.features_of_few import features_of_persons
from eyre.resolve.keys import Keys, keys_of
from eyre.resolve.layout import Int64
from eyre.resolve.model import Model
from eyre.resolve.neighbourhood import Asked, Near, Sighted, Told, told_of
from eyre.resolve.pack_features import each_record, pack_features
from eyre.resolve.resolve_all import resolve_all
from eyre.resolve.resolve_around import resolve_around
from eyre.resolve.said import said_by_persons
from eyre.resolve.weigh import room_for, weigh_pairs
from eyre.service.make_keys import made_of_persons

_MANY = 5_000
"""Records that are taken in at once so that everything is done in columns, also what is worth it only for thousands."""
_ALIKE = 40
"""Records that are resolved: so many that not all of their pairs are weighed (`resolve.hopeful.MANY`)."""
_FIRST_DAY = date(1950, 1, 2)


def warm_keys(model: Model) -> None:
    """Compiles what makes keys: needed to take records in, be they few or many, and to find them."""
    made_of_persons([_somebody(0)], model)
    made_of_persons([_somebody(number) for number in range(_MANY)], model)


def warm_around(model: Model) -> None:
    """Compiles what puts the persons around some records together, be they few or many. What weighs comes first: it
    takes the longest, and needs nothing of what `warm_keys` may be compiling in another process meanwhile."""
    person = _somebody(0)
    two = features_of_persons([person, person], model.frequencies)
    out = room_for(1, explained=True)
    weigh_pairs(two, model.weight_array(), np.zeros(1, dtype=np.int32), np.ones(1, dtype=np.int32), out)
    features = features_of(code(said_by_persons([person] * _ALIKE)), model.frequencies)
    crowd = _Crowd(dict(enumerate(each_record(pack_features(features)))), keys_of(features, model))
    resolve_around([0], crowd, model)
    resolve_around(range(_ALIKE), crowd, model)


def warm_live(model: Model) -> None:
    """Compiles all that taking records in and answering about them need: for a process that does so for long, before
    it is asked."""
    warm_keys(model)
    warm_around(model)


def warm_weighing(model: Model) -> None:
    """Compiles what weighs and clusters: needed to put persons together. Takes three times as long as `warm_keys`."""
    warm_around(model)
    resolve_all(said_by_persons([_somebody(0)] * _ALIKE), model)


@dataclass(frozen=True)
class _Crowd:
    """A neighbourhood of records 0, 1, ... that are in memory."""

    packed: dict[int, bytes]
    keys: Keys

    def told(self, records: Int64) -> Told:
        return told_of({record: self.packed[record] for record in records.tolist()})

    def sighted(self, _records: Int64) -> Sighted:
        return Sighted()

    def near(self, asked: Asked) -> Near:
        wanted = np.isin(self.keys.key, asked.keys)
        none = np.zeros(0, dtype=np.int64)
        return Near(self.keys.key[wanted], self.keys.row[wanted].astype(np.int64), none, ())


def _somebody(number: int) -> Person:
    """An invented person with every kind of value that kernels read; another number is another person."""
    letters = "".join(chr(ord("A") + number // 26**place % 26) for place in range(3))
    day = _FIRST_DAY + timedelta(days=number)
    return Person(
        names=(
            PersonName(given=f"ANY{letters}", middle=f"B{letters}", surname=f"INVENTED{letters}", suffix="JR"),
            PersonName(full=f"DE LA CRUZ{letters}, ANY{letters} B"),
        ),
        births=(Birth(day, day, BirthBasis.DATE),),
        sexes=("F",),
        identifiers=(
            Identifier("ssn", f"{900 + number % 99}-{10 + number // 99 % 80}-{1000 + number}"),
            Identifier("sid", f"OZ{number:08}", "OZ"),
        ),
        addresses=(
            Address(
                house_number=str(100 + number),
                street=f"N {letters} Main St",
                unit=f"# {number}",
                city=f"Springfield {letters}",
                state="OZ",
                postal_code=f"{number:05}",
            ),
        ),
        phones=(f"(555) 010-{number:04}",),
        emails=(f"any{letters}@example.org",),
    )
