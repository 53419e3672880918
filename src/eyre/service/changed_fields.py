"""Which fields say something else, where most rows of a source do so all at once: two columns that changed places."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from eyre.custody.run import Run, Stay
from eyre.model.justice import Booking, Case, Charge, Hold, Supervision
from eyre.sources.field_rule import FieldRule
from eyre.sources.manifest import Manifest
from eyre.sources.target import BOND

MOST_ASKED = 30
"""So many rows tell which fields changed in most."""
_OF_BONDS = frozenset(("charge.bond_type", "charge.bond_amount"))


def changed_fields(manifest: Manifest, runs: Sequence[Sequence[Run]]) -> tuple[str, ...]:
    """The names of the fields that say something else in most rows; `runs` are of each row, in order. Who the rows are
    about is not known to have changed: runs do not keep it."""
    pairs = [(some[-2].stay, some[-1].stay) for some in runs if len(some) > 1]
    counts = Counter(target for one, other in pairs for target in _differing(_told(one), _told(other)))
    most = {target for target, count in counts.items() if 2 * count > len(pairs)}
    named = [name for name, rule in manifest.fields.items() if _tells(rule, most)]
    for of_list, rules in manifest.lists.items():
        named += [f"{of_list}.{name}" for name, rule in rules.fields.items() if _tells(rule, most)]
    return tuple(named)


def _tells(rule: FieldRule, targets: set[str]) -> bool:
    return rule.to in targets or (rule.to == BOND and not targets.isdisjoint(_OF_BONDS))


def _differing(one: Mapping[str, list[str]], other: Mapping[str, list[str]]) -> Iterator[str]:
    return (target for target in one.keys() | other.keys() if one.get(target) != other.get(target))


def _told(stay: Stay) -> dict[str, list[str]]:
    """All that a stay says, by the target of the field that said it; without order, for charges have none."""
    told = defaultdict[str, list[str]](list)
    single = {"booking": stay.booking, "case": stay.case, "supervision": stay.supervision}
    values = [*single.items(), *(("hold", each) for each in stay.holds), *(("charge", each) for each in stay.charges)]
    for home, value in values:
        for name, text in _texts(value).items():
            told[f"{home}.{name}"].append(text)
    return {target: sorted(texts) for target, texts in told.items()}


def _texts(value: Booking | Hold | Charge | Case | Supervision | None) -> dict[str, str]:
    return {} if value is None else {name: text for name, text in asdict(value).items() if text}
