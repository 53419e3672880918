"""The New Orleans kind: NIEM messages that add, update and delete a booking."""

from collections.abc import Sequence
from html import escape

from eyre.sim.feeds.feed import Feed
from eyre.sim.feeds.posting import MICROSECONDS
from eyre.sim.feeds.read_columns import local
from eyre.sim.feeds.said import ChargeSaid, StaySaid
from eyre.sim.feeds.shape import Declared, Sheet, keyed
from eyre.sim.feeds.write_dates import dollars, iso_time

_NAMESPACES = {
    "bk": "http://oz.example/booking/1.0",
    "j": "https://docs.oasis-open.org/niemopen/ns/model/domains/justice/6.0/",
    "nc": "https://docs.oasis-open.org/niemopen/ns/model/niem-core/6.0/",
}
_HEAD = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
_TIME = ["%Y-%m-%dT%H:%M:%S"]
_SUBJECT = "j:BookingSubject"
_JACKET = f"{_SUBJECT}/j:SubjectJacketNumberText"
_ALIAS = f"{_SUBJECT}/j:Alias"
_NAME = f"{_SUBJECT}/nc:PersonName"


class Niem:
    """One agency's messages. The list of them tells everybody in custody, as added."""

    media = "application/xml"
    drift = (b"nc:PersonBirthDate>", b"nc:PersonBirthDay>")

    def __init__(self, feed: Feed) -> None:
        """`feed` says what is shown."""
        self._feed = feed

    def declare(self) -> Declared:
        """The one format with a real delete."""
        fields: Declared = {
            "bk:MessageOperationCode": {
                "to": "operation", "required": True, "categories": {"add": "put", "update": "put", "delete": "delete"},
            },
            "bk:MessageDateTime": {"to": "as_of", "formats": _TIME, "required": True},
            "j:BookingAgencyRecordIdentification": {"to": "booking.booking_number"},
            "nc:ActivityDate": {"to": "booking.booked_at", "formats": _TIME},
            "j:BookingRelease/nc:ActivityDate": {"to": "booking.released_at", "formats": _TIME},
            "j:BookingRelease/nc:ActivityReasonText": {"to": "booking.release_reason"},
            _JACKET: {"to": "identifier.subject"},
            f"{_NAME}/nc:PersonGivenName": {"to": "name.given"},
            f"{_NAME}/nc:PersonMiddleName": {"to": "name.middle"},
            f"{_NAME}/nc:PersonSurName": {"to": "name.surname"},
            f"{_NAME}/nc:PersonNameSuffixText": {"to": "name.suffix"},
            f"{_SUBJECT}/nc:PersonBirthDate": {"to": "birth.date", "formats": ["%Y-%m-%d"]},
            f"{_SUBJECT}/nc:PersonSexCode": {"to": "sex", "categories": {"M": "M", "F": "F", "U": ""}},
        }  # fmt: skip
        charge = {
            "j:ChargeSequenceID": {"to": "charge.sequence"},
            "j:ChargeStatute": {"to": "charge.statute"},
            "j:ChargeDescriptionText": {"to": "charge.description"},
            "j:ChargeSeverityText": {"to": "charge.severity"},
            "j:BailBondAmount": {"to": "charge.bond_amount"},
        }
        alias = {"nc:PersonGivenName": {"to": "alias.given"}, "nc:PersonSurName": {"to": "alias.surname"}}
        return {
            "format": {"type": "xml", "row": "bk:BookingMessage", "namespaces": _NAMESPACES},
            "fields": fields,
            "lists": {"j:Charge": {"fields": charge}, _ALIAS: {"fields": alias}},
            "sensitive": {f"{_SUBJECT}/j:PersonCitizenshipText": "citizenship"},
            **keyed(self._feed, "j:BookingAgencyRecordIdentification", _JACKET),
        }

    def row(self, said: StaySaid, *, thin: bool = False) -> bytes:
        """All of a message after its head, which `message` and `whole` put before it."""
        release = ""
        if said.released:
            reason = f"<nc:ActivityReasonText>{escape(said.reason)}</nc:ActivityReasonText>"
            release = f"<nc:ActivityDate>{iso_time(said.released)}</nc:ActivityDate>{reason}"
            release = f"<j:BookingRelease>{release}</j:BookingRelease>"
        born = said.born.isoformat() if said.born else ""
        charges = "".join([self._charge(each) for each in said.charges])
        return (
            f"{_number(said.number)}<nc:ActivityDate>{iso_time(said.booked)}</nc:ActivityDate>{release}"
            f"<j:BookingSubject>{_jacket(said.subject)}"
            f"<nc:PersonName><nc:PersonGivenName>{escape(said.given)}</nc:PersonGivenName>"
            f"<nc:PersonMiddleName>{escape(said.middle)}</nc:PersonMiddleName>"
            f"<nc:PersonSurName>{escape(said.surname)}</nc:PersonSurName>"
            f"<nc:PersonNameSuffixText>{escape(said.suffix)}</nc:PersonNameSuffixText></nc:PersonName>{_alias(said)}"
            f"<nc:PersonBirthDate>{born}</nc:PersonBirthDate><nc:PersonSexCode>{said.sex}</nc:PersonSexCode>"
            f"</j:BookingSubject>{charges}"
        ).encode()

    def message(self, operation: str, at: int, told: bytes) -> bytes:
        """One message: what `row` gave, or `withdrawn`, under its operation and instant."""
        when = iso_time(local(at - at % MICROSECONDS, self._feed.publisher.clock))
        head = f"<bk:MessageOperationCode>{operation}</bk:MessageOperationCode><bk:MessageDateTime>{when}"
        return b"<bk:BookingMessage>%b</bk:MessageDateTime>%b</bk:BookingMessage>\n" % (head.encode(), told)

    def withdrawn(self, said: StaySaid) -> bytes:
        """What a delete tells: the keys alone."""
        jacket = f"<j:BookingSubject>{_jacket(said.subject)}</j:BookingSubject>" if said.subject else ""
        return f"{_number(said.number)}{jacket}".encode()

    def whole(self, rows: Sequence[bytes], sheet: Sheet) -> bytes:
        """Everything in `rows` as added at the instant of the posting."""
        return self.envelope([self.message("add", sheet.posted, row) for row in rows])

    def envelope(self, messages: Sequence[bytes]) -> bytes:
        """Messages as one document."""
        head = f'<?xml version="1.0" encoding="UTF-8"?>\n<bk:Messages {_HEAD}>\n'
        return b"%b%b</bk:Messages>\n" % (head.encode(), b"".join(messages))

    def _charge(self, said: ChargeSaid) -> str:
        bond = f"<j:BailBondAmount>{dollars(said.bond, comma=False)}</j:BailBondAmount>" if said.bond >= 0 else ""
        return (
            f"<j:Charge><j:ChargeSequenceID>{said.sequence}</j:ChargeSequenceID>"
            f"<j:ChargeStatute>{escape(said.statute)}</j:ChargeStatute>"
            f"<j:ChargeDescriptionText>{escape(said.description)}</j:ChargeDescriptionText>"
            f"<j:ChargeSeverityText>{escape(said.severity)}</j:ChargeSeverityText>{bond}</j:Charge>"
        )


def _number(number: str) -> str:
    return f"<j:BookingAgencyRecordIdentification>{escape(number)}</j:BookingAgencyRecordIdentification>"


def _jacket(subject: str) -> str:
    return f"<j:SubjectJacketNumberText>{escape(subject)}</j:SubjectJacketNumberText>"


def _alias(said: StaySaid) -> str:
    if said.alias is None:
        return ""
    given, surname = (escape(part) for part in said.alias)
    name = f"<nc:PersonGivenName>{given}</nc:PersonGivenName><nc:PersonSurName>{surname}</nc:PersonSurName>"
    return f"<j:Alias>{name}</j:Alias>"
