"""What would be known had nobody said a field: features without it.

Whoever asks how often a field agrees within one person must not choose the pairs by that field. So the pairs are found
and weighed without it: no key is built from it, and nothing that its agreement would say of kin is left either.
"""

import numpy as np
from numpy.typing import NDArray

from eyre.resolve import level as lv
from eyre.resolve.layout import Features, Int32

PARTS_OF = {
    "given_name": (lv.GIVEN, lv.MIDDLE),
    "surname": (lv.SURNAME,),
    "generation": (lv.GENERATION,),
    "birth_date": (lv.BIRTH,),
    "sex": (lv.SEX,),
    "identifier": (lv.NUMBER,),
    "address": (lv.ADDRESS,),
    "phone": (lv.PHONE,),
    "email": (lv.EMAIL,),
}
"""The fields, and the parts of the evidence that each makes. Given and middle names go together: whoever changes one
often changes the other."""

_RAGGED = {
    "birth_date": "births",
    "identifier": "numbers",
    "address": "addresses",
    "phone": "phones",
    "email": "emails",
}


def leave_out(features: Features, field: str) -> Features:
    """`features` as if no record said `field` (of `PARTS_OF`)."""
    if field in _RAGGED:
        column = getattr(features, _RAGGED[field])
        return features._replace(**{_RAGGED[field]: column._replace(offset=np.zeros_like(column.offset))})
    names = features.names
    if field == "sex":
        return features._replace(sex=np.zeros_like(features.sex))
    if field == "generation":
        return features._replace(names=names._replace(generation=np.zeros_like(names.generation)))
    if field == "given_name":
        return features._replace(names=names._replace(given_offset=np.zeros_like(names.given_offset)))
    if field == "surname":
        without = names._replace(
            surname_offset=np.zeros_like(names.surname_offset), whole_surname=np.full_like(names.whole_surname, -1)
        )
        return features._replace(names=without)
    raise ValueError(f"there is no field `{field}`: use one of {', '.join(PARTS_OF)}")


def rows_saying(features: Features, field: str) -> NDArray[np.bool_]:
    """Which rows say `field`."""
    if field in _RAGGED:
        return np.asarray(np.diff(getattr(features, _RAGGED[field]).offset) > 0, dtype=np.bool_)
    if field == "sex":
        return np.asarray(features.sex != 0, dtype=np.bool_)
    names = features.names
    said = {
        "generation": names.generation > 0,
        "given_name": np.diff(names.given_offset) > 0,
        "surname": names.whole_surname >= 0,
    }
    return any_of(names.offset, said[field])


def any_of(offset: Int32, holds: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether something holds of any of a row's values."""
    before = np.concatenate(([0], np.cumsum(holds)))
    return np.asarray(before[offset[1:]] > before[offset[:-1]], dtype=np.bool_)
