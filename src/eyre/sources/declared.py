"""The base of everything that a manifest declares."""

from pydantic import BaseModel, ConfigDict


class Declared(BaseModel):
    """Strict, frozen, and closed: an unknown key is an error, a number in quotes is no number."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
