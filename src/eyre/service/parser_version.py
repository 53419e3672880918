"""The version of everything between bytes and records; noted with each delivery."""

PARSER_VERSION = "2"
"""To be raised when the same bytes would give other records than before."""
