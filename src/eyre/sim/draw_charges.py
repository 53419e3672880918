"""What each stay is for: two or three charges on average, some added or dropped while it lasts, with bonds that are set
and changed."""

import numpy as np
from numpy.typing import NDArray

from eyre.sim.draw_country import Country
from eyre.sim.draw_ends import MICRO
from eyre.sim.link_stays import Chains
from eyre.sim.local_time import DAY
from eyre.sim.offences import (
    BOND_TYPES,
    CASH,
    DESCRIPTION,
    FELONY,
    FELONY_BONDS,
    NO_BOND,
    OTHER_BONDS,
    RECOGNIZANCE,
    SEVERITY,
    STATUTE,
    SURETY,
    WEIGHT,
)  # fmt: skip
from eyre.sim.scale import Scale
from eyre.sim.streams import Int64, pick, stream
from eyre.sim.world import NEVER, Charges

_COUNTS = (0, 36, 25, 15, 10, 6, 3, 3, 2)  # of stays with so many charges
_LASTS = DAY  # a shorter stay is over before anything is changed
_ADDED, _DROPPED = 0.08, 0.07  # of stays with more than one charge that last
_BOND_CHANGED = 0.06  # of charges with a bond
_CENTS = 100


def draw_charges(country: Country, chains: Chains, scale: Scale) -> Charges:
    """The table of charges."""
    random = stream(scale.seed, "charges")
    custody = chains.custody
    counts = pick(_COUNTS, len(custody.booked), random)
    stay = np.repeat(np.arange(len(counts)), counts)
    sequence = np.arange(len(stay)) - np.repeat(np.cumsum(counts) - counts, counts)
    offence = pick(WEIGHT, len(stay), random)
    since, until = _times(chains, (stay, sequence, counts[stay]), scale, random)
    prison = custody.facility[stay] >= country.prisons.start
    bond_type, bond = _bonds(offence, prison, random)
    changes = (bond > 0) & (random.random(len(stay)) < _BOND_CHANGED)
    changes &= custody.released[stay] - custody.booked[stay] > _LASTS
    changed = _while_it_lasts(chains, stay, random)
    bond_changed = np.where(changes & (changed < scale.seconds[1]), changed * MICRO, NEVER)
    bond_changed = np.where((bond_changed > since) & (bond_changed < until), bond_changed, NEVER)
    after = np.array([0, 1, 2, 4])[pick((10, 30, 0, 25), len(stay), random)] * bond // 2
    after = np.where(after == bond, bond * 2 // 5, after)
    return Charges(
        stay=stay.astype(np.int32),
        sequence=(sequence + 1).astype(np.int32),
        statute=STATUTE[offence],
        description=DESCRIPTION[offence],
        severity=SEVERITY[offence],
        bond_type=BOND_TYPES[bond_type],
        bond=bond,
        bond_after=np.where(bond_changed < NEVER, after, bond),
        bond_changed=bond_changed,
        since=since,
        until=until,
    )


def _times(
    chains: Chains, places: tuple[Int64, Int64, Int64], scale: Scale, random: np.random.Generator
) -> tuple[Int64, Int64]:
    """Since when and until when each charge is there."""
    stay, sequence, of = places
    custody = chains.custody
    lasts = (custody.released - custody.booked > _LASTS)[stay] & (of > 1)
    ends = scale.seconds[1]
    chance = random.random(len(custody.booked))[stay]
    added_at, dropped_at = _while_it_lasts(chains, stay, random), _while_it_lasts(chains, stay, random)
    added = lasts & (sequence == of - 1) & (chance < _ADDED) & (added_at < ends)
    dropped = lasts & (sequence == 0) & (chance > 1 - _DROPPED) & (dropped_at < ends)
    since = np.where(added, added_at, custody.booked[stay]) * MICRO
    return since, np.where(dropped, np.minimum(dropped_at, ends) * MICRO, NEVER)


def _while_it_lasts(chains: Chains, stay: Int64, random: np.random.Generator) -> Int64:
    """An instant within each stay."""
    booked, released = chains.custody.booked[stay], chains.custody.released[stay]
    return random.integers(booked + 60, np.maximum(released, booked + 61))


def _bonds(offence: Int64, prison: NDArray[np.bool_], random: np.random.Generator) -> tuple[Int64, Int64]:
    """The kind of bond of each charge and how many cents it is; -1 where there is none."""
    felony = FELONY[offence]
    many = len(offence)
    kind = np.where(felony, pick((22, 48, 8, 22), many, random), pick((38, 27, 25, 10), many, random))
    kind = np.where(prison, NO_BOND, kind)
    dollars = np.where(
        felony,
        FELONY_BONDS[random.integers(0, len(FELONY_BONDS), many)],
        OTHER_BONDS[random.integers(0, len(OTHER_BONDS), many)],
    )
    bond = np.where((kind == CASH) | (kind == SURETY), dollars * _CENTS, np.where(kind == RECOGNIZANCE, 0, -1))
    return kind, bond
