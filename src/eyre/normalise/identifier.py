"""Typed numbers that name one person within their issuer."""

from eyre.normalise.text import fold

SSN_DIGITS = 9
SHORT_SSN_DIGITS = 7
"""Test sets and some vendors carry shorter serials in the same field."""
SSN_PLACEHOLDERS = frozenset({"123456789", "078051120", "219099999", "987654321"})
IDENTIFIER_PLACEHOLDERS = frozenset({"unknown", "none", "null", "na", "pending"})


def parse_identifier(value: str) -> str:
    """Letters and digits only, leading zeros kept; empty for a placeholder: one character repeated, or `unknown`."""
    folded = fold(value).replace(" ", "")
    if len(set(folded)) < 2 or folded in IDENTIFIER_PLACEHOLDERS:
        return ""
    return folded


def parse_ssn(value: str) -> str:
    """The digits of a social security number; empty for what was never issued as one.

    000, 666 and 9xx areas other than the ITIN's are kept when the rest is not a placeholder, for records carry them as
    the same slip again and again; `000-00-0000`, `123-45-6789`, `078-05-1120` and repeated digits are placeholders.
    """
    digits = value.replace("-", "")
    if not (digits.isascii() and digits.isdigit()):
        digits = "".join(letter for letter in fold(value) if letter.isdigit())  # folded: `²` is a digit, but no number
    if not SHORT_SSN_DIGITS <= len(digits) <= SSN_DIGITS:
        return ""
    if len(set(digits)) < 3 or digits in SSN_PLACEHOLDERS:
        return ""
    return digits
