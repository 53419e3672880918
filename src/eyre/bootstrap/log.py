"""The log of this process: on standard error, and without anybody's data."""

import logging
import sys

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def set_up_log(level: str) -> None:
    """What is at least as grave as `level` is told."""
    logging.basicConfig(stream=sys.stderr, level=level.upper(), format=_FORMAT)
    if level in ("warning", "error"):
        logging.getLogger("psycopg").setLevel(logging.ERROR)  # a lost connection is an error of whoever needed it
    for name in ("numba", "sqlalchemy"):  # thousands of lines of its own doings; statements with their values
        logging.getLogger(name).setLevel(logging.WARNING)
