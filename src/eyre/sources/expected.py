"""Outcomes as text: one line each, so that a change of a golden outcome can be reviewed line by line."""

import json
from collections.abc import Iterable
from typing import Any

from eyre.clock import to_text
from eyre.model.issue import Issue
from eyre.model.parts import record_to_parts
from eyre.model.record import Operation, Record
from eyre.sources.outcome import Accepted, DeliverySummary, Ignored, Quarantined, RowOutcome


def outcome_text(outcomes: Iterable[RowOutcome | DeliverySummary]) -> str:
    """A JSON document of four members: summary, accepted, quarantined (without raw text), ignored."""
    parts: dict[str, list[str]] = {"accepted": [], "quarantined": [], "ignored": []}
    summary = "null"
    for outcome in outcomes:
        match outcome:
            case Accepted():
                parts["accepted"].append(_line({**_record(outcome.record), "issues": _issues(outcome.warnings)}))
            case Quarantined():
                parts["quarantined"].append(_line({"place": outcome.place, "issues": _issues(outcome.issues)}))
            case Ignored():
                parts["ignored"].append(_line({"place": outcome.place, "why": outcome.why}))
            case DeliverySummary():
                summary = _line(_summary(outcome))
    lists = ",\n".join(f'"{name}": [\n' + ",\n".join(lines) + "\n]" for name, lines in parts.items())
    return f'{{\n"summary": {summary},\n{lists}\n}}\n'


def _line(body: dict[str, Any]) -> str:
    return json.dumps({key: value for key, value in body.items() if value not in ([], "")}, ensure_ascii=False)


def _summary(summary: DeliverySummary) -> dict[str, Any]:
    return {
        "rows_in": summary.rows_in,
        "accepted": summary.accepted,
        "quarantined": summary.quarantined,
        "ignored": summary.ignored,
        "records": summary.records,
        "dropped": dict(summary.dropped),
        "issues": _issues(summary.issues),
        "complete": summary.complete,
    }


def _record(record: Record) -> dict[str, Any]:
    told: dict[str, Any] = {"place": record.place, "key": record.key, "as_of": to_text(record.as_of)}
    if record.operation is Operation.DELETE:
        told["operation"] = "delete"
    for group, body in record_to_parts(record).items():
        told |= {(group.name or "").lower(): body}
    return told


def _issues(issues: Iterable[Issue]) -> list[str]:
    return [f"{each.severity} {each.code} {each.field}: {each.reason}" for each in issues]
