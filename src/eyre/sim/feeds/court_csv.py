"""A court's docket: delimited text with a header, a row for each charge of each defendant."""

import csv
import io
from collections.abc import Sequence

from eyre.sim.feeds.feed import Feed
from eyre.sim.feeds.said import CaseSaid
from eyre.sim.feeds.shape import Declared, Sheet
from eyre.sim.feeds.write_dates import us_padded

_HEAD = (
    "CASE_NO", "PARTY_NO", "COURT", "CASE_TYPE", "STYLE", "FILED", "PARTY_ROLE", "LAST", "FIRST", "MIDDLE", "SUFFIX",
    "DOB", "SEX", "ADDR1", "CITY", "ST", "ZIP", "COUNT", "STATUTE", "CHARGE", "DISPO", "DISPO_DATE",
)  # fmt: skip
_CHARGE = ("COUNT", "STATUTE", "CHARGE", "DISPO", "DISPO_DATE")
_DAY = ["%m/%d/%Y"]


class CourtCsv:
    """One court's delta file: cases that were filed or disposed lately."""

    media = "text/csv; charset=utf-8"
    drift = (b",DISPO_DATE", b",DISPOSED_ON")

    def __init__(self, feed: Feed) -> None:
        """`feed` says what is shown."""
        self._feed = feed

    def declare(self) -> Declared:
        """Rows of one defendant are one record."""
        return {
            "format": {"type": "csv"},
            "group": {"by": ["CASE_NO", "PARTY_NO"], "list": "charges", "columns": list(_CHARGE)},
            "fields": {
                "CASE_NO": {"to": "case.docket_number"},
                "COURT": {"to": "case.court"},
                "CASE_TYPE": {"to": "case.kind"},
                "STYLE": {"to": "case.title"},
                "FILED": {"to": "case.filed_on", "formats": _DAY},
                "PARTY_ROLE": {"to": "case.party_role", "categories": {"DEFENDANT": "defendant"}},
                "LAST": {"to": "name.surname", "required": True},
                "FIRST": {"to": "name.given"},
                "MIDDLE": {"to": "name.middle"},
                "SUFFIX": {"to": "name.suffix"},
                "DOB": {"to": "birth.date", "formats": _DAY},
                "SEX": {"to": "sex", "categories": {"M": "M", "F": "F"}},
                "ADDR1": {"to": "address.full"},
                "CITY": {"to": "address.city"},
                "ST": {"to": "address.state"},
                "ZIP": {"to": "address.postal_code"},
            },
            "lists": {
                "charges": {
                    "fields": {
                        "COUNT": {"to": "charge.sequence"},
                        "STATUTE": {"to": "charge.statute"},
                        "CHARGE": {"to": "charge.description"},
                        "DISPO": {"to": "charge.disposition"},
                        "DISPO_DATE": {"to": "charge.disposition_date", "formats": _DAY},
                    }
                }
            },
            "ignored": ["PARTY_NO"],
            "identity_keys": ["CASE_NO", "PARTY_NO"],
            "booking_number_scope": "absent",
        }

    def row(self, said: CaseSaid, *, thin: bool = False) -> bytes:
        """A line, quoted where it must be."""
        home = said.home
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerow((
            said.docket, said.party, self._feed.publisher.title, said.kind, f"STATE V {said.surname.upper()}",
            us_padded(said.filed), "DEFENDANT", said.surname, said.given, said.middle, said.suffix,
            us_padded(said.born) if said.born else "", said.sex, f"{home.house_number} {home.street}", home.city,
            home.state, home.zip, 1, said.statute, said.charge, said.disposition,
            us_padded(said.disposed) if said.disposed else "",
        ))  # fmt: skip
        return out.getvalue().encode()

    def whole(self, rows: Sequence[bytes], sheet: Sheet) -> bytes:
        """A byte order mark, as spreadsheets write it, the header, the lines."""
        return b"\xef\xbb\xbf%b\n%b" % (",".join(_HEAD).encode(), b"".join(rows))
