"""A day that notes until when it is told from others as it is."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovlint.model.watched_day import WatchedDay

TODAY = date(2026, 1, 10)
WAYS: dict[str, Callable[[date, date], object]] = {
    "before": lambda day, other: day < other,
    "after": lambda day, other: other < day,
    "until": lambda day, other: day <= other,
    "from": lambda day, other: other <= day,
    "is": lambda day, other: day == other,
    "is not": lambda day, other: other != day,
    "soon": lambda day, other: timedelta() <= other - day <= timedelta(days=30),
    "long ago": lambda day, other: day - other > timedelta(days=365),
    "in a week": lambda day, other: day + timedelta(days=7) < other,
    "a week ago": lambda day, other: other <= day - timedelta(days=7),
    "sorted": lambda day, other: max(day, other) == other,
}


@pytest.mark.parametrize("way", WAYS)
@given(st.integers(-1500, 1500), st.integers(0, 1500))
def test_until_then_it_is_the_same_and_then_it_is_not(way: str, off: int, later: int) -> None:
    """Held against plain days: nothing turns before the day that was noted."""
    other = TODAY + timedelta(days=off)
    watched = WatchedDay.of(TODAY)
    found = WAYS[way](watched, other)
    assert found == WAYS[way](TODAY, other)
    until = watched.turns.holds_until
    then = TODAY + timedelta(days=later)
    if until is None or then <= until:
        assert WAYS[way](then, other) == found
    assert not watched.turns.daily


@pytest.mark.parametrize(
    "way", ["before", "after", "until", "from", "in a week", "a week ago"]
)
@given(st.integers(-60, 60))
def test_it_is_not_noted_too_early(way: str, off: int) -> None:
    other = TODAY + timedelta(days=off)
    watched = WatchedDay.of(TODAY)
    found = WAYS[way](watched, other)
    until = watched.turns.holds_until
    if until is not None:
        assert WAYS[way](until + timedelta(days=1), other) != found


@pytest.mark.parametrize(
    ("reads", "what"),
    [
        (lambda day: (date(2026, 3, 1) - day).days, "days"),
        (lambda day: (day - date(2026, 1, 1)).total_seconds(), "seconds"),
        (lambda day: day.year, "year"),
        (lambda day: day.day, "day"),
    ],
)
def test_what_is_a_number_is_another_each_day(
    reads: Callable[[date], object], what: str
) -> None:
    watched = WatchedDay.of(TODAY)
    assert reads(watched) == reads(TODAY)
    assert (watched.turns.daily, watched.turns.holds_until) == ({what}, TODAY)


def test_it_is_written_and_copied_like_the_day_that_it_is() -> None:
    watched = WatchedDay.of(TODAY)
    assert (watched.isoformat(), str(watched), hash(watched)) == (
        TODAY.isoformat(), str(TODAY), hash(TODAY),
    )  # fmt: skip
    assert copy.deepcopy(watched) is watched
    assert type(pickle.loads(pickle.dumps(watched))) is date
    assert watched.replace(day=20) == date(2026, 1, 20)
    assert watched.turns.holds_until == date(2026, 1, 9) + timedelta(days=1)
