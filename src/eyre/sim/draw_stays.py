"""Stays as facilities have them down: names and numbers as said, and which day of release was stated beforehand."""

import numpy as np
from numpy.typing import NDArray

from eyre.sim.draw_country import Country
from eyre.sim.draw_ends import MICRO, REASONS, Ends, micros
from eyre.sim.link_stays import Chains
from eyre.sim.local_time import DAY
from eyre.sim.number_bookings import number_bookings
from eyre.sim.say_names import say_names
from eyre.sim.scale import Scale
from eyre.sim.streams import stream
from eyre.sim.surnames_at import surnames_at
from eyre.sim.world import Persons, Renamings, Stays

Bools = NDArray[np.bool_]

_STATES_DAYS = 0.45  # of jails: with a projected day of release
_PROJECTED, _PROJECTED_FROM = 0.7, 5 * DAY  # of the stays there that last so long


def draw_stays(country: Country, chains: Chains, ends: Ends, people: tuple[Persons, Renamings], scale: Scale) -> Stays:
    """The table of stays; its rows are those of `chains`."""
    persons, renamings = people
    custody = chains.custody
    surname = surnames_at(persons, renamings, chains.person, custody.booked * MICRO)
    said = say_names(persons, chains.person, custody.facility, stream(scale.seed, "names"), surname)
    booking_number, subject_number = number_bookings(country, chains, said.subject, scale.seed)
    _, last = scale.seconds
    return Stays(
        person=chains.person.astype(np.int32),
        facility=custody.facility.astype(np.int32),
        booked=custody.booked * MICRO,
        released=micros(custody.released, last),
        sealed=micros(ends.sealed, last),
        reason=REASONS[ends.reason],
        goes_to=chains.goes_to.astype(np.int32),
        booking_number=booking_number,
        subject_number=subject_number,
        given=said.given,
        middle=said.middle,
        surname=said.surname,
        suffix=said.suffix,
        born=said.born,
        sex=said.sex,
        projected=_projected(country, chains, scale.seed),
    )


def _projected(country: Country, chains: Chains, seed: int) -> NDArray[np.int32]:
    """The days that are stated: six in ten are right, the others a few days early or late."""
    random = stream(seed, "projections")
    custody = chains.custody
    many = len(custody.booked)
    states = random.random(country.prisons.stop) < _STATES_DAYS
    states[country.prisons] = True
    told = states[custody.facility] & (custody.released - custody.booked > _PROJECTED_FROM)
    told &= random.random(many) < _PROJECTED
    day = country.times.to_local(country.zone[custody.facility], custody.released) // DAY
    off = np.select(
        [(kind := random.random(many)) < 0.6, kind < 0.78],
        [np.zeros(many, dtype=np.int64), -random.integers(1, 12, many)],
        random.integers(1, 35, many),
    )
    return np.where(told, day + off, -1).astype(np.int32)
