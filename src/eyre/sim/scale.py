"""How large a part of the country is drawn, and for how long."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

JAILS, STATES = 2_850, 50


@dataclass(frozen=True)
class Scale:
    """`share` of the country's jails in `states` of its 50 states (none named: as many as that share fills), for
    `days` days from `begins` (with its zone).

    `prison_share`, `supervised_share` and `pending_share` say how many of the country's prisoners (1.23 million), of
    those on probation and parole (3.67 million), and of the criminal cases that are pending at the beginning (3.4
    million) are drawn beside them: fewer than all, because they hardly change and would fill the memory. `crowding`
    says how full the jails are: with less than 1 there are as many of them, each with so much fewer people.
    """

    seed: int
    begins: datetime
    days: float
    share: float = 1.0
    states: int | None = None
    prison_share: float = 0.1
    supervised_share: float = 0.05
    pending_share: float = 0.05
    crowding: float = 1.0

    def __post_init__(self) -> None:
        if self.begins.tzinfo is None:
            raise ValueError("the beginning `begins` needs a time zone: give it as UTC")
        if self.begins.microsecond:
            raise ValueError("the beginning `begins` is a whole second: instants are drawn by the second")
        if self.states is not None and not 1 <= self.states <= STATES:
            raise ValueError(f"there are no `{self.states}` states: the country has {STATES}")
        if self.share <= 0 or self.days <= 0 or self.crowding <= 0:
            raise ValueError("`share`, `days` and `crowding` are more than 0")

    @property
    def some_states(self) -> int:
        """How many states are drawn."""
        return self.states or max(1, min(STATES, round(STATES * self.share)))

    @property
    def jails(self) -> int:
        """How many jails are drawn."""
        return max(self.some_states, round(JAILS * self.share * (self.states or STATES) / STATES))

    @property
    def part(self) -> float:
        """The share of the whole country."""
        return self.jails / JAILS

    @property
    def ends(self) -> datetime:
        """The first instant that is not drawn any more."""
        return (self.begins + timedelta(days=self.days)).astimezone(UTC)

    @property
    def seconds(self) -> tuple[int, int]:
        """Beginning and end in whole seconds since 1970."""
        return int(self.begins.timestamp()), int(self.ends.timestamp())
