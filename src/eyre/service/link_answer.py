"""What `link` writes: the person of each row, and the pairs that tie rows."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from eyre.errors import InputError
from eyre.resolve.layout import SCALE
from eyre.service.arrange_files import RECORD_ID
from eyre.service.link import PERSON_ID, Linked
from eyre.service.link_columns import FilePlan
from eyre.service.texts import picked

_SURE = 1000.0  # bits beyond which a probability is 0 or 1 in any float


def answer_table(linked: Linked, *, keep: bool) -> pa.Table:
    """`record_id, person_id` a row, with all columns of the files if `keep`. A column of theirs that bears one of these
    two names and is not the record id is kept as `said_record_id` or `said_person_id`."""
    answer = pa.table({RECORD_ID: linked.record_id, PERSON_ID: linked.person_id})
    if not keep:
        return answer
    kept = _below_each_other([_kept(file) for file in linked.files])
    for name in kept.column_names:
        answer = answer.append_column(name, kept[name])
    return answer


def pairs_table(linked: Linked) -> pa.Table:
    """The tied pairs, the strongest first: weight in bits (the prior included), the probability that it stands for, and
    whether both came to be one person."""
    ties, person = linked.resolution.ties, linked.resolution.person
    swapped = linked.rank[ties.left] > linked.rank[ties.right]
    left, right = np.where(swapped, ties.right, ties.left), np.where(swapped, ties.left, ties.right)
    order = np.lexsort((linked.rank[right], linked.rank[left], -ties.weight.astype(np.int64)))
    left, right = left[order], right[order]
    weight = ties.weight[order] / SCALE
    ids = picked(linked.record_id, linked.order)
    return pa.table(
        {
            "left_id": picked(ids, left),
            "right_id": picked(ids, right),
            "weight_bits": np.round(weight, 3),
            "probability": np.round(1.0 / (1.0 + np.exp2(-np.clip(weight, -_SURE, _SURE))), 6),
            "same_person": person[left] == person[right],
        }
    )


def _kept(file: FilePlan) -> pa.Table:
    """All columns of a file but its record ids, under names that are not the answer's."""
    table = _decoded(file.table.drop_columns(list(file.plan.taken.get(RECORD_ID, ()))))
    answers = {RECORD_ID, PERSON_ID}
    return table.rename_columns([f"said_{name}" if name in answers else name for name in table.column_names])


def _decoded(table: pa.Table) -> pa.Table:
    """With plain texts where a file was read in codes."""
    kinds = [field.type.value_type if pa.types.is_dictionary(field.type) else field.type for field in table.schema]
    return table.cast(pa.schema(zip(table.column_names, kinds, strict=True)))


def _below_each_other(tables: Sequence[pa.Table]) -> pa.Table:
    """One table below the other; a column that two files type differently becomes text."""
    kinds: dict[str, set[str]] = {}
    for table in tables:
        for field in table.schema:
            kinds.setdefault(field.name, set()).add(str(field.type))
    mixed = {name for name, types in kinds.items() if len(types - {"null"}) > 1}
    return pa.concat_tables([_with_texts(table, mixed) for table in tables], promote_options="default")


def _with_texts(table: pa.Table, names: set[str]) -> pa.Table:
    for at, name in enumerate(table.column_names):
        if name in names:
            try:
                table = table.set_column(at, name, table[name].cast(pa.string()))
            except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
                raise InputError(
                    f"the files differ in the kind of the column `{name}`", remedy="give them one, or drop it"
                ) from error
    return table
