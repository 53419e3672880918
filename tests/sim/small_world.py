"""A country of a few places, drawn quickly and by the interface alone. Its fortnight has no change of the clocks."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from eyre.sim.world import (
    NEVER,
    Cases,
    Charges,
    Corrections,
    Facilities,
    Persons,
    Stays,
    Supervisions,
    World,
)

BEGINS = datetime(2026, 6, 1, tzinfo=UTC)
ENDS = BEGINS + timedelta(days=14)
SECOND = 1_000_000
DAY = 86_400 * SECOND
START = int(BEGINS.timestamp()) * SECOND
GIVEN = ("James", "Mary", "José", "Linda", "Wesley", "Theodora", "Cody", "Rosa")
SURNAMES = ("Smith", "O'Dell", "Muñoz", "De La Cruz", "Tallowby", "Ruiz-Ortega", "St. Claire", "Quillfeather")
CHARGES = (("565.056", "ASSAULT 4TH DEGREE", "M"), ("570.030", "STEALING", "M"), ("579.015", 'POSS "A & B" <2G', "F"))


def texts(values: Any) -> np.ndarray[Any, np.dtype[np.object_]]:
    return np.array(list(values), dtype=object)


def pick(draw: np.random.Generator, words: tuple[str, ...], count: int) -> np.ndarray[Any, np.dtype[np.object_]]:
    return texts(words[each] for each in draw.integers(len(words), size=count))


def persons(draw: np.random.Generator, count: int) -> Persons:
    return Persons(
        given=pick(draw, GIVEN, count),
        middle=pick(draw, ("", "Ann", "Lee", "Ray"), count),
        surname=pick(draw, SURNAMES, count),
        suffix=pick(draw, ("", "", "", "Jr"), count),
        alias_given=texts("ACE" if row % 7 == 0 else "" for row in range(count)),
        alias_surname=texts("Aliason" if row % 7 == 0 else "" for row in range(count)),
        sex=pick(draw, ("M", "M", "F"), count),
        born=draw.integers(-8000, 12_000, size=count).astype(np.int32),
        house_number=texts(str(each) for each in draw.integers(1, 9999, size=count)),
        street=pick(draw, ("Hickory St", "Lantern Ave"), count),
        city=pick(draw, ("Wrenfield", "Port Wren"), count),
        state=texts(["OZ"] * count),
        zip=pick(draw, ("00411", "00402"), count),
        twin=np.full(count, -1, dtype=np.int32),
    )


def facilities(kinds: tuple[str, ...], size: int) -> Facilities:
    count = len(kinds)
    zones = ("America/Chicago", "America/New_York", "America/Phoenix", "America/Los_Angeles")
    return Facilities(
        slug=texts(f"inv_{kind}_{row:03}" for row, kind in enumerate(kinds)),
        name=texts(f"Place {row} {kind}" for row, kind in enumerate(kinds)),
        kind=texts(kinds),
        county=texts(f"County {row}" for row in range(count)),
        fips=texts(f"99{row:03}" for row in range(count)),
        state=texts(["OZ"] * count),
        ocd=texts(f"ocd-division/country:us/state:oz/county:c{row}" for row in range(count)),
        zone=texts(zones[row % 4] for row in range(count)),
        size=np.full(count, size, dtype=np.int32),
    )


def said_of(draw: np.random.Generator, people: Persons, person: Any) -> dict[str, Any]:
    born = people.born[person].copy()
    born[draw.random(len(person)) < 0.05] = -1
    names = {name: getattr(people, name)[person] for name in ("given", "middle", "surname", "suffix", "sex")}
    return {**names, "born": born}


def stays(draw: np.random.Generator, people: Persons, places: list[int], size: int) -> Stays:
    each = size * 3
    facility = np.repeat(np.array(places, dtype=np.int32), each)
    count = len(facility)
    booked = START + draw.integers(-20 * 86_400, 14 * 86_400, size=count) * SECOND
    booked = booked[np.lexsort((booked, facility))]
    released = booked + draw.exponential(12 * 86_400, size=count).astype(np.int64) * SECOND + 3600 * SECOND
    released[draw.random(count) < 0.2] = NEVER
    sealed = np.full(count, NEVER, dtype=np.int64)
    hidden = np.flatnonzero(draw.random(count) < 0.02)
    sealed[hidden] = booked[hidden] + 2 * DAY
    person = draw.integers(len(people.given), size=count).astype(np.int32)
    return Stays(
        person=person,
        facility=facility,
        booked=booked,
        released=released,
        sealed=sealed,
        reason=pick(draw, ("released", "bonded", "transferred", "time_served"), count),
        goes_to=np.full(count, -1, dtype=np.int32),
        booking_number=numbers(facility, person),
        subject_number=texts(
            "" if place % 4 == 3 else f"J{each:06}" for place, each in zip(facility, person, strict=True)
        ),
        projected=np.where(draw.random(count) < 0.5, 20_700, -1).astype(np.int32),
        **said_of(draw, people, person),
    )


def numbers(facility: Any, person: Any) -> np.ndarray[Any, np.dtype[np.object_]]:
    """In a row; of every eighth place none, of every ninth by person."""
    counts: Counter[tuple[int, int]] = Counter()
    told = []
    for row, (place, who) in enumerate(zip(facility.tolist(), person.tolist(), strict=True)):
        counts[place, who] += 1
        own = str(counts[place, who]) if place % 8 == 4 and place < 80 else f"26{row:07}"
        told.append("" if place % 8 == 5 and place < 80 else own)
    return texts(told)


def charges(draw: np.random.Generator, kept: Stays) -> Charges:
    stay = np.repeat(np.arange(len(kept.booked), dtype=np.int32), draw.integers(1, 4, size=len(kept.booked)))
    count = len(stay)
    which = draw.integers(len(CHARGES), size=count)
    first = np.searchsorted(stay, stay)
    booked = kept.booked[stay]
    changed = np.where(draw.random(count) < 0.1, booked + DAY, NEVER)
    bond = draw.choice([-1, 50_000, 150_000, 2_500_000], size=count).astype(np.int64)
    return Charges(
        stay=stay,
        sequence=(np.arange(count) - first + 1).astype(np.int32),
        statute=texts(CHARGES[each][0] for each in which),
        description=texts(CHARGES[each][1] for each in which),
        severity=texts(CHARGES[each][2] for each in which),
        bond_type=pick(draw, ("CASH", "SURETY"), count),
        bond=bond,
        bond_after=np.where(changed == NEVER, bond, 100_000),
        bond_changed=changed,
        since=np.where(draw.random(count) < 0.05, booked + DAY // 2, booked),
        until=np.where(draw.random(count) < 0.05, booked + 3 * DAY, NEVER),
    )


def corrections(draw: np.random.Generator, kept: Stays) -> Corrections:
    stay = np.flatnonzero(draw.random(len(kept.booked)) < 0.05).astype(np.int32)
    fields = pick(draw, ("given", "surname", "born", "booked"), len(stay))
    values = {"given": "Corrected", "surname": "Rightly", "born": "1980-02-29"}
    moved = (kept.booked[stay] - 3600 * SECOND) // SECOND
    told = [
        values.get(name) or datetime.fromtimestamp(int(at), UTC).isoformat()
        for name, at in zip(fields.tolist(), moved.tolist(), strict=True)
    ]
    return Corrections(stay=stay, at=kept.booked[stay] + DAY, field=fields, value=texts(told))


def cases(draw: np.random.Generator, people: Persons, places: list[int], size: int) -> Cases:
    facility = np.repeat(np.array(places, dtype=np.int32), size * 2)
    count = len(facility)
    filed = START + draw.integers(-20 * 86_400, 14 * 86_400, size=count) * SECOND
    filed = filed[np.lexsort((filed, facility))]
    person = draw.integers(len(people.given), size=count).astype(np.int32)
    which = draw.integers(len(CHARGES), size=count)
    return Cases(
        person=person,
        facility=facility,
        stay=np.full(count, -1, dtype=np.int32),
        docket=texts(f"26CR-{row // 2:06}" if row % 5 == 0 else f"26CR-9{row:05}" for row in range(count)),
        kind=pick(draw, ("felony", "misdemeanor"), count),
        charge=texts(CHARGES[each][1] for each in which),
        statute=texts(CHARGES[each][0] for each in which),
        filed=filed,
        disposed=np.where(draw.random(count) < 0.5, filed + 5 * DAY, NEVER),
        disposition=pick(draw, ("guilty", "dismissed"), count),
        **said_of(draw, people, person),
    )


def supervisions(draw: np.random.Generator, people: Persons, places: list[int], size: int) -> Supervisions:
    facility = np.repeat(np.array(places, dtype=np.int32), size * 2)
    count = len(facility)
    began = START + draw.integers(-300 * 86_400, 14 * 86_400, size=count) * SECOND
    began = began[np.lexsort((began, facility))]
    person = draw.integers(len(people.given), size=count).astype(np.int32)
    return Supervisions(
        person=person,
        facility=facility,
        number=texts(f"S{row:06}" for row in range(count)),
        kind=texts(["probation"] * count),
        began=began,
        ended=np.where(draw.random(count) < 0.6, began + 295 * DAY, NEVER),
        status_changed=np.where(draw.random(count) < 0.1, began + 50 * DAY, NEVER),
        **said_of(draw, people, person),
    )


def small_world(seed: int = 7, *, jails: int = 12, size: int = 40) -> World:
    """`jails` jails of about `size`, and two of each other kind."""
    draw = np.random.default_rng(seed)
    kinds = ("jail",) * jails + ("prison", "court", "probation", "parole") * 2
    places = facilities(kinds, size)
    people = persons(draw, 60 * (jails + 2))
    keeping = [row for row, kind in enumerate(kinds) if kind in ("jail", "prison")]
    kept = stays(draw, people, keeping, size)
    return World(
        seed=seed,
        begins=BEGINS,
        ends=ENDS,
        persons=people,
        facilities=places,
        stays=kept,
        charges=charges(draw, kept),
        corrections=corrections(draw, kept),
        cases=cases(draw, people, [row for row, kind in enumerate(kinds) if kind == "court"], size),
        supervisions=supervisions(draw, people, [r for r, k in enumerate(kinds) if k in ("probation", "parole")], size),
    )
