"""Compiling kernels before they are needed. What was compiled is kept on disk; a new installation has nothing."""

from datetime import date

import numpy as np

from eyre.model.person import Birth, BirthBasis, Person, PersonName
from eyre.resolve.features import code, features_of
from eyre.resolve.keys import Keys
from eyre.resolve.layout import Features
from eyre.resolve.model import Model
from eyre.resolve.resolve_all import cluster_components
from eyre.resolve.said import said_by_persons
from eyre.resolve.tie import Ties, tie_records
from eyre.resolve.weigh import room_for, weigh_pairs
from eyre.service.make_keys import made_of_persons

_NOBODY = Person(
    names=(PersonName(given="ANYBODY", surname="INVENTED"),),
    births=(Birth(date(1980, 5, 5), date(1980, 5, 5), BirthBasis.DATE),),
)


def warm_keys(model: Model) -> None:
    """Compiles what makes keys: needed to take records in and to find them."""
    made_of_persons([_NOBODY], model)


def warm_weighing(model: Model) -> None:
    """Compiles what weighs and clusters: needed to put persons together. Takes three times as long."""
    features: Features = features_of(code(said_by_persons([_NOBODY, _NOBODY])), model.frequencies)
    keys = Keys(np.ones(2, dtype=np.int64), np.arange(2, dtype=np.int32), np.ones(2, dtype=np.int32))
    tie_records(features, model, keys, floor_bits=model.floor)
    left, right = np.zeros(1, dtype=np.int32), np.ones(1, dtype=np.int32)
    out = room_for(1, explained=True)
    weigh_pairs(features, model.weight_array(), left, right, out)
    cluster_components(features, model, Ties(left, right, out.total), ())
