"""Rosters as pages: Tallgrass (the New World kind) and Larkspur (the TCSI kind)."""

import random
from datetime import timedelta
from html import escape

from charges import some_charges
from population import Human
from saying import age_on, say
from stay import TODAY, Truth, booked_at, us_date


def tallgrass(draw: random.Random, people: list[Human], truth: Truth) -> bytes:
    """The New World kind: an HTML block for each booking, subject number and booking number, age only."""
    blocks = []
    for number, person in enumerate(people):
        told, booked = say(draw, person), booked_at(draw, 200)
        subject, booking = f"{400_000 + person.number}", f"{booked.year}-{10_000 + number * 7:08d}"
        out = number % 3 == 0
        left = us_date(booked.date() + timedelta(days=9)) + " 10:15 AM" if out else ""
        fields = [
            ("Subject Number", subject),
            ("Name", told.last_first if number % 23 else f"{told.last_first} AKA {told.surname.upper()}, ACE"),
            ("Age", str(age_on(told.born, TODAY))),
            ("Gender", {"M": "Male", "F": "Female"}[told.sex]),
            ("Race", draw.choice(("White", "Black", "Unknown"))),
            ("Citizenship", "Declined" if number % 4 else ""),
            ("Booking Number", booking),
            ("Booking Date", f"{us_date(booked.date())} {booked:%I:%M %p}"),
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
            f"<tr><td>{n}</td><td>{s}</td><td>{escape(t)}</td>"
            f"<td>{draw.choice(('Pending', 'Guilty', 'Dismissed'))}</td></tr>"
            for n, (s, t, _) in enumerate(some_charges(draw), 1)
        )
        items = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>\n" for k, v in fields)
        blocks.append(
            f'<div class="Booking"><dl>\n{items}</dl>\n<table class="Charges"><tr><th>#</th><th>Statute</th>'
            f"<th>Description</th><th>Disposition</th></tr>{rows}</table></div>\n"
        )
        truth.append(("oz_tallgrass_jail", f"{subject}|{booking}", person.number))
    head = "<!DOCTYPE html>\n<html><head><title>Inmate Inquiry OZ0210000</title></head><body>\n"
    return f"{head}{''.join(blocks)}</body></html>\n".encode()


def larkspur(draw: random.Random, people: list[Human], truth: Truth) -> bytes:
    """The TCSI kind: a table; the booking number counts a person's stays."""
    rows = []
    for number, person in enumerate(people):
        told, booked = say(draw, person), booked_at(draw)
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
    table = f'<table id="inmates"><tr>{head}</tr>\n{body}</table>'
    return f"<html><body><h1>Larkspur County Inmate List</h1>{table}</body></html>\n".encode()
