"""An instant is aware and in UTC, and its text sorts in time."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eyre.clock import in_utc, to_text

zones = st.integers(min_value=-14 * 60, max_value=14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(min_value=datetime(1000, 1, 2), max_value=datetime(9998, 1, 1), timezones=zones)


@given(moments)
def test_the_same_instant_in_utc(moment: datetime) -> None:
    assert in_utc(moment) == moment
    assert in_utc(moment).tzinfo is UTC


@given(moments)
def test_text_is_read_back(moment: datetime) -> None:
    assert datetime.fromisoformat(to_text(moment)) == moment


@given(moments, moments)
def test_text_sorts_in_time(one: datetime, other: datetime) -> None:
    assert (one < other) == (to_text(one) < to_text(other))


def test_a_naive_moment_names_no_instant() -> None:
    with pytest.raises(ValueError, match="names no instant"):
        in_utc(datetime(2026, 11, 23))
