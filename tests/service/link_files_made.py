"""Small files of invented people for the tests of `link`."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from eyre.resolve.model import default_model
from eyre.service.link import Linked, link_files
from eyre.service.link_mapping import LinkMapping

PEOPLE = """\
record_id,given_name,surname,birth_date,ssn,phone,city
a1,Marisol,Quintero,1984-03-09,512-04-7788,555-301-2210,Fairhaven
a2,Dwayne,Ostrander,1971-11-30,498-22-1035,,Fairhaven
b1,Marisol,Quintero,03/09/1984,512047788,(555) 301-2210,Fairhaven
b2,Petra,Ostrander,1973-01-12,,,Fairhaven
"""


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def write_rows(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def link(*paths: Path, mapping: LinkMapping | None = None) -> Linked:
    return link_files(paths, mapping or LinkMapping(), default_model())


def persons(linked: Linked) -> dict[str, str]:
    """The person of each record."""
    return dict(zip(map(str, linked.record_id.to_pylist()), map(str, linked.person_id.to_pylist()), strict=True))
