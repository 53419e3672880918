"""Which records a store may leave alone while further looks say nothing new of them."""

import pytest

from eyre.custody.pending import is_settled
from eyre.custody.rule import CustodyRule
from tests.custody.story import DROP_OFF, EXPLICIT, PUSHED, booked, runs_and_looks

OUT = booked(released_at="2026-03-01T10:20:00Z")
PLAN = booked(released_at="2026-03-09")


@pytest.mark.parametrize(
    ("rule", "line", "settled"),
    [
        (DROP_OFF, "10:00 -, 10:15 in, 10:30 in", True),
        (DROP_OFF, "10:00 -, 10:15 in", False),
        (DROP_OFF, "10:15 in, 10:30 -", False),
        (DROP_OFF, "10:15 in, 10:30 -!", False),
        (DROP_OFF, "10:15 in, 10:30 -, 10:45 -", True),
        (DROP_OFF, "10:15 in, 10:30 -, 10:45 -, 11:00 in~, 11:15 in~", False),
        (DROP_OFF, "10:15 in, 10:30 out, 10:45 -", True),
        (EXPLICIT, "10:15 in, 10:30 -", True),
        (EXPLICIT, "10:15 in, 10:30 -!", False),
        (EXPLICIT, "10:15 in, 10:30 plan, 10:45 plan", False),
        (PUSHED, "10:15 +in", True),
        (PUSHED, "10:15 +in, 10:20 +out", True),
    ],
)
def test_what_is_settled(rule: CustodyRule, line: str, settled: bool) -> None:
    runs, looks = runs_and_looks(rule, line, {"out": OUT, "plan": PLAN})
    assert is_settled(runs, looks, rule) is settled
