"""An invented country to live in: postal codes of very different sizes, towns, streets, houses and blocks of flats."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eyre.sim.slips import Int64, Texts

PERSONS_PER_ZIP = 8_000
_LEAST_ZIPS = 12
_ZIP_SPREAD = 0.9  # of the logarithm of a postal code's size
_ZIPS_PER_CITY = 3.0
_CITIES_PER_STATE = 7
_STATES = "oh pa ga mi nc wa az tn in mo md wi co mn sc al la ky or ok".split()
_BEGIN = (
    "alder brook cedar clay dun east elm fair glen green hart hazel kings lake long mill north oak red river rock salt "
    "south spring stone sun west white wind wood"
).split()
_END = "ford ton ville field dale burg haven port wood view mont side bridge brook crest ham".split()
_TREES = (
    "main oak maple cedar elm pine washington park lake hill walnut spring north ridge church willow mill jackson "
    "lincoln sunset railroad cherry highland river forest meadow franklin jefferson center green locust spruce "
    "broadway dogwood hickory chestnut adams poplar valley"
).split()
_KINDS = ("st", "ave", "rd", "dr", "ln", "ct", "blvd", "way", "pl", "cir")
_KIND_SHARES = np.array([0.30, 0.20, 0.15, 0.14, 0.08, 0.05, 0.03, 0.02, 0.02, 0.01])
_KIND_LONG = ("street", "avenue", "road", "drive", "lane", "court", "boulevard", "way", "place", "circle")
_NAMES = 4_000
_LOCAL = 300  # streets that one postal code has
_FLATS = 0.28
_BLOCKS = 120  # of flats that one postal code has; the largest holds a twenty-fourth of them

KINDS_SHORT = np.array([b"", *(kind.encode() for kind in _KINDS)])
KINDS_LONG = np.array([b"", *(kind.encode() for kind in _KIND_LONG)])
DIRECTIONS = np.array([b"", b"n", b"s", b"e", b"w"])


@dataclass(frozen=True)
class Country:
    """Texts by number, the share of people that lives in each postal code (cumulated), and what lies in what."""

    zip_steps: NDArray[np.float64]
    zip_text: Texts
    zip_city: Int64
    city_text: Texts
    city_state: Int64
    state_text: Texts
    street_text: Texts


@dataclass(frozen=True)
class Homes:
    """Addresses by number. `unit` is 0 for a house; `direction` and `kind` are 0 for none."""

    zip: Int64
    direction: Int64
    street: Int64
    kind: Int64
    house: Int64
    unit: Int64


def make_country(persons: int, surnames: Texts, random: np.random.Generator) -> Country:
    """A country for so many `persons`. Streets are named after trees, then after `surnames`."""
    zips = max(_LEAST_ZIPS, round(persons / PERSONS_PER_ZIP))
    size = np.exp(random.normal(0.0, _ZIP_SPREAD, zips))
    cities = min(max(4, round(zips / _ZIPS_PER_CITY)), len(_BEGIN) * len(_END))
    states = min(len(_STATES), max(2, cities // _CITIES_PER_STATE))
    of_city = 1.0 / np.arange(1, cities + 1)  # Zipf: a few towns have most of the postal codes
    zip_city = np.concatenate([np.arange(cities), random.choice(cities, zips - cities, p=of_city / of_city.sum())])
    towns = [f"{begin}{end}".encode() for begin in _BEGIN for end in _END]
    city_state = np.arange(cities) % states
    order = np.argsort(city_state[zip_city], kind="stable")  # a state's postal codes follow each other
    zip_city = zip_city[order]
    codes = 10_000 + city_state[zip_city] * 4_000 + np.arange(zips) * 3 % 3_999
    names = [name.encode() for name in _TREES]
    names += surnames[random.permutation(len(surnames))[: _NAMES - len(names)]].tolist()
    return Country(
        zip_steps=np.cumsum(size) / size.sum(),
        zip_text=np.array([str(code).encode() for code in codes]),
        zip_city=zip_city,
        city_text=np.array([towns[each] for each in random.permutation(len(towns))[:cities]]),
        city_state=city_state,
        state_text=np.array([state.encode() for state in _STATES[:states]]),
        street_text=np.array(names, dtype="S"),
    )


def draw_zips(country: Country, many: int, random: np.random.Generator) -> Int64:
    """So many postal codes, as often as people live there."""
    return np.searchsorted(country.zip_steps, random.random(many), side="right").astype(np.int64)


def draw_homes(country: Country, zips: Int64, random: np.random.Generator) -> Homes:
    """A home in each of `zips`: some streets are in every town and some have many more homes than others; a flat
    shares its house number with those of its block."""
    many = len(zips)
    rank = np.minimum((random.pareto(0.7, many) * 4).astype(np.int64), _LOCAL - 1)
    kind = 1 + np.searchsorted(np.cumsum(_KIND_SHARES)[:-1], random.random(many), side="right").astype(np.int64)
    direction = np.where(random.random(many) < 0.25, random.integers(1, len(DIRECTIONS), many), 0)
    house = 1 + (random.gamma(1.0, 900.0, many)).astype(np.int64)
    flat = random.random(many) < _FLATS
    block = (_BLOCKS * random.random(many) ** 1.5).astype(np.int64)
    mixed = (zips * 7_919 + block * 104_729 + 12_345) % 1_000_003
    rank = np.where(flat, mixed % _LOCAL, rank)
    kind = np.where(flat, 1 + mixed // 7 % 4, kind)
    direction = np.where(flat, 0, direction)
    house = np.where(flat, 100 + mixed // 31 % 4_900, house)
    trees, rest = len(_TREES), len(country.street_text) - len(_TREES)
    street = np.where(rank < trees, (rank + zips % 5) % trees, trees + (rank * 37 + zips * 1_009) % rest)
    return Homes(zips, direction, street, kind, house, np.where(flat, random.integers(1, 320, many), 0))
