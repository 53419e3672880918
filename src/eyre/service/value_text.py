"""Values as said, in one line of text each, for people to read and to tell whether two records say the same."""

from collections.abc import Mapping
from typing import Any

_NAME_PARTS = ("given", "middle", "surname", "suffix")
_STREET_PARTS = ("house_number", "street", "unit")
_TOWN_PARTS = ("city", "state", "postal_code")


def name_text(body: Mapping[str, Any]) -> str:
    """A name, with its kind where it is not the legal one."""
    text = " ".join(body[part] for part in _NAME_PARTS if body.get(part)) or body.get("full", "")
    return f"{text} ({body['kind']})" if "kind" in body else text


def birth_text(body: Mapping[str, Any]) -> str:
    """A day; or a year; or an interval, with the age that it came from."""
    first, last = str(body["earliest"]), str(body["latest"])
    if first == last:
        return first
    if first[4:] == "-01-01" and last == f"{first[:4]}-12-31":
        return first[:4]
    age = f" (age {body['said']})" if body["basis"] == "age" and body.get("said") else ""
    return f"{first} to {last}{age}"


def identifier_text(body: Mapping[str, Any]) -> str:
    """`ssn 123-45-6789`, with the issuer where there is one."""
    kind = str(body["type"]).replace("_", " ")
    issuer = f" ({body['issuer']})" if body.get("issuer") else ""
    return f"{kind}{issuer} {body['value']}"


def address_text(body: Mapping[str, Any]) -> str:
    """Street, then town."""
    street = " ".join(body[part] for part in _STREET_PARTS if body.get(part))
    town = " ".join(body[part] for part in _TOWN_PARTS if body.get(part))
    return ", ".join(part for part in (street, town) if part) or str(body.get("full", ""))


def plain_text(body: str) -> str:
    """A sex, a telephone number, an e-mail address: as said."""
    return body
