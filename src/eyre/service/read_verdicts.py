"""Judgements in a file: `left,right,verdict`, two record ids and `same` or `different`."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from eyre.errors import InputError
from eyre.model.judgement import Verdict
from eyre.resolve.fit.fit_judged import Verdicts
from eyre.resolve.layout import Int64
from eyre.service.tables import read_table
from eyre.service.texts import Texts, text_of

COLUMNS = ("left", "right", "verdict")


def read_verdicts(path: Path, ids: Texts, *, encoding: str = "utf-8") -> Verdicts:
    """The pairs by the places of their records among `ids`. A judgement that is repeated counts once.

    Raises `InputError` for a file without the columns, a record that is not there, a verdict that is none, and for two
    judgements that contradict each other.
    """
    table = read_table(path, encoding=encoding)
    if missing := [name for name in COLUMNS if name not in table.column_names]:
        raise InputError(f"`{path}` has no column `{missing[0]}`", remedy=f"it needs {', '.join(COLUMNS)}")
    left, right, verdict = (text_of(table[name], name, path) for name in COLUMNS)
    one, other = _places(left, ids, path), _places(right, ids, path)
    same = _same(verdict, path)
    if (selves := np.flatnonzero(one == other)).size:
        raise InputError(f"row {selves[0] + 1} of `{path}` names one record twice", remedy="remove it")
    pair = np.minimum(one, other) << 32 | np.maximum(one, other)
    kept, first, inverse = np.unique(pair, return_index=True, return_inverse=True)
    if (at_odds := np.flatnonzero(same != same[first][inverse])).size:
        raise InputError(
            f"rows {first[inverse[at_odds[0]]] + 1} and {at_odds[0] + 1} of `{path}` contradict each other",
            remedy="keep the one that holds",
        )
    return Verdicts((kept >> 32).astype(np.int32), (kept & 0xFFFFFFFF).astype(np.int32), same[first])


def _places(said: Texts, ids: Texts, path: Path) -> Int64:
    found: Any = pc.index_in(said, value_set=ids)
    if found.null_count:
        row = int(np.flatnonzero(found.is_null().to_numpy(zero_copy_only=False))[0]) + 1
        raise InputError(f"row {row} of `{path}` names a record that no file has", remedy="is it the file's record id?")
    return np.asarray(found.to_numpy(), dtype=np.int64)


def _same(said: Texts, path: Path) -> np.ndarray[Any, np.dtype[np.bool_]]:
    lower: Any = pc.utf8_lower(said)
    known = pc.is_in(lower, value_set=pa.array([each.value for each in Verdict])).to_numpy(zero_copy_only=False)
    if not known.all():
        row = int(np.flatnonzero(~known)[0]) + 1
        raise InputError(f"row {row} of `{path}` has no verdict", remedy="write `same` or `different`")
    return np.asarray(pc.equal(lower, pa.scalar(Verdict.SAME.value)).to_numpy(zero_copy_only=False), dtype=np.bool_)
