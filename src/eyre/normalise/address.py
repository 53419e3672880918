"""US postal addresses: house number, street, unit, city, state, postal code."""

import re
from functools import lru_cache
from typing import NamedTuple

from eyre.normalise.text import fold
from eyre.normalise.us_state import state_code

STREET_WORDS = {
    "street": "st", "str": "st", "avenue": "ave", "av": "ave", "road": "rd", "drive": "dr", "drv": "dr",
    "lane": "ln", "court": "ct", "crt": "ct", "place": "pl", "boulevard": "blvd", "boul": "blvd", "circle": "cir",
    "terrace": "ter", "terr": "ter", "parkway": "pkwy", "highway": "hwy", "square": "sq", "trail": "trl",
    "crescent": "cres", "close": "cl", "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne",
    "northwest": "nw", "southeast": "se", "southwest": "sw", "saint": "st", "mount": "mt", "fort": "ft",
    "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th",
    "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th",
}  # fmt: skip
"""USPS Publication 28, appendix C: what people write for what the post prints."""

PLACELESS = frozenset(
    {"unknown", "unk", "none", "homeless", "transient", "no fixed address", "na", "n a", "general delivery"}
)
NO_POSTAL_CODE = frozenset({"00000", "99999"})
_ZIP = re.compile(r"\s*(\d{3,5})(?:-?\d{4})?\s*", re.ASCII)


class AddressValue(NamedTuple):
    """Folded parts; empty where not said. A PO box is a street (`po box`) with the box as its house number."""

    house: str
    street: str
    unit: str
    city: str
    state: str
    postal_code: str


NOWHERE = AddressValue("", "", "", "", "", "")


@lru_cache(maxsize=1 << 16)
def parse_house_number(text: str) -> str:
    """Folded, without leading zeros or spaces: `0012 B` is `12b`."""
    return fold(text).replace(" ", "").lstrip("0")


@lru_cache(maxsize=1 << 16)
def parse_street(text: str) -> str:
    """Folded, with the post's abbreviations: `North Main Street` is `n main st`; empty for `homeless` and its like."""
    folded = fold(text)
    if folded in PLACELESS:
        return ""
    return " ".join(STREET_WORDS.get(word, word) for word in folded.split())


@lru_cache(maxsize=1 << 16)
def parse_postal_code(text: str) -> str:
    """Five digits of a US ZIP, three filled with zeros on the left (four may be another country's); any other country's
    code folded; empty for `00000` and `99999`, which the post never gave out."""
    match = _ZIP.fullmatch(text)
    code = match.group(1).zfill(5) if match and len(match.group(1)) != 4 else fold(text).replace(" ", "")
    return "" if code in NO_POSTAL_CODE else code


@lru_cache(maxsize=1 << 16)
def parse_full_address(full: str) -> AddressValue:
    """The parts of an address in one field, by usaddress (a CRF trained on US addresses)."""
    if not full or fold(full) in PLACELESS:
        return NOWHERE
    import usaddress  # only files that do not part addresses need it

    labels: dict[str, list[str]] = {}
    for word, label in usaddress.parse(full[:300]):
        labels.setdefault(label, []).append(word.strip(" ,;"))

    def said(*names: str) -> str:
        return " ".join(word for name in names for word in labels.get(name, ()))

    street = said("StreetNamePreDirectional", "StreetNamePreType", "StreetName", "StreetNamePostType")
    street = f"{street} {said('StreetNamePostDirectional')}".strip()
    house = said("AddressNumber")
    if box := said("USPSBoxID"):
        house, street = box, "po box"
    return AddressValue(
        house=parse_house_number(house),
        street=parse_street(street),
        unit=fold(said("OccupancyIdentifier")).replace(" ", ""),
        city=fold(said("PlaceName")),
        state=state_code(said("StateName")),
        postal_code=parse_postal_code(said("ZipCode")),
    )
