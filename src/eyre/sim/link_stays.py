"""Which stays are one person's: who is taken from a jail to another or to prison, and who comes back.

A stay follows at most one other, which ended before it began, and is followed by at most one. So nobody is in two
places at once, and a person's stays are a chain.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eyre.sim.draw_country import Country
from eyre.sim.draw_custody import Custody
from eyre.sim.local_time import DAY
from eyre.sim.scale import Scale
from eyre.sim.spread import Spread
from eyre.sim.streams import Int64, stream

Bools = NDArray[np.bool_]

RETURNS = 0.25
"""The share of admissions of people who were admitted within the year before."""
_FROM_A_JAIL = 0.80  # of admissions to prison; the others come from parole or from court
_BETWEEN_JAILS = 0.03  # of admissions to jail
_NEAR = 0.20  # of returns: to another jail of the state
_GAP = Spread.through([DAY * days // 4 for days in (
    2, 8, 20, 40, 64, 96, 136, 188, 248, 316, 396, 488, 600, 730, 880, 1_080, 1_400
)])  # fmt: skip
_WAY = (20 * 60, 5 * 3_600)  # how long it takes to bring someone to another place
_TO_PRISON_AFTER, _TO_JAIL_AFTER = 5 * DAY, 4 * 3_600
_PUT_OFF = 2 * DAY  # a stay that a transfer ends may have to last so much longer for it
_ROUNDS = 12
_GROUP = 1 << 36  # more seconds than any instant has


@dataclass(frozen=True)
class Chains:
    """`after` is the stay that each one follows, or -1; `goes_to` the stay that a transfer leads to, or -1; `person`
    counts people by their first stay. `custody` is that which was given, with the ends that transfers set."""

    custody: Custody
    after: Int64
    goes_to: Int64
    person: Int64


class _Offers(NamedTuple):
    """Stays that may be followed, by group and then end."""

    row: Int64
    key: Int64


def link_stays(country: Country, custody: Custody, scale: Scale) -> Chains:
    """The chains of all stays."""
    random = stream(scale.seed, "links")
    many = len(custody.booked)
    begins, ends = scale.seconds
    jail = custody.facility < country.prisons.start
    state = country.state[custody.facility]
    after = np.full(many, -1, dtype=np.int64)
    goes_to = np.full(many, -1, dtype=np.int64)
    free = (custody.released < ends) & jail
    for to_prison, share, least in ((True, _FROM_A_JAIL, _TO_PRISON_AFTER), (False, _BETWEEN_JAILS, _TO_JAIL_AFTER)):
        wants = np.flatnonzero(~custody.under_way & (jail != to_prison) & (random.random(many) < share))
        left = custody.booked[wants] - random.integers(*_WAY, len(wants))
        offers = np.flatnonzero(free & (custody.released - custody.booked > least))
        given = _match(state[wants], left, _offers(offers, state, custody))
        fits = (given >= 0) & (left >= begins)
        fits &= (left - custody.released[given] < _PUT_OFF) & (custody.facility[given] != custody.facility[wants])
        wants, left, given = wants[fits], left[fits], given[fits]
        after[wants], goes_to[given], free[given] = given, wants, False
        released = custody.released.copy()
        released[given] = left
        custody = replace(custody, released=released)
    back = ~custody.under_way & jail & (after < 0) & (random.random(many) < RETURNS)
    wants = np.flatnonzero(back)
    where = custody.facility[wants]
    near = random.random(len(wants)) < _NEAR
    first, last = (country.jails_of_state[state[wants] + edge] for edge in (0, 1))
    where = np.where(near, random.integers(first, last), where)
    left = custody.booked[wants] - _GAP.draw(len(wants), random)
    given = _match(where, left, _offers(np.flatnonzero(free), custody.facility, custody))
    after[wants[given >= 0]] = given[given >= 0]
    return Chains(custody, after, goes_to, _persons(after))


def _offers(rows: Int64, group: Int64, custody: Custody) -> _Offers:
    key = group[rows] * _GROUP + custody.released[rows]
    order = np.argsort(key, kind="stable")
    return _Offers(rows[order], key[order])


def _match(group: Int64, instant: Int64, offers: _Offers) -> Int64:
    """For each wish the stay of its group that ended last before its instant and that no other wish has; or -1."""
    given = np.full(len(group), -1, dtype=np.int64)
    at = np.searchsorted(offers.key, group * _GROUP + instant, side="right") - 1
    taken = np.zeros(len(offers.row), dtype=np.bool_)
    waiting = np.arange(len(group))
    for _ in range(_ROUNDS):
        waiting = waiting[at[waiting] >= 0]
        waiting = waiting[offers.key[at[waiting]] // _GROUP == group[waiting]]
        open_ = waiting[~taken[at[waiting]]]
        places, first = np.unique(at[open_], return_index=True)
        given[open_[first]] = offers.row[places]
        taken[places] = True
        waiting = waiting[given[waiting] < 0]
        at[waiting] -= 1
        if not len(waiting):
            break
    return given


def _persons(after: Int64) -> Int64:
    """The number of the person of each stay: people are counted in the order of their first stay's row."""
    rows = np.arange(len(after))
    root = np.where(after >= 0, after, rows)
    while True:
        further = root[root]
        if np.array_equal(further, root):
            break
        root = further
    first = root == rows
    return (np.cumsum(first) - 1)[root]
