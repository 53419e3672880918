"""What a source declares of how its custody data is to be understood, beside its release signal."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from eyre.sources.declared import Declared


class CustodyDeclared(Declared):
    """`confirm` complete looks without a row before it is taken to be gone; `most_shrink` the share of rows that may be
    gone at once; `list_cap` the number of rows at which the publisher cuts its list; `window_hours` how long released
    people stay listed; `lag_minutes` how old what is published may be, where the page itself does not say."""

    confirm: Annotated[int, Field(ge=1, le=100)] = 2
    most_shrink: Annotated[float, Field(gt=0, le=1)] = 0.02
    list_cap: Annotated[int, Field(ge=1)] | None = None
    window_hours: Annotated[float, Field(gt=0)] | None = None

    lag_minutes: Annotated[float, Field(ge=0)] = 0.0

    @property
    def lag(self) -> timedelta:
        """How old what is published may be."""
        return timedelta(minutes=self.lag_minutes)

    @property
    def window(self) -> timedelta | None:
        """How long released people stay listed."""
        return None if self.window_hours is None else timedelta(hours=self.window_hours)
