"""The invented country as columns: who there is, where they are held, and what happens to them, all with its instant.

Everything is drawn before anything is published, so that the truth does not depend on who asks when. Instants are
microseconds since 1970 in UTC (`int64`); `NEVER` stands for what does not happen within the time that was drawn. Days
are days since 1970 (`int32`). A column of texts is a NumPy array of `object`.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

NEVER = np.iinfo(np.int64).max

Texts: TypeAlias = NDArray[np.object_]
Int64: TypeAlias = NDArray[np.int64]
Int32: TypeAlias = NDArray[np.int32]
Bools: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True)
class Persons:
    """One row a person, its names in capitals. `sex` is `M` or `F`; `alias_given` and `alias_surname` are empty for
    most; `twin` is the row of a twin or -1; surname and address are those at the start of the time drawn."""

    given: Texts
    middle: Texts
    surname: Texts
    suffix: Texts
    alias_given: Texts
    alias_surname: Texts
    sex: Texts
    born: Int32
    house_number: Texts
    street: Texts
    city: Texts
    state: Texts
    zip: Texts
    twin: Int32


@dataclass(frozen=True)
class Facilities:
    """One row a place that keeps or follows people: `kind` is jail, prison, court, probation or parole.

    `slug` is its source's id (`inv_…`), unique; `county` its county's invented name; `fips` text of five digits that no
    real county has; `ocd` its jurisdiction; `zone` an IANA time zone; `size` how many it keeps or follows on an average
    day (0 for a court).
    """

    slug: Texts
    name: Texts
    kind: Texts
    county: Texts
    fips: Texts
    state: Texts
    ocd: Texts
    zone: Texts
    size: Int32


@dataclass(frozen=True)
class Stays:
    """One row a stay in a jail or prison, sorted by `facility`, then `booked`.

    `given` to `born` are the name and the birth date as that facility has them, errors included (`born` -1: it has
    none). `released` is the true instant (`NEVER`: still there at the end); `reason` why it ended: released, bonded,
    transferred, to_supervision, time_served, sealed; `goes_to` the stay (row) that a transfer leads to, or -1.
    `sealed` is the instant from which the facility no longer speaks of the stay (`NEVER` for nearly all).
    `projected` is a day that the facility states beforehand, right or wrong, or -1.
    """

    person: Int32
    facility: Int32
    booked: Int64
    released: Int64
    sealed: Int64
    reason: Texts
    goes_to: Int32
    booking_number: Texts
    subject_number: Texts
    given: Texts
    middle: Texts
    surname: Texts
    suffix: Texts
    born: Int32
    sex: Texts
    projected: Int32


@dataclass(frozen=True)
class Charges:
    """One row a charge of a stay, sorted by `stay`, then `sequence`. It is there from `since` to `until`; at
    `bond_changed` its bond goes from `bond` to `bond_after` (cents; -1: no bond)."""

    stay: Int32
    sequence: Int32
    statute: Texts
    description: Texts
    severity: Texts
    bond_type: Texts
    bond: Int64
    bond_after: Int64
    bond_changed: Int64
    since: Int64
    until: Int64


@dataclass(frozen=True)
class Corrections:
    """A facility corrects what it said of a stay, at `at`: `field` (given, surname, born, booked) gets `value` (text;
    ISO day or instant for born and booked). Sorted by stay, then instant."""

    stay: Int32
    at: Int64
    field: Texts
    value: Texts


@dataclass(frozen=True)
class Cases:
    """One row a defendant in a criminal case at a court: filed, perhaps disposed; `stay` the stay it belongs to, or
    -1. Sorted by facility, then filed."""

    person: Int32
    facility: Int32
    stay: Int32
    docket: Texts
    kind: Texts
    charge: Texts
    statute: Texts
    filed: Int64
    disposed: Int64
    disposition: Texts
    given: Texts
    middle: Texts
    surname: Texts
    suffix: Texts
    born: Int32
    sex: Texts


@dataclass(frozen=True)
class Supervisions:
    """One row a term of probation or parole. Sorted by facility, then `began`."""

    person: Int32
    facility: Int32
    number: Texts
    kind: Texts
    began: Int64
    ended: Int64
    status_changed: Int64
    given: Texts
    middle: Texts
    surname: Texts
    suffix: Texts
    born: Int32
    sex: Texts


@dataclass(frozen=True)
class Moves:
    """A person lives at this address from `at` on. Sorted by `person`; nobody moves twice."""

    person: Int32
    at: Int64
    house_number: Texts
    street: Texts
    city: Texts
    state: Texts
    zip: Texts


@dataclass(frozen=True)
class Renamings:
    """A person bears this surname from `at` on: a marriage, mostly. Sorted by `person`; nobody is renamed twice. What
    is booked, filed or begun later may have the new name."""

    person: Int32
    at: Int64
    surname: Texts


def _no_moves() -> Moves:
    none: Texts = np.empty(0, dtype=np.object_)
    return Moves(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64), none, none, none, none, none)


def _no_renamings() -> Renamings:
    return Renamings(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64), np.empty(0, dtype=np.object_))


@dataclass(frozen=True)
class World:
    """The whole of it, from `begins` to `ends` (UTC)."""

    seed: int
    begins: datetime
    ends: datetime
    persons: Persons
    facilities: Facilities
    stays: Stays
    charges: Charges
    corrections: Corrections
    cases: Cases
    supervisions: Supervisions
    moves: Moves = field(default_factory=_no_moves)
    renamings: Renamings = field(default_factory=_no_renamings)

    def rows_of(self, table: Any, facility: int) -> slice:
        """The rows of `table` (`stays`, `cases` or `supervisions`) that are of one facility."""
        edges = np.array([facility, facility + 1], dtype=table.facility.dtype)  # of another type the column is copied
        first, last = np.searchsorted(table.facility, edges)
        return slice(int(first), int(last))
