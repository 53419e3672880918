"""Answers as plain data: what `--json` prints."""

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

from eyre.clock import to_text


def to_data(value: Any) -> Any:
    """A dataclass as a mapping of its fields; instants in RFC 3339, days in ISO 8601, durations in seconds, bits to
    four digits."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: to_data(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, dict):
        return {str(key): to_data(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [to_data(each) for each in value]
    if isinstance(value, datetime):
        return to_text(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, timedelta):
        return round(value.total_seconds(), 4)
    if isinstance(value, float):
        return round(value, 4)
    return str(value) if isinstance(value, date | Path) else value


def print_data(value: Any) -> None:
    """Prints `to_data(value)` as JSON on standard output."""
    print(json.dumps(to_data(value), ensure_ascii=False, indent=2))
