"""Sex, as records say it. Bits, so that several sayings can be held at once."""

from eyre.normalise.text import fold

MALE = 1
FEMALE = 2
_SAID = {"m": MALE, "male": MALE, "man": MALE, "boy": MALE, "1": MALE}
_SAID |= {"f": FEMALE, "female": FEMALE, "woman": FEMALE, "girl": FEMALE, "2": FEMALE}


def parse_sex(text: str) -> int:
    """`MALE`, `FEMALE`, or 0 for anything else: unknown, other and undisclosed are no evidence either way."""
    return _SAID.get(fold(text), 0)
