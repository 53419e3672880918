"""Dates and times as places write them."""

from datetime import date, datetime

ODD_DATES = (
    "%m/%d/%Y %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%m/%d/%Y %I:%M %p",
    "%b %d %Y %I:%M%p",
    "%Y-%m-%dT%H:%M:%S",
    "%m/%d/%Y",
    "%Y-%m-%d",
    "%m-%d-%Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%d %b %Y",
    "%m/%d/%y",
    "%Y/%m/%d",
    "%m.%d.%Y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%Y%m%d",
    "%m-%d-%y",
)
"""The formats that one county's portal is seen to mix. The first five tell a time: `ODD_TIMES` writes them."""
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def us_date(day: date) -> str:
    """`3/16/2026`."""
    return f"{day.month}/{day.day}/{day.year}"


def us_padded(day: date) -> str:
    """`03/16/2026`."""
    return f"{day.month:02}/{day.day:02}/{day.year:04}"


def us_time(at: datetime) -> str:
    """`3/16/2026 02:05 PM`."""
    return f"{at.month}/{at.day}/{at.year} {at.hour % 12 or 12:02}:{at.minute:02} {'AP'[at.hour >= 12]}M"


def us_t_time(at: datetime) -> str:
    """`3/16/2026T14:05:00`."""
    return f"{at.month}/{at.day}/{at.year}T{at.hour:02}:{at.minute:02}:{at.second:02}"


def iso_time(at: datetime) -> str:
    """`2026-03-16T14:05:00`, local, without a zone."""
    return f"{at.year:04}-{at.month:02}-{at.day:02}T{at.hour:02}:{at.minute:02}:{at.second:02}"


def packed(day: date) -> str:
    """`20260316`."""
    return f"{day.year:04}{day.month:02}{day.day:02}"


def packed_time(at: datetime) -> str:
    """`20260316 1405`."""
    return f"{packed(at)} {at.hour:02}{at.minute:02}"


def dollars(cents: int, *, comma: bool = True) -> str:
    """`1,500.00`."""
    return f"{cents // 100:,}.{cents % 100:02}" if comma else f"{cents // 100}.{cents % 100:02}"


def _padded_minutes(at: datetime) -> str:
    return f"{us_padded(at)} {at.hour:02}:{at.minute:02}"


def _iso_blank(at: datetime) -> str:
    return f"{at.year:04}-{at.month:02}-{at.day:02} {at.hour:02}:{at.minute:02}:{at.second:02}"


def _padded_twelve(at: datetime) -> str:
    return f"{us_padded(at)} {at.hour % 12 or 12:02}:{at.minute:02} {'AP'[at.hour >= 12]}M"


def _month_twelve(at: datetime) -> str:
    clock = f"{at.hour % 12 or 12:02}:{at.minute:02}{'AP'[at.hour >= 12]}M"
    return f"{_MONTHS[at.month - 1]} {at.day:02} {at.year:04} {clock}"


ODD_TIMES = (_padded_minutes, _iso_blank, _padded_twelve, _month_twelve, iso_time)
"""Writers of the first of `ODD_DATES`, in step; `strftime` takes thirty times as long."""
