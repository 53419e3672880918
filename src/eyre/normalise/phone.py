"""Telephone numbers."""

from functools import lru_cache

import phonenumbers


@lru_cache(maxsize=1 << 16)
def parse_phone(text: str) -> int:
    """The number as an integer in E.164 (`+1 312 555 0142` is 13125550142), read as North American unless it says
    otherwise; 0 for what is no possible number, lacks its area code or
    is filler such as 999-9999."""
    try:
        number = phonenumbers.parse(text[:40], "US")
    except phonenumbers.NumberParseException:
        return 0
    national = str(number.national_number)
    whole = phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE
    if not whole or len(set(national[-7:])) == 1:
        return 0
    return int(f"{number.country_code}{national}")
