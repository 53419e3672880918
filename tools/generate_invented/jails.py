"""Rosters of five invented county jails, and a push of messages."""

import csv
import io
import json
import random
from datetime import date, datetime, timedelta
from html import escape

from charges import AGENCIES, some_charges
from population import Human
from saying import age_on, say

TODAY = date(2026, 3, 16)
Truth = list[tuple[str, str, int]]


def _booked(draw: random.Random, most: int = 90) -> datetime:
    day = datetime(2026, 3, 15, 6, 0) - timedelta(days=draw.randint(0, most), minutes=draw.randint(0, 1439))
    return day + timedelta(hours=2) if (day.month, day.day, day.hour) == (3, 8, 2) else day  # no such hour that night


def _us(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def bellwether(draw: random.Random, people: list[Human], truth: Truth) -> bytes:
    """The JailTracker kind: ages, label and value lists, misspelt keys."""
    rows = []
    for number, person in enumerate(people):
        told, booked = say(draw, person), _booked(draw)
        arrest = f"26{1000 + number * 3:06d}"
        details = [
            {"Field": "Current Age:", "Value": str(age_on(told.born, TODAY))},
            {"Field": "Gender:", "Value": {"M": "Male", "F": "Female"}[told.sex]},
            {"Field": "Race:", "Value": draw.choice(("W", "B", "H", "U"))},
            {"Field": "Height:", "Value": f"{draw.randint(5, 6)}'{draw.randint(0, 11):02d}\""},
        ]
        if number % 5 == 0:
            details.append({"Field": "Place of Birth:", "Value": "Somewhere, OZ"})
        charges = []
        for statute, text, _ in some_charges(draw):
            court = datetime(2026, 4, draw.randint(1, 28), draw.choice((9, 14)), 0)
            charges.append(
                {
                    "ChargeDescription": text,
                    "Statute": statute,
                    "BondType": draw.choice(("CASH", "SURETY", "NB", "SERVING_TIME")),
                    "BondAmount": draw.choice((0.0, "0.00", 500.0, "1500.00", "2,500.00")),
                    "CourtTime": f"{court:%b} {court.day:2d} {court.year}  {court.hour % 12 or 12}:{court:%M%p}",
                }
            )
        if number % 17 == 4:
            charges.append(
                {
                    "ChargeDescription": "HOLD FOR ICE",
                    "Statute": "",
                    "BondType": "NB",
                    "BondAmount": 0.0,
                    "CourtTime": None,
                }
            )
        rows.append(
            {
                "ArrestNo": arrest,
                "Jacket": f"J{person.number:05d}",
                "FirstName": told.given.upper(),
                "MiddleName": told.middle.upper(),
                "LastName": told.surname.upper(),
                "Suffix": told.suffix.upper() or None,
                "OriginalBookDateTime": f"{_us(booked.date())}T{booked:%H:%M:%S}",
                "FinalReleaseDateTime": None,
                "Details": details,
                "Charges": charges,
                "HasPhoto": True,
            }
        )
        truth.append(("oz_bellwether_jail", arrest, person.number))
    rows[3]["Details"].append({"Field": "Cell Phone Seized:", "Value": "Y"})  # a label that the county added overnight
    rows[8]["Details"][1]["Value"] = "Mlae"
    rows[11]["LastName"] = "LNU"
    rows[14]["Charges"][0]["BondAmount"] = "see judge"
    rows.insert(20, rows[19])
    body = {"captchaRequred": False, "succes": True, "error": None, "totalCount": len(rows), "data": rows}
    return json.dumps(body, indent=1).encode()


def tallgrass(draw: random.Random, people: list[Human], truth: Truth) -> bytes:
    """The New World kind: an HTML block for each booking, subject number and booking number, age only."""
    blocks = []
    for number, person in enumerate(people):
        told, booked = say(draw, person), _booked(draw, 200)
        subject, booking = f"{400_000 + person.number}", f"{booked.year}-{10_000 + number * 7:08d}"
        out = number % 3 == 0
        left = _us(booked.date() + timedelta(days=9)) + " 10:15 AM" if out else ""
        fields = [
            ("Subject Number", subject),
            ("Name", told.last_first if number % 23 else f"{told.last_first} AKA {told.surname.upper()}, ACE"),
            ("Age", str(age_on(told.born, TODAY))),
            ("Gender", {"M": "Male", "F": "Female"}[told.sex]),
            ("Race", draw.choice(("White", "Black", "Unknown"))),
            ("Citizenship", "Declined" if number % 4 else ""),
            ("Booking Number", booking),
            ("Booking Date", f"{_us(booked.date())} {booked:%I:%M %p}"),
            ("In Custody", "No" if out else "Yes"),
            ("Release Date", left),
            ("Scheduled Release Date", "" if number % 5 else "4/30/2026"),
            ("Housing", f"POD {draw.choice('ABC')}"),
        ]
        if number == 9:
            fields[3] = ("Gender", "Mael")
        if number == 21:
            fields[7] = ("Booking Date", "13/45/2026 01:10 PM")
        if number == 30:
            fields.append(("Veteran", "Yes"))
        rows = "".join(
            f"<tr><td>{n}</td><td>{s}</td><td>{escape(t)}</td><td>{draw.choice(('Pending', 'Guilty', 'Dismissed'))}</td></tr>"
            for n, (s, t, _) in enumerate(some_charges(draw), 1)
        )
        items = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>\n" for k, v in fields)
        blocks.append(
            f'<div class="Booking"><dl>\n{items}</dl>\n<table class="Charges"><tr><th>#</th><th>Statute</th>'
            f"<th>Description</th><th>Disposition</th></tr>{rows}</table></div>\n"
        )
        truth.append(("oz_tallgrass_jail", f"{subject}|{booking}", person.number))
    page = f"<!DOCTYPE html>\n<html><head><title>Inmate Inquiry OZ0210000</title></head><body>\n{''.join(blocks)}</body></html>\n"
    return page.encode()


_ODD_DATES = (
    "%m/%d/%Y",
    "%Y-%m-%d",
    "%m-%d-%Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%d %b %Y",
    "%m/%d/%y",
    "%Y/%m/%d",
    "%m.%d.%Y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%Y%m%d",
    "%m/%d/%Y %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%m/%d/%Y %I:%M %p",
    "%b %d %Y %I:%M%p",
    "%Y-%m-%dT%H:%M:%S",
    "%m-%d-%y",
)


def cinder(draw: random.Random, people: list[Human], truth: Truth) -> bytes:
    """The Zuercher kind: no booking number, hold reasons as HTML, eighteen date formats."""
    records = []
    for number, person in enumerate(people):
        told, booked = say(draw, person), _booked(draw)
        born = f"{told.born:%m/%d/%Y}" if number % 5 < 2 else ""
        reasons = [
            f"Charge: {statute} - {text}; Bond - {draw.choice(('CASH', 'SURETY'))}, ${draw.choice((500, 1500, 25000)):,}.00; "
            f"Set By Judge Quill; Arrest Date {booked:%m/%d/%Y}"
            for statute, text, _ in some_charges(draw)
        ]
        if number % 6 == 0:
            reasons.append(f"Hold for {draw.choice(AGENCIES)}")
        if number % 9 == 2:
            reasons.append("Hold for ICE")
        if number % 11 == 3:
            reasons.append("RE-BOOK")
        if number % 13 == 5:
            reasons.append("Extraditon to Neighboring County")
        released = draw.choice(("", "TBD", "Unknown", _strf(booked + timedelta(days=40), _ODD_DATES[number % 18])))
        name = told.last_first.replace(" ", "  ", 1) if number % 19 == 7 else told.last_first
        record = {
            "name": name,
            "dob": born,
            "sex": told.sex,
            "race": draw.choice(("W", "B", "")),
            "arrest_date": _strf(booked, _ODD_DATES[(number * 5) % 18]),
            "release_date": released,
            "is_juvenile": False,
            "in_custody": True,
            "hold_reasons": "<br />".join(reasons),
            "mugshot": "",
        }
        if number == 12:
            record["hold_reasons"] = "See front desk" + "<br />" + str(record["hold_reasons"])
        if number == 25:
            record["name"] = "DOE, JOHN"
        records.append(record)
        key = "|".join(
            (" ".join(str(record["name"]).split()), born, told.sex, " ".join(str(record["arrest_date"]).split()))
        )
        truth.append(("oz_cinder_jail", key, person.number))
    return json.dumps({"total_record_count": len(records), "records": records}, indent=1).encode()


def _strf(moment: datetime, form: str) -> str:
    return moment.strftime(form)


def larkspur(draw: random.Random, people: list[Human], truth: Truth) -> bytes:
    """The TCSI kind: a table; the booking number counts a person's stays."""
    rows = []
    for number, person in enumerate(people):
        told, booked = say(draw, person), _booked(draw)
        jail_id, nth = f"{7000 + person.number}", str(1 + person.number % 3)
        statute, text, _ = some_charges(draw)[0]
        name = told.last_first
        if number == 6:
            name = name.replace("A", "Ã¡", 1)
        if number == 10:
            name = name.replace("O", "0")
        bond = draw.choice(("CASH $1,500.00", "SURETY $500", "NO BOND", "$250.00", ""))
        due = draw.choice(("00/00/0000", f"{booked + timedelta(days=60):%m/%d/%Y}", "00/00/0000"))
        sex = told.sex if number != 16 else "7"
        age = str(age_on(told.born, booked.date())) if number != 22 else "2O"
        rows.append(
            (jail_id, nth, name, age, sex, draw.choice("WBH"), f"{booked:%m/%d/%Y}", due, f"{statute} {text}", bond)
        )
        truth.append(("oz_larkspur_jail", f"{jail_id}|{nth}", person.number))
    rows.insert(31, rows[30])
    rows.insert(41, (*rows[40][:2], "SOMEBODY, ELSE", *rows[40][3:]))
    head = "".join(
        f"<th>{name}</th>"
        for name in ("ID No", "Booking #", "Name", "Age", "Sex", "Race", "Booked", "SDOR", "Charge", "Bond")
    )
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f'<html><body><h1>Larkspur County Inmate List</h1><table id="inmates"><tr>{head}</tr>\n{body}</table></body></html>\n'.encode()


def juniper(draw: random.Random, people: list[Human], truth: Truth) -> bytes:
    """The Crimestar kind: quoted columns without a header, Windows-1252, birth dates as 19601201."""
    out = io.StringIO()
    write = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow
    for number, person in enumerate(people):
        told, booked = say(draw, person), _booked(draw)
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


_NS = (
    'xmlns:bk="http://oz.example/booking/1.0" xmlns:j="https://docs.oasis-open.org/niemopen/ns/model/domains/justice/6.0/" '
    'xmlns:nc="https://docs.oasis-open.org/niemopen/ns/model/niem-core/6.0/"'
)


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
