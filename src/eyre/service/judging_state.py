"""How a source's looks have been judged so far, as JSON that the store keeps."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from eyre.custody.judge_looks import Doubt, Judging

_INSTANTS = frozenset(("at", "complete_at", "copied_since", "cut_since"))


def judging_body(state: Judging) -> dict[str, Any]:
    """The JSON of a state."""
    told = {each.name: getattr(state, each.name) for each in fields(state)}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in told.items()}


def judging_from(body: Mapping[str, Any]) -> Judging:
    """The state that `body` tells; of an older form what it lacks is as at the beginning."""
    names = {each.name for each in fields(Judging)}
    told: dict[str, Any] = {name: value for name, value in body.items() if name in names}
    for name in _INSTANTS & told.keys():
        told[name] = told[name] and datetime.fromisoformat(told[name])
    told["doubt"] = Doubt(told["doubt"]) if told.get("doubt") else None
    return Judging(**told)
