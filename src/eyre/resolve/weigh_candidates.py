"""Weighing the pairs that a search came upon, with where and when people were held looked up for few of them.

Where and when somebody was held lies in events and looks, and costs three times what is told of a record at all. It can
add to a pair's weight only so much: pairs that do not come near the floor without it are not told of it.
"""

from typing import NamedTuple

import numpy as np

from eyre.resolve.hopeful import hopeful
from eyre.resolve.known_records import KnownRecords
from eyre.resolve.layout import SCALE, Features, Int32, Int64
from eyre.resolve.model import Model
from eyre.resolve.neighbourhood import Neighbourhood
from eyre.resolve.sightings import NO_SIGHTINGS, most_by_sightings, with_sightings
from eyre.resolve.weigh import Weighed, room_for, weigh_pairs


class Candidates(NamedTuple):
    """Pairs of slots that come near the floor or reach it; of `left` the record's id is the lesser one. `weight` and
    `vote` in 1/1024 bit. `slots` are all that were weighed, ascending, with their `features` but for sightings."""

    left: Int64
    right: Int64
    weight: Int64
    vote: Int64
    slots: Int64
    features: Features


def weigh_candidates(known: KnownRecords, pairs: Int64, neighbourhood: Neighbourhood, model: Model) -> Candidates:
    """Weighs pairs of slots, each in one number, of which all is told."""
    left, right = _by_id(known, pairs)
    slots, rows = _rows_of(len(known.ids), left, right)
    features = with_sightings(known.features_of(slots), NO_SIGHTINGS)
    weights = model.weight_array()
    least = round(model.floor * SCALE) - most_by_sightings(weights)
    near = np.flatnonzero(hopeful(features, weights, *rows, least))
    near = near[_weighed(features, weights, rows, near).total >= least]
    left, right = left[near], right[near]
    look_up_sightings(known, np.unique(np.concatenate([left, right])), neighbourhood)
    out = _weighed(with_sightings(features, known.sightings_of(slots)), weights, rows, near)
    return Candidates(left, right, out.total.astype(np.int64), out.vote.astype(np.int64), slots, features)


def look_up_sightings(known: KnownRecords, slots: Int64, neighbourhood: Neighbourhood) -> None:
    """Where and when `slots` were seen, as far as that was not asked yet."""
    new = slots[~known.are_sighted[slots]]
    if len(new):
        known.sight(new, neighbourhood.sighted(np.sort(known.ids[new])))


def _weighed(features: Features, weights: Int32, rows: tuple[Int32, Int32], some: Int64) -> Weighed:
    """Some of the pairs of rows, weighed."""
    out = room_for(len(some))
    weigh_pairs(features, weights, rows[0][some], rows[1][some], out)
    return out


def _by_id(known: KnownRecords, pairs: Int64) -> tuple[Int64, Int64]:
    """The slots of pairs, that of the lesser id first."""
    one, other = pairs >> 32, pairs & 0xFFFFFFFF
    turned = known.ids[one] > known.ids[other]
    return np.where(turned, other, one), np.where(turned, one, other)


def _rows_of(count: int, left: Int64, right: Int64) -> tuple[Int64, tuple[Int32, Int32]]:
    """The slots of pairs, ascending, and where each pair's two stand among them."""
    row_of = np.zeros(count, dtype=np.int32)
    row_of[left], row_of[right] = 1, 1
    slots = np.flatnonzero(row_of)
    row_of[slots] = np.arange(len(slots), dtype=np.int32)
    return slots, (row_of[left], row_of[right])
