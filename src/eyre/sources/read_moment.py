"""A source's local day or instant, as the text that the model keeps."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from eyre.clock import to_text
from eyre.sources.date_format import ReadDate

TWO_OR_NONE = (
    "the clocks changed at this local time, so that it names two instants or none: taken as the earlier offset"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """`text` is an ISO day, or an RFC 3339 instant in UTC when a time was told; `note` warns of a doubt."""

    text: str
    local_day: date
    note: str = ""


def read_moment(read: ReadDate, zone: ZoneInfo) -> Moment:
    """Raises `ValueError` for what no calendar or clock shows."""
    day = date(read.year, read.month, read.day)
    if read.hour < 0:
        return Moment(day.isoformat(), day)
    midnight = read.hour == 24 and read.minute == read.second == 0  # military time ends a day with 24:00
    local = datetime(read.year, read.month, read.day, 0 if midnight else read.hour, read.minute, read.second)
    try:
        local = (local + timedelta(days=1) if midnight else local).replace(tzinfo=zone)
        instant = local.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("outside the calendar") from error
    doubt = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return Moment(to_text(instant), day, TWO_OR_NONE if doubt else "")
