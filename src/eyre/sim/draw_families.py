"""Who belongs to whom among the invented people: brothers and sisters, couples, parents and children, twins, people who
share a flat; their sexes and birth dates."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eyre.sim.number_persons import Origins
from eyre.sim.scale import Scale
from eyre.sim.spread import Spread
from eyre.sim.streams import Int64, pick, stream

Bools = NDArray[np.bool_]

ALONE, SIBLING, PARTNER, GENERATION, TWIN, SHARER = range(6)
_RELATED = 0.13  # of people: with the one before them in their county
_RELATIONS = (0, 32, 17, 28, 8, 15)  # of those, in that order
_YEAR = 365.25
_AGES = Spread.through([round(_YEAR * years) for years in (
    18, 19.5, 21.5, 23.5, 25.5, 27.5, 29.5, 31.5, 33.5, 35.5, 38, 40.5, 43.5, 47.5, 52, 58.5, 85
)])  # fmt: skip
_OF_AGE = 6_576  # days that an adult has lived
_SIBLINGS_APART, _GENERATIONS_APART = (330, 3_300), (6_700, 13_200)
_NO_DAY = -1  # stands for no date, so that nobody is born on 31 December 1969


@dataclass(frozen=True)
class Families:
    """A row a person. `head` is the row of the one that `relation` is to (oneself for ALONE); `born` are days since
    1970; `twin` the row of a twin or -1."""

    head: Int64
    relation: Int64
    female: Bools
    born: Int64
    twin: Int64


def draw_families(origins: Origins, scale: Scale) -> Families:
    """Families within each county."""
    random = stream(scale.seed, "families")
    county = origins.county
    many = len(county)
    order = np.lexsort((random.random(many), county))
    related = np.concatenate([[False], county[order[1:]] == county[order[:-1]]])
    related &= random.random(many) < _RELATED
    first = np.flatnonzero(~related)
    place = np.arange(many) - np.repeat(first, np.diff(np.append(first, many)))
    relation = np.where(related, pick(_RELATIONS, many, random), ALONE)
    relation = np.where((relation == TWIN) & (place > 1), SIBLING, relation)
    head, of = np.empty(many, dtype=np.int64), np.empty(many, dtype=np.int64)
    head[order] = order[np.arange(many) - place]
    of[order] = relation
    female = _sexes(head, of, origins.female_share, random)
    born = _births(head, of, origins.met, random)
    twin = np.full(many, -1, dtype=np.int64)
    seconds = np.flatnonzero(of == TWIN)
    twin[seconds], twin[head[seconds]] = head[seconds], seconds
    return Families(head, of, female, born, twin)


def _sexes(head: Int64, relation: Int64, share: NDArray[np.float64], random: np.random.Generator) -> Bools:
    chance = random.random(len(head))
    female: Bools = random.random(len(head)) < share
    female = np.where((relation == PARTNER) & (chance < 0.96), ~female[head], female)
    return np.where((relation == TWIN) & (chance < 0.8), female[head], female)


def _births(head: Int64, relation: Int64, met: Int64, random: np.random.Generator) -> Int64:
    many = len(head)
    born = met - _AGES.draw(many, random)
    of_head = born[head]
    apart = random.integers(*_SIBLINGS_APART, many)
    sibling = of_head + np.where(random.random(many) < 0.5, apart, -apart)
    apart = random.integers(*_GENERATIONS_APART, many)
    generation = of_head + np.where(met - of_head - apart > _OF_AGE, apart, -apart)
    partner = of_head + random.integers(-2_200, 2_200, many)
    born = np.select(
        [relation == SIBLING, relation == GENERATION, relation == PARTNER, relation == TWIN],
        [sibling, generation, partner, of_head],
        born,
    )
    born = np.minimum(born, met - _OF_AGE)
    twins = np.flatnonzero(relation == TWIN)  # both of age when the first of them is met
    born[twins] = born[head[twins]] = np.minimum(born[twins], born[head[twins]])
    return np.where(born == _NO_DAY, _NO_DAY - 1, born)
