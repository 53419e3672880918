"""What the demonstration says of what happens, and how much of it at once."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from eyre.cli.demo_tellers import LineTeller
from eyre.cli.demo_told import Counts, Tick
from eyre.cli.demo_words import happened, met
from eyre.service.circuit_status import CircuitStatus
from eyre.service.demo import Seen
from eyre.service.joined_person import JoinedPerson
from eyre.service.newest_events import NewEvent

AT = datetime(2026, 6, 1, 14, 30, tzinfo=UTC)
TITLES = {"a": "A County Jail", "b": "B County Court"}
STATUS = CircuitStatus(AT, {"down": 0, "late": 2, "on time": 5}, 90, {"booked": 3}, 12.0, ())
PERSON = JoinedPerson("r1", "a", "ANN LEE", "r2", "b", "ANNE LEE", 12.34, 0.999, ("a", "b", "c"))


def event(**told: object) -> NewEvent:
    body = {"number": 1, "noted": True, "record": 5, "source": "a", "kind": "booked"}
    return NewEvent(**(body | {"earliest": AT, "latest": AT, "basis": "explicit"} | told))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, "booked, A County Jail, 14:30 (explicit)"),
        ({"source": "elsewhere"}, "booked, elsewhere, 14:30 (explicit)"),
        (
            {"kind": "released", "basis": "inferred_drop_off", "earliest": AT - timedelta(minutes=15)},
            "released, A County Jail, 14:15 to 14:30 (inferred drop off)",
        ),
        (
            {"earliest": AT - timedelta(days=1), "noted": False},
            "no longer believed: booked, A County Jail, 2026-05-31 14:30 to 14:30 (explicit)",
        ),
    ],
)
def test_an_event_is_told_with_its_interval_and_its_basis(told: dict[str, object], words: str) -> None:
    assert happened(event(**told), TITLES, AT) == words


def test_a_person_is_told_by_both_names_and_the_weight() -> None:
    assert met(PERSON, TITLES) == "ANN LEE, A County Jail = ANNE LEE, B County Court and 1 more (+12.3 bits)"


def test_lines_are_few_at_once_and_say_how_many_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    teller = LineTeller()
    manifests = {source: SimpleNamespace(title=title) for source, title in TITLES.items()}
    teller.looked(manifests, Seen("custody_operations", 80, 70, 5), STATUS)  # type: ignore[arg-type]
    teller.begin("Looking: 1 of 2")
    teller.begin("Looking: 2 of 2")
    events = [event(number=number) for number in range(10)]
    teller.tick(Tick(AT, 1.0, STATUS, Counts(rides=7, persons=4, known=1), events, [PERSON]))
    teller.tick(Tick(AT, 1.0, STATUS, Counts(), [], []))
    told = capsys.readouterr().out.splitlines()
    assert told[:3] == ["2 sources, 90 rows: 80 records, 70 persons", "Looking …", f"Mon 14:30  {met(PERSON, TITLES)}"]
    assert told[3:7] == ["Mon 14:30  booked, A County Jail, 14:30 (explicit)"] * 4
    assert told[7] == "Mon 14:30  and 6 more events"
    (summed_up,) = told[8:]
    assert "7 rides" in summed_up
    assert "1 of 4 persons known before" in summed_up
    assert summed_up.endswith("sources: 2 late, 5 on time")
