"""What jails send: Juniper (the Crimestar kind of file) and Port Wren (NIEM messages)."""

import csv
import io
import random
from datetime import datetime, timedelta
from html import escape

from charges import AGENCIES, some_charges
from population import Human
from saying import say
from stay import Truth, booked_at

_NS = (
    'xmlns:bk="http://oz.example/booking/1.0" '
    'xmlns:j="https://docs.oasis-open.org/niemopen/ns/model/domains/justice/6.0/" '
    'xmlns:nc="https://docs.oasis-open.org/niemopen/ns/model/niem-core/6.0/"'
)


def juniper(draw: random.Random, people: list[Human], truth: Truth) -> bytes:
    """The Crimestar kind: quoted columns without a header, Windows-1252, birth dates as 19601201."""
    out = io.StringIO()
    write = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow
    for number, person in enumerate(people):
        told, booked = say(draw, person), booked_at(draw)
        booking = f"{20_260_000 + number * 11:010d}"
        statute, text, _ = some_charges(draw)[0]
        born = f"{told.born:%Y%m%d}"
        born = {5: "00000000", 13: born[:6] + "39", 17: "19601301"}.get(number, born)
        given = {8: "FNU", 15: "JOHN AKA JACKIE"}.get(number, told.given.upper())
        agency = "ICE" if number == 27 else draw.choice(AGENCIES)
        hold = "IMMIGRATION DETAINER" if number % 14 == 6 else "PAROLE HOLD" if number % 10 == 1 else ""
        sex = {33: "MALE?"}.get(number, told.sex)
        row = [
            booking,
            told.surname.upper(),
            given,
            told.middle.upper(),
            born,
            sex,
            f"JID{person.number:05d}",
            agency,
            f"{booked:%Y%m%d %H%M}",
            f"{statute} {text}",
            hold,
            person.ssn if number % 4 == 0 else "",
        ]
        write(row if number != 36 else [*row, "EXTRA"])
        if number == 18:
            write(row)
        if number == 40:
            write([""] * len(row))
        truth.append(("oz_juniper_jail", booking, person.number))
    return out.getvalue().encode("cp1252")


def port_wren(draw: random.Random, people: list[Human], truth: Truth) -> bytes:
    """NIEM messages: bookings added, updated, and taken back."""
    messages = []
    for number, person in enumerate(people):
        told, booked = say(draw, person), datetime(2026, 3, 15, 1, 0) + timedelta(minutes=number * 17)
        control, booking = f"SCN{300_000 + person.number}", f"PW26-{number:05d}"
        operations = ["add"] + (["update"] if number % 4 == 1 else []) + (["delete"] if number % 12 == 5 else [])
        truth.append(("oz_port_wren_jail", booking, person.number))
        charge = some_charges(draw)
        for step, operation in enumerate(operations):
            sent = booked + timedelta(minutes=step * 45 + 5)
            word = "replace" if number == 20 else operation
            if operation == "delete":
                messages.append(
                    _message(
                        word,
                        sent,
                        f"<j:BookingAgencyRecordIdentification>{booking}</j:BookingAgencyRecordIdentification>",
                    )
                )
                continue
            released = (
                f"<j:BookingRelease><nc:ActivityDate>{sent:%Y-%m-%dT%H:%M:%S}</nc:ActivityDate><nc:ActivityReasonText>BOND</nc:ActivityReasonText></j:BookingRelease>"
                if operation == "update"
                else ""
            )
            charges = "".join(
                f"<j:Charge><j:ChargeSequenceID>{n}</j:ChargeSequenceID><j:ChargeStatute>{s}</j:ChargeStatute>"
                f"<j:ChargeDescriptionText>{escape(t)}</j:ChargeDescriptionText></j:Charge>"
                for n, (s, t, _) in enumerate(charge, 1)
            )
            alias = "".join(
                f"<j:Alias><nc:PersonGivenName>{escape(g)}</nc:PersonGivenName><nc:PersonSurName>{escape(s)}</nc:PersonSurName></j:Alias>"
                for g, s in person.aliases
            )
            extra = "<j:PersonCitizenshipText>X</j:PersonCitizenshipText>" if number % 8 == 0 else ""
            extra += "<bk:Nickname>Ace</bk:Nickname>" if number == 14 else ""
            born = "1988-02-30" if number == 9 else told.born.isoformat()
            messages.append(
                _message(
                    word,
                    sent,
                    f"<j:BookingAgencyRecordIdentification>{booking}</j:BookingAgencyRecordIdentification>"
                    f"<nc:ActivityDate>{booked:%Y-%m-%dT%H:%M:%S}</nc:ActivityDate>{released}"
                    f"<j:BookingSubject><j:SubjectJacketNumberText>{control}</j:SubjectJacketNumberText>"
                    f"<nc:PersonName><nc:PersonGivenName>{escape(told.given)}</nc:PersonGivenName>"
                    f"<nc:PersonMiddleName>{escape(told.middle)}</nc:PersonMiddleName>"
                    f"<nc:PersonSurName>{escape(told.surname)}</nc:PersonSurName>"
                    f"<nc:PersonNameSuffixText>{told.suffix}</nc:PersonNameSuffixText></nc:PersonName>{alias}"
                    f"<nc:PersonBirthDate>{born}</nc:PersonBirthDate><nc:PersonSexCode>{told.sex}</nc:PersonSexCode>"
                    f"<j:PersonStateFingerprintIdentification>{person.sid}</j:PersonStateFingerprintIdentification>{extra}"
                    f"</j:BookingSubject>{charges}",
                )
            )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<bk:Messages {_NS}>\n{"".join(messages)}</bk:Messages>\n'.encode()


def _message(operation: str, sent: datetime, body: str) -> str:
    return (
        f"<bk:BookingMessage><bk:MessageOperationCode>{operation}</bk:MessageOperationCode>"
        f"<bk:MessageDateTime>{sent:%Y-%m-%dT%H:%M:%S}</bk:MessageDateTime>{body}</bk:BookingMessage>\n"
    )
