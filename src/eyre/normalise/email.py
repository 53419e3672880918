"""E-mail addresses."""

LONGEST_EMAIL = 254
NO_MAILBOX = frozenset({"none", "na", "n/a", "no", "unknown", "noemail", "test", "nobody"})


def parse_email(text: str) -> str:
    """The address in lower case without a `+tag`; empty for what is none or a filler such as `none@none.com`."""
    local, at, domain = text.strip().lower().partition("@")
    local = local.partition("+")[0]
    if not at or "." not in domain or not local or local in NO_MAILBOX or len(text) > LONGEST_EMAIL:
        return ""
    return f"{local}@{domain}"
