"""Names of the invented country's states, counties, towns and streets. No state has a code that a real one has."""

_STATES = (
    "oz Ozarkia, au Aurelia, be Belmara, bo Bonavere, ce Cedrana, ch Chasmoor, cu Cumbra, da Dakmora, do Dorvane, "
    "du Dunmark, ea Eastmere, el Elmoria, es Esterra, fa Fairmark, fo Fordane, ge Gemara, gl Glanmoor, gr Granmark, "
    "ha Halmark, he Hesperia, ho Holmark, is Islemere, ja Jasperia, jo Jorvane, ke Kesmoor, ki Kingsmoor, le Lemara, "
    "lo Lorvane, lu Lumera, mu Murmark, na Narvane, no Norvale, oa Oakmere, os Osterra, pi Pinemark, po Portmere, "
    "qu Quillmark, ra Ravenmark, ro Rosmere, sa Saltmere, se Selvane, si Silvermark, so Solmere, ta Talmark, "
    "te Tessmoor, to Torvane, ve Verdane, we Westmere, ya Yarrowmark, ze Zephyria"
)
STATES = tuple((each[:2], each[3:]) for each in _STATES.split(", "))
"""Code and name of each."""

ZONES = (
    "America/Chicago", "America/New_York", "America/Denver", "America/Los_Angeles", "America/Phoenix",
    "America/Anchorage", "Pacific/Honolulu",
)  # fmt: skip
"""The clocks there are; Phoenix and Honolulu never change theirs."""

_ZONES_OF_STATES = "01110100121001310401213001020110021340010110215601"

SPLIT_STATES = (3, 9, 23, 31)
"""States where every fifth county keeps the time of Chicago (of Denver where the others keep Chicago's)."""

_BEGIN = (
    "alder amber ash birch bramble briar cedar clay copper crane dun east elder elm ember fair fern flint glen granite "
    "hart hawk hazel heron holly iron kestrel kings lark lake long maple marsh mill moss north oak otter pine raven "
    "red reed rook rowan salt silver slate south spar spring stone sun thorn west white willow wind wren yarrow"
).split()
_END = (
    "bank bourne bridge brook burg combe crest dale fell field ford gate grove ham haven holm hurst ley march mere "
    "moor mont port ridge shaw side stead ton vale view ville wick wood worth"
).split()
_REAL_COUNTIES = set("ashley clayton fairfield hartley redwood whiteside windham".split())

PLACES = tuple(
    f"{begin}{end}".capitalize() for begin in _BEGIN for end in _END if f"{begin}{end}" not in _REAL_COUNTIES
)
"""Names for counties and towns; no county of the United States bears one."""

_TREES = (
    "main oak maple cedar elm pine washington park lake hill walnut spring north ridge church willow mill jackson "
    "lincoln sunset railroad cherry highland river forest meadow franklin jefferson center green locust spruce "
    "broadway dogwood hickory chestnut adams poplar valley"
).split()
_KINDS = "st st st ave ave rd rd dr ln ct".split()
_NUMBERED = "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th".split()
STREETS = tuple(
    f"{direction}{name} {kind}".upper()
    for direction in ("", "", "n ", "s ", "e ", "w ")
    for name in [*_TREES, *_NUMBERED, *(place.lower() for place in PLACES[::40])]
    for kind in _KINDS
)
"""Streets with their kind, the commoner ones more than once."""

_UNASSIGNED = (
    "000 001 002 003 004 213 269 343 345 348 353 419 428 429 517 518 519 529 533 536 552 568 578 579 589 621 632 642 "
    "643 659 663 682 694 695 696 697 698 699 702 709 715 732 742 771 817 818 819 839 848 849"
).split()
ZIPS = tuple(f"{area}{number:02}" for area in _UNASSIGNED for number in range(1, 100))
"""Postal codes of areas that the postal service of the United States has not given out."""


def zone_of(state: int, county: int) -> int:
    """The number (in `ZONES`) of the time zone of a state's county."""
    zone = int(_ZONES_OF_STATES[state])
    if state in SPLIT_STATES and county % 5 == 4:
        return 2 if zone == 0 else 0
    return zone
