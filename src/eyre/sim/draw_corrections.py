"""What facilities correct in what they said of a stay: mostly a name or a birth date that was wrong."""

import numpy as np

from eyre.sim.scale import Scale
from eyre.sim.streams import Int64, stream
from eyre.sim.world import Corrections, Persons, Stays, Texts

_OF_WRONG, _OF_BOOKED = 0.055, 0.002  # of stays with a wrong value, and of all stays for the instant of booking
_SOON = 5 * 86_400
_MICRO = 1_000_000
FIELDS: Texts = np.array(["given", "surname", "born", "booked"], dtype=np.object_)


def draw_corrections(persons: Persons, stays: Stays, scale: Scale) -> Corrections:
    """About one stay in a hundred; only what is corrected within the time drawn and while the stay lasts."""
    random = stream(scale.seed, "corrections")
    wrong = [
        stays.given != persons.given[stays.person],
        stays.surname != persons.surname[stays.person],
        stays.born != persons.born[stays.person],
    ]
    chance = random.random((4, len(stays.person)))
    rows = [np.flatnonzero(wrong[at] & (chance[at] < _OF_WRONG)) for at in range(3)]
    rows.append(np.flatnonzero(chance[3] < _OF_BOOKED))
    stay = np.concatenate(rows)
    field = np.repeat(np.arange(4), [len(each) for each in rows])
    begins, ends = (each * _MICRO for each in scale.seconds)
    at = np.maximum(stays.booked[stay], begins) + random.integers(600, _SOON, len(stay)) * _MICRO
    until = np.minimum(np.minimum(stays.released, stays.sealed)[stay], ends)
    order = np.lexsort((field, at, stay))
    order = order[(at < until)[order]]
    stay, field, at = stay[order], field[order], at[order]
    person = stays.person[stay]
    minutes = random.integers(-180, 180, len(stay)) * 60 * _MICRO
    value = np.select(
        [field == 0, field == 1, field == 2],
        [persons.given[person], persons.surname[person], _days(persons.born[person].astype(np.int64))],
        _instants(np.minimum(stays.booked[stay] + minutes, at - 60 * _MICRO)),
    )
    return Corrections(stay.astype(np.int32), at, FIELDS[field], value)


def _days(days: Int64) -> Texts:
    return np.datetime_as_string(days.astype("datetime64[D]")).astype(np.object_)


def _instants(micros: Int64) -> Texts:
    shown = np.datetime_as_string((micros // _MICRO).astype("datetime64[s]"))
    return np.char.add(shown, "Z").astype(np.object_)
