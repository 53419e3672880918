"""Telephone numbers."""

from functools import lru_cache

PUNCTUATION = "()-. "
LONGEST = 40
"""Characters that are read."""
_DROPPED = str.maketrans("", "", PUNCTUATION)


@lru_cache(maxsize=1 << 16)
def parse_phone(text: str) -> int:
    """The number as an integer in E.164 (`+1 312 555 0142` is 13125550142), read as North American unless it says
    otherwise; 0 for what is no possible number, lacks its area code or
    is filler such as 999-9999."""
    digits = text.translate(_DROPPED)
    if digits.isascii() and digits.isdigit():  # what phonenumbers finds too, sixty times slower
        national = digits[-10:]
        if len(digits) in (10, 11) and national[0] > "1" and digits[:-10] in ("", "1"):
            return 0 if len(set(national[-7:])) == 1 else int(f"1{national}")
        if len(digits) != 10 and digits[0] > "1" and len(text) <= LONGEST:
            return 0
    return _parsed(text)


def _parsed(text: str) -> int:
    import phonenumbers  # as long in coming as ten thousand numbers are, and most files have none that needs it

    try:
        number = phonenumbers.parse(text[:LONGEST], "US")
    except phonenumbers.NumberParseException:
        return 0
    national = str(number.national_number)
    whole = phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE
    if not whole or len(set(national[-7:])) == 1:
        return 0
    return int(f"{number.country_code}{national}")
