"""Why each stay ended, and what was sealed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eyre.sim.draw_country import Country
from eyre.sim.link_stays import Chains
from eyre.sim.local_time import DAY
from eyre.sim.scale import Scale
from eyre.sim.streams import Int64, pick, stream
from eyre.sim.world import NEVER, Texts

Bools = NDArray[np.bool_]

MICRO = 1_000_000
REASONS: Texts = np.array(
    ["released", "bonded", "transferred", "to_supervision", "time_served", "sealed", ""], dtype=np.object_
)
_RELEASED, _BONDED, _TRANSFERRED, TO_SUPERVISION, _TIME_SERVED, _SEALED, _STILL_THERE = range(7)
_SHORT = 36 * 3_600
_AFTER_SHORT, _AFTER_LONG, _AFTER_PRISON = (40, 55, 0, 0, 5), (29, 15, 1, 20, 35), (0, 0, 0, 65, 35)
_SEALINGS = 0.005
_SEAL_LATER = 20 * DAY  # at most, after a release


@dataclass(frozen=True)
class Ends:
    """By stay: an index into `REASONS`, and the second from which it is no longer spoken of (`NEVER` for most)."""

    reason: Int64
    sealed: Int64


def draw_ends(country: Country, chains: Chains, scale: Scale) -> Ends:
    """How all stays end, as far as they do."""
    reason = _reasons(country, chains, scale.seconds[1], scale.seed)
    sealed, at_release = _sealings(chains, scale)
    return Ends(np.where(at_release, _SEALED, reason), sealed)


def micros(seconds: Int64, ends: int) -> Int64:
    """Instants in microseconds; `NEVER` for what does not happen before the end."""
    return np.where(seconds < ends, np.minimum(seconds, ends) * MICRO, NEVER)


def _reasons(country: Country, chains: Chains, ends: int, seed: int) -> Int64:
    random = stream(seed, "reasons")
    custody = chains.custody
    many = len(custody.booked)
    reason = np.where(
        custody.released - custody.booked < _SHORT, pick(_AFTER_SHORT, many, random), pick(_AFTER_LONG, many, random)
    )
    prison = custody.facility >= country.prisons.start
    reason = np.where(prison, pick(_AFTER_PRISON, many, random), reason)
    reason = np.where(chains.goes_to >= 0, _TRANSFERRED, reason)
    return np.where(custody.released >= ends, _STILL_THERE, reason)


def _sealings(chains: Chains, scale: Scale) -> tuple[Int64, Bools]:
    """From when some stays are no longer spoken of (far off for most): half while they last, a quarter from their end
    on, a quarter later; and which end by it."""
    random = stream(scale.seed, "sealings")
    begins, ends = scale.seconds
    booked, released = chains.custody.booked, chains.custody.released
    sealed = np.full(len(booked), NEVER)
    rows = np.flatnonzero(random.random(len(booked)) < _SEALINGS)
    seen = np.maximum(booked[rows], begins) + 60
    last = np.maximum(np.minimum(released[rows], ends), seen + 1)
    during = random.integers(seen, last)
    later = released[rows] + random.integers(3_600, _SEAL_LATER, len(rows))
    kind = random.random(len(rows))
    sealed[rows] = np.select([kind < 0.5, kind < 0.75], [during, released[rows]], later)
    at_release = (sealed == released) & (released < ends) & (chains.goes_to < 0)
    return np.where((sealed == released) & ~at_release, NEVER, sealed), at_release
