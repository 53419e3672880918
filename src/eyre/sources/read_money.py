"""Bond amounts."""

import re

_AMOUNT = re.compile(r"\$?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2})?", re.ASCII)
_TRAILING = re.compile(r"^(.*?)[\s:;,-]*(\$?\s*(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?)$", re.ASCII)

MAX_CHARACTERS = 200  # longer text is no amount, and the pattern takes the square of its length


def read_amount(text: str) -> str | None:
    """Decimal text in dollars (`1500.00`), or None for what is no amount."""
    match = _AMOUNT.fullmatch(text.strip())
    return None if match is None else match[1].replace(",", "") + (match[2] or "")


def read_bond(text: str) -> tuple[str, str]:
    """Bond type and amount from one field: `CASH $1,500.00`, `$500`, `NO BOND`; either may be empty."""
    stripped = text.strip()
    match = _TRAILING.match(stripped) if len(stripped) <= MAX_CHARACTERS else None
    if match is None:
        return stripped, ""
    return match[1].strip(" :;,-"), read_amount(match[2]) or ""
