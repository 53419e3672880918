"""The table that peers are given: the columns that Eyre took, in one order over all files, as a careful user of theirs
would prepare it.

Texts are in lower case without accents, dates ISO 8601, a name that is not parted is parted, and a column that says the
same in nearly all records is left out, for it misleads unsupervised training. The truth is not in it, nor is what Eyre
does not use, so that all use the same fields.
"""

import unicodedata
from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from eyre.normalise.birth import parse_birth_date
from eyre.normalise.name import NameTokens, parse_full_name
from eyre.service.link import Linked

_LEFT_OUT = frozenset({"record_id", "name_suffix", "full_name", "age", "as_of", "po_box"})
_ALL_THE_SAME = 0.8
"""The share of one value beyond which a column tells nothing: the one city of a town."""

Texts = list[str | None]


def peers_table(linked: Linked) -> pa.Table:
    """`record_id` and the standard fields of every row that was linked."""
    fields = {field: None for file in linked.files for field in file.plan.taken}
    columns = {field: _column(linked, field) for field in fields if field not in _LEFT_OUT}
    if "full_name" in fields and not {"given_name", "surname"} & set(fields):
        names = [parse_full_name(text or "") for text in _column(linked, "full_name")]
        columns["given_name"] = _joined(names, lambda name: name.given[:1])
        columns["surname"] = _joined(names, lambda name: name.surname)
    if "birth_date" in columns:
        columns["birth_date"] = [_iso(text) for text in columns["birth_date"]]
    if "age" in fields and "birth_date" not in columns and "birth_year" not in columns:
        columns["birth_year"] = _years(_column(linked, "age"), _column(linked, "as_of"))
    said = {field: pa.array(texts, pa.string()) for field, texts in columns.items()}
    told = {field: texts for field, texts in said.items() if _tells(texts)}
    return pa.table({"record_id": linked.record_id.cast(pa.string()), **told})


def raw_table(linked: Linked) -> pa.Table:
    """`record_id` and the columns that Eyre took, as the files name and spell them: for a peer that configures itself
    by names and contents of columns."""
    parts = []
    for file in linked.files:
        names = {theirs: ours for theirs, ours in file.plan.recognised.items() if ours not in {"record_id", "as_of"}}
        parts.append(pa.table({theirs: file.table[theirs].cast(pa.string()) for theirs in names}))
    table = pa.concat_tables(parts, promote_options="default")
    return table.add_column(0, "record_id", linked.record_id.cast(pa.string()))


def _column(linked: Linked, field: str) -> Texts:
    texts: Texts = []
    for file in linked.files:
        theirs = file.plan.taken.get(field, ())
        rows = file.table[theirs[0]].cast(pa.string()).to_pylist() if theirs else [None] * file.table.num_rows
        texts += [_plain(text) for text in rows]
    return texts


def _plain(text: str | None) -> str | None:
    if text is None:
        return None
    letters = unicodedata.normalize("NFKD", text)
    return "".join(each for each in letters if not unicodedata.combining(each)).casefold().strip() or None


def _joined(names: list[NameTokens], part: Callable[[NameTokens], tuple[str, ...]]) -> Texts:
    return [" ".join(part(name)) or None for name in names]


def _iso(text: str | None) -> str | None:
    born = parse_birth_date(text) if text else None
    if born is None or not born.digits or born.earliest != born.latest:
        return None
    digits = f"{born.digits:08d}"
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def _years(ages: Texts, days: Texts) -> Texts:
    both = zip(ages, days, strict=True)
    return [str(int(day[:4]) - int(age)) if age and age.isdigit() and day else None for age, day in both]


def _tells(texts: pa.StringArray) -> bool:
    said = texts.drop_null()
    if not len(said):
        return False
    most = pc.max(pc.struct_field(pc.value_counts(said), "counts")).as_py()
    return bool(most <= _ALL_THE_SAME * len(said))
