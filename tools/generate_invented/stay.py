"""When somebody was booked, as jails write it, and the truth that is told beside the deliveries."""

import random
from datetime import date, datetime, timedelta

TODAY = date(2026, 3, 16)
Truth = list[tuple[str, str, int]]
"""Source, record key, number of the person."""


def booked_at(draw: random.Random, most: int = 90) -> datetime:
    day = datetime(2026, 3, 15, 6, 0) - timedelta(days=draw.randint(0, most), minutes=draw.randint(0, 1439))
    return day + timedelta(hours=2) if (day.month, day.day, day.hour) == (3, 8, 2) else day  # no such hour that night


def us_date(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"
