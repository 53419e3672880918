"""Rosters as JSON: Bellwether (the JailTracker kind) and Cinder (the Zuercher kind)."""

import json
import random
from datetime import datetime, timedelta
from typing import Any

from charges import AGENCIES, some_charges
from population import Human
from saying import age_on, say
from stay import TODAY, Truth, booked_at, us_date

from eyre.sim.feeds.write_dates import ODD_DATES, ODD_TIMES

_ODD_DATES = (*ODD_DATES[len(ODD_TIMES) : -1], *ODD_DATES[: len(ODD_TIMES)], ODD_DATES[-1])
"""The same, in the order in which the samples were drawn with them."""


def bellwether(draw: random.Random, people: list[Human], truth: Truth) -> bytes:
    """The JailTracker kind: ages, label and value lists, misspelt keys."""
    rows: list[dict[str, Any]] = []
    for number, person in enumerate(people):
        told, booked = say(draw, person), booked_at(draw)
        arrest = f"26{1000 + number * 3:06d}"
        details = [
            {"Field": "Current Age:", "Value": str(age_on(told.born, TODAY))},
            {"Field": "Gender:", "Value": {"M": "Male", "F": "Female"}[told.sex]},
            {"Field": "Race:", "Value": draw.choice(("W", "B", "H", "U"))},
            {"Field": "Height:", "Value": f"{draw.randint(5, 6)}'{draw.randint(0, 11):02d}\""},
        ]
        if number % 5 == 0:
            details.append({"Field": "Place of Birth:", "Value": "Somewhere, OZ"})
        charges: list[dict[str, Any]] = []
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
                "OriginalBookDateTime": f"{us_date(booked.date())}T{booked:%H:%M:%S}",
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
    body: dict[str, Any] = {
        "captchaRequred": False,
        "succes": True,
        "error": None,
        "totalCount": len(rows),
        "data": rows,
    }
    return json.dumps(body, indent=1).encode()


def cinder(draw: random.Random, people: list[Human], truth: Truth) -> bytes:
    """The Zuercher kind: no booking number, hold reasons as HTML, eighteen date formats."""
    records = []
    for number, person in enumerate(people):
        told, booked = say(draw, person), booked_at(draw)
        born = f"{told.born:%m/%d/%Y}" if number % 5 < 2 else ""
        reasons = [
            f"Charge: {statute} - {text}; Bond - {draw.choice(('CASH', 'SURETY'))}, "
            f"${draw.choice((500, 1500, 25000)):,}.00; "
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
