"""How one field of a source becomes one field of the model."""

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from eyre.sources.date_format import check_format
from eyre.sources.declared import Declared
from eyre.sources.sensitive import SensitiveKind
from eyre.sources.target import DATE_TARGETS, NAME_HOMES, TARGETS

NameOrder = Literal["last_comma_first"]


class FieldRule(Declared):
    """`to` is the target, such as `name.given` or `charge.offense_date`.

    `formats` are the date formats that the source uses, tried in turn. `none` are texts that say nothing, such as
    `00/00/0000`. `separator` parts several values in one field; `split` parts a full name (`LAST, FIRST MIDDLE
    SUFFIX`). `categories` maps each of the source's words to ours: a word that is not there is an issue, a word mapped
    to empty text says nothing. `issuer` overrides who issued an identifier. `prefix` is put before a value whose column
    name carries part of the meaning (`PO Box `). `unreadable` says whether a value that cannot be read quarantines the
    row, or is left out with a warning.
    """

    to: str
    prefix: str = ""
    formats: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    separator: str = ""
    split: NameOrder | None = None
    categories: dict[str, str] | None = None
    issuer: str | None = None
    required: bool = False
    unreadable: Literal["quarantine", "warn"] = "quarantine"

    @field_validator("to")
    @classmethod
    def _known_target(cls, value: str) -> str:
        if value not in TARGETS:
            raise ValueError(f"`{value}` is not a target: see docs/reference/manifest.md for the list")
        return value

    @field_validator("formats")
    @classmethod
    def _readable_formats(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for each in value:
            check_format(each)
        return value

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.to in DATE_TARGETS) != bool(self.formats):
            raise ValueError(f"`formats` goes with a date target and only with one, `{self.to}` has it wrong")
        if self.to == "birth.date" and any("%y" in each for each in self.formats):
            raise ValueError("a birth date of two-digit years has no certain century: leave it out or map the age")
        if self.split and self.to not in {f"{home}.full" for home in NAME_HOMES}:
            raise ValueError("`split` goes with a target `name.full`, `alias.full` or `maiden.full`")
        if self.to == "operation" and self.categories is None:
            raise ValueError("`operation` needs `categories` that map to `put` or `delete`")
        return self


class ListRule(Declared):
    """A list inside a row, such as its charges: each element is read with the list's own fields."""

    fields: dict[str, FieldRule]
    ignored: tuple[str, ...] = ()
    sensitive: dict[str, SensitiveKind] = Field(default_factory=dict)


class GroupRule(Declared):
    """Several rows tell one record: rows alike in `by` are one, and their `columns` make the list named `list`."""

    by: Annotated[tuple[str, ...], Field(min_length=1)]
    list: str
    columns: Annotated[tuple[str, ...], Field(min_length=1)]
