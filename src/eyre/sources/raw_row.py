"""A row as read, before anything is believed of it."""

from dataclasses import dataclass, field

Values = dict[str, str]


@dataclass(frozen=True, slots=True)
class RawRow:
    """Field names to text, and lists of such rows inside it, at one place of a delivery.

    `fault` says why the text could not be parted into fields: the row is quarantined. `skip` says why it is no row at
    all (a header, a trailer, a blank line): it is ignored. `rows` is how many rows of the delivery it was made of.
    `text` is what stands at the place of a row with a fault, as far as it is known.
    """

    place: str
    values: Values
    lists: dict[str, list[Values]] = field(default_factory=dict)
    fault: str = ""
    skip: str = ""
    rows: int = 1
    text: str = ""
