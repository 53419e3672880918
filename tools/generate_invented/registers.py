"""Corrections, court, supervision and public register of the invented state."""

import csv
import io
import json
import random
from datetime import date, datetime, timedelta
from typing import Any

import xlsxwriter
from charges import some_charges
from population import Human
from saying import say
from stay import Truth


def _ascii(text: str) -> str:
    return text.translate(str.maketrans("ñúáéíóÑÚ", "nuaeioNU"))


def corrections(draw: random.Random, people: list[Human], truth: Truth) -> bytes:
    """Fixed width, with a header and a trailer that tells the number of lines."""
    lines = ["HDR OZARKIA DEPARTMENT OF CORRECTIONS        20260315"]
    for number, person in enumerate(people):
        told = say(draw, person)
        admitted = date(2026, 1, 31) - timedelta(days=draw.randint(0, 2500))
        ends = admitted + timedelta(days=draw.randint(700, 5000))
        born = {4: "19780231", 19: "00000000"}.get(number, f"{told.born:%Y%m%d}")
        text = (
            f"{person.doc:<8}{_ascii(told.surname.upper()):<20.20}{_ascii(told.given.upper()):<15.15}"
            f"{told.middle.upper()[:1]:<1}{told.suffix.upper():<4}{born}{told.sex}{draw.choice('WBO')}{person.sid:<10}"
            f"{'OZ' if number % 6 else '':<2}{draw.choice(('BAPT', 'NONE', '')):<4}{draw.choice(('NORTH FORK CC', 'LANTERN HILL CC', 'QUARRY CAMP')):<20}"
            f"{draw.choice(('MIN', 'MED', 'MAX')):<3}{admitted:%Y%m%d}{ends:%Y%m%d}{some_charges(draw)[0][1]:<34.34}"
        )
        if number == 11:
            text = text.replace(f"{born}{told.sex}", f"{born}Z", 1)
        if number == 26:
            text = text[:60]
        lines.append(text.rstrip())
        truth.append(("oz_corrections", person.doc, person.number))
    lines.append(f"TRL{len(people):08d}")
    return ("\n".join(lines) + "\n").encode("ascii")


