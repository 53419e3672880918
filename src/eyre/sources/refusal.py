"""Refusals: why a manifest or a whole delivery is not taken. A stable code for each reason."""

from eyre.errors import SourceError

MANIFEST = "EYRE-301"  # the manifest cannot be read or says something that it may not
LIMIT = "EYRE-302"  # over a declared limit: bytes, rows, line, depth, expansion
WRONG_FORMAT = "EYRE-303"  # not the declared format, or damaged beyond reading
ENCODING = "EYRE-304"  # not text in the declared, or in any expected, encoding
DOCTYPE = "EYRE-305"  # XML with a document type: entities are an attack, never data
HTML_PAGE = "EYRE-306"  # a page for people (maintenance, login) where data was due
LAYOUT = "EYRE-307"  # the declared format, but not this source's layout: rows or key columns are not there
UNKNOWN = "EYRE-308"  # no such shipped source, golden or hook


def refusal(code: str, message: str, remedy: str = "") -> SourceError:
    """The error to raise. `message` must hold nothing of the delivery's content."""
    return SourceError(message, remedy=remedy, code=code)
