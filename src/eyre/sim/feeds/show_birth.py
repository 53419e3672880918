"""What a place lets be seen of a birth date: the date, the year, an age, or nothing."""

from collections.abc import Callable, Mapping
from datetime import date

from eyre.sim.feeds.feed import AgeShown, Feed
from eyre.sim.feeds.said import NameSaid, StaySaid
from eyre.sim.feeds.shape import Declared


def birth_field(feed: Feed, names: Mapping[AgeShown, str]) -> str:
    """The name of the field that tells it, as the format calls it; empty when nothing is told."""
    return names.get(feed.age, "")


def birth_rule(feed: Feed, form: str) -> Declared:
    """The rule of that field; `form` is the format of a whole date."""
    if feed.age is AgeShown.DOB:
        return {"to": "birth.date", "formats": [form]}
    return {"to": "birth.year" if feed.age is AgeShown.YOB else "birth.age"}


def birth_writer(feed: Feed, write: Callable[[date], str], *, unknown: str = "") -> Callable[[NameSaid], str]:
    """Gives the text of that field for a row; `write` writes a whole date, `unknown` stands for one that is not had."""

    def whole(said: NameSaid) -> str:
        return write(said.born) if said.born else unknown

    def year(said: NameSaid) -> str:
        return str(said.born.year) if said.born else ""

    def age(said: NameSaid) -> str:
        if said.born is None or not isinstance(said, StaySaid):
            return ""
        day = said.booked if feed.age is AgeShown.AGE_AT_BOOKING else said.today
        return str(day.year - said.born.year - ((day.month, day.day) < (said.born.month, said.born.day)))

    return {AgeShown.DOB: whole, AgeShown.YOB: year}.get(feed.age, age)