def court(draw: random.Random, people: list[Human], truth: Truth) -> bytes:
    """A docket: a row for each charge of each defendant."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write(
        [
            "CASE_NO",
            "PARTY_NO",
            "COURT",
            "CASE_TYPE",
            "STYLE",
            "FILED",
            "PARTY_ROLE",
            "LAST",
            "FIRST",
            "MIDDLE",
            "SUFFIX",
            "DOB",
            "SEX",
            "RACE",
            "ADDR1",
            "CITY",
            "ST",
            "ZIP",
            "DL_NO",
            "COUNT",
            "STATUTE",
            "CHARGE",
            "SEVERITY",
            "OFFENSE_DATE",
            "DISPO",
            "DISPO_DATE",
        ]
    )
    late: list[list[str]] = []
    for number, person in enumerate(people):
        told = say(draw, person)
        filed = date(2026, 2, 20) - timedelta(days=draw.randint(0, 600))
        case, party = f"{filed:%y}CR-{number:06d}", "1"
        kind = draw.choice(("CF", "CM"))
        base = [
            case,
            party,
            "45TH CIRCUIT",
            kind,
            f"STATE V {told.surname.upper()}",
            f"{filed:%m/%d/%Y}",
            "DEFENDANT",
            told.surname,
            told.given,
            told.middle,
            told.suffix,
            f"{told.born:%m/%d/%Y}",
            told.sex,
            draw.choice("WBU"),
            f"{told.home.number} {told.home.street}",
            told.home.city,
            "OZ",
            told.home.postal_code,
            person.licence if number % 3 == 0 else "",
        ]
        for count, (statute, text, severity) in enumerate(some_charges(draw), 1):
            done = draw.random() < 0.5
            row = [
                *base,
                str(count),
                statute,
                text,
                severity,
                f"{filed - timedelta(days=20):%m/%d/%Y}",
                draw.choice(("GUILTY", "DISMISSED", "NOLLE PROS")) if done else "",
                f"{filed + timedelta(days=90):%m/%d/%Y}" if done else "",
            ]
            if number == 7 and count == 1:
                row[22] = "X9"
            if number == 15:
                row[7] = row[7] + ("" if count == 1 else "E")
            if number % 20 == 3 and count > 1:  # a charge that was entered later stands at the end
                late.append(row)
            else:
                write(row)
        truth.append(("oz_circuit_court", f"{case}|{party}", person.number))
    for row in late:
        write(row)
    return out.getvalue().encode("utf-8-sig")


def probation(draw: random.Random, people: list[Human], truth: Truth) -> bytes:
    """A workbook of a supervision agency."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 3, 16)})
    sheet = book.add_worksheet("Caseload")
    head = [
        "Supervision No",
        "Client",
        "Birth Date",
        "Year of Birth",
        "Sex",
        "Type",
        "Status",
        "Start",
        "End",
        "Phone",
        "Street",
        "City",
        "State",
        "Zip",
        "SSN",
        "Officer",
        "Immigration Status",
    ]
    sheet.write_row(0, 0, head)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, person in enumerate(people):
        told = say(draw, person)
        start = date(2026, 2, 1) - timedelta(days=draw.randint(0, 900))
        supervision = f"S{8000 + person.number}"
        row = number + 1
        known = number % 5 != 0
        sheet.write_string(row, 0, supervision)
        sheet.write_string(row, 1, told.last_first if number != 13 else told.last_first.replace(",", ""))
        if known:
            sheet.write_datetime(row, 2, datetime.combine(told.born, datetime.min.time()), day)
        else:
            sheet.write_number(row, 3, told.born.year)
        sheet.write_string(row, 4, {"M": "Male", "F": "Female"}[told.sex])
        sheet.write_string(row, 5, "PAROLE" if number % 4 == 0 else "PROBATION")
        sheet.write_string(row, 6, "Vacationing" if number == 17 else draw.choice(("Active", "Absconded", "Closed")))
        sheet.write_datetime(row, 7, datetime.combine(start, datetime.min.time()), day)
        sheet.write_string(row, 8, "Unknown" if number % 9 == 0 else (start + timedelta(days=730)).isoformat())
        sheet.write_string(row, 9, person.phone if number % 3 else "")
        sheet.write_string(row, 10, " ".join(filter(None, (told.home.number, told.home.street, told.home.unit))))
        sheet.write_row(row, 11, [told.home.city, "OZ"])
        sheet.write_string(row, 13, told.home.postal_code)
        sheet.write_string(row, 14, person.ssn if number % 2 else "")
        sheet.write_string(row, 15, draw.choice(("UNIT 1", "UNIT 2")))
        sheet.write_string(row, 16, "On file" if number % 10 == 0 else "")
        truth.append(("oz_probation", supervision, person.number))
    book.close()
    return out.getvalue()


def public_register(draw: random.Random, people: list[Human], truth: Truth) -> bytes:
    """A register of licensed trades and boats: names, addresses, phones, mail."""
    lines = []
    for number, person in enumerate(people):
        told = say(draw, person)
        body: dict[str, Any] = {
            "registration": f"REG-{60_000 + number}",
            "holder": {"first": told.given, "middle": told.middle, "last": told.surname, "suffix": told.suffix},
            "birth_year": str(told.born.year),
            "residence": {
                "number": told.home.number,
                "street": told.home.street,
                "unit": told.home.unit,
                "city": told.home.city,
                "state": "OZ",
                "zip": told.home.postal_code,
            },
            "mailing": {"line": f"PO Box {100 + number}, {told.home.city} OZ {told.home.postal_code}"}
            if number % 7 == 0
            else None,
            "phones": [person.phone] if draw.random() < 0.7 else [],
            "emails": [person.email] if draw.random() < 0.6 else [],
            "trade": draw.choice(("electrician", "notary", "boat", "cosmetologist")),
        }
        if number == 10:
            body["religion"] = "not asked"
        if number == 21:
            body["pets"] = 2
        if number == 34:
            body["birth_year"] = "nineteen eighty"
        lines.append(json.dumps(body, ensure_ascii=False))
        truth.append(("oz_public_register", f"REG-{60_000 + number}", person.number))
    lines.insert(50, lines[49])
    lines.insert(80, lines[79][: len(lines[79]) // 2])
    return ("\n".join(lines) + "\n").encode()
