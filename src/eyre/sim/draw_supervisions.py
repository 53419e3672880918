"""Terms of probation and parole as their offices have them down."""

import numpy as np

from eyre.sim.counted import number_texts
from eyre.sim.draw_country import Country
from eyre.sim.draw_ends import MICRO, micros
from eyre.sim.local_time import DAY
from eyre.sim.plan_terms import Terms
from eyre.sim.say_names import say_names
from eyre.sim.scale import Scale
from eyre.sim.streams import stream
from eyre.sim.surnames_at import surnames_at
from eyre.sim.world import NEVER, Persons, Renamings, Supervisions, Texts

_CHANGES_A_YEAR = 0.10
_YEAR = 365.25
_KINDS: Texts = np.array(["probation", "parole"], dtype=np.object_)


def draw_supervisions(country: Country, terms: Terms, people: tuple[Persons, Renamings], scale: Scale) -> Supervisions:
    """The table of terms."""
    persons, renamings = people
    random = stream(scale.seed, "term_names")
    begins, ends = scale.seconds
    many = len(terms.person)
    first, last = np.maximum(terms.began, begins), np.minimum(terms.ended, ends)
    changed = random.integers(first, np.maximum(last, first + 1))
    changes = random.random(many) < _CHANGES_A_YEAR * (last - first) / (DAY * _YEAR)
    surname = surnames_at(persons, renamings, terms.person, terms.began * MICRO)
    said = say_names(persons, terms.person, terms.office, random, surname)
    return Supervisions(
        person=terms.person.astype(np.int32),
        facility=terms.office.astype(np.int32),
        number=number_texts(10_000_000 + np.arange(many) * 3 + random.integers(0, 3, many), 8),
        kind=_KINDS[(terms.office >= country.parole.start).astype(np.int64)],
        began=terms.began * MICRO,
        ended=micros(terms.ended, ends),
        status_changed=np.where(changes & (changed > terms.began), changed * MICRO, NEVER),
        given=said.given,
        middle=said.middle,
        surname=said.surname,
        suffix=said.suffix,
        born=said.born,
        sex=said.sex,
    )
