"""Eyre: one view of a person from disconnected public and justice records, under the law that wrote each record."""

__version__ = "0.1.0"
