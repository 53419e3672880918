"""Which column of a file is taken as what: by the mapping, else by its name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from eyre.errors import InputError
from eyre.service.link_fields import EVIDENCE, FIELDS, IGNORED, MANY, field_of, never_evidence, squashed


@dataclass(frozen=True)
class ColumnPlan:
    """`taken` leads from a standard field to the file's columns that hold it (one, but for `link_fields.MANY`);
    `rides_along` are columns that are no evidence; `never` those of them that by design never are, and why."""

    taken: Mapping[str, tuple[str, ...]]
    rides_along: tuple[str, ...]
    never: Mapping[str, str]

    @property
    def recognised(self) -> dict[str, str]:
        """The file's name of each column that is taken, and the standard one, in the standard order."""
        return {theirs: ours for ours in FIELDS for theirs in self.taken.get(ours, ())}


def plan_columns(names: Sequence[str], mapping: Mapping[str, str], path: Path) -> ColumnPlan:
    """The plan for a file with the columns `names`. Raises `InputError` if two columns are mapped to a field that holds
    one value, or if nothing in the file says who anybody is."""
    taken = _mapped(names, mapping, path)
    among = frozenset(squashed(name) for name in names)
    for exact in (True, False):  # a column with the standard name goes before one with a synonym
        for name in names:
            field = None if name in mapping else field_of(name, among)
            if field and (squashed(field) == squashed(name)) is exact and (field in MANY or field not in taken):
                taken.setdefault(field, []).append(name)
    used = {name for columns in taken.values() for name in columns}
    if not any(field in EVIDENCE for field in taken):
        raise InputError(
            f"none of the {len(names)} columns of `{path}` is known to say who anybody is",
            remedy=f"is its first row a header? name columns with `--map theirs=ours`, ours of {', '.join(EVIDENCE)}",
        )
    return ColumnPlan(
        taken={field: tuple(columns) for field, columns in taken.items()},
        rides_along=tuple(name for name in names if name not in used),
        never={name: why for name in names if name not in used and (why := never_evidence(name))},
    )


def _mapped(names: Sequence[str], mapping: Mapping[str, str], path: Path) -> dict[str, list[str]]:
    taken: dict[str, list[str]] = {}
    for name in names:
        field = mapping.get(name, IGNORED)
        if field == IGNORED:
            continue
        if field in taken and field not in MANY:
            raise InputError(
                f"`{path}` has two columns for `{field}`: `{taken[field][0]}` and `{name}`",
                remedy=f"map one of them; several columns may lead to {', '.join(sorted(MANY))}",
            )
        taken.setdefault(field, []).append(name)
    return taken


def check_mapping_is_used(mapped: Sequence[str], files: Sequence[Sequence[str]]) -> None:
    """Raises `InputError` for a mapped column that no file has.

    Names of columns are not listed in errors: without a header row they are somebody's data.
    """
    there = {name for names in files for name in names}
    if missing := [name for name in mapped if name not in there]:
        near = get_close_matches(missing[0].lower(), {name.lower(): name for name in there}, n=1)
        meant = [name for name in there if name.lower() in near]
        raise InputError(
            f"the mapping names the column `{missing[0]}`, which no file has",
            remedy=f"is `{meant[0]}` meant?" if meant else "check its spelling, case and spaces",
        )
