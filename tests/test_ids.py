"""The id of a test is the same in every process and in every second: workers that collect other ids abort the run."""

from __future__ import annotations

import re
import time
from datetime import date, datetime
from typing import Final

import pytest

from tests.conftest import pytest_make_parametrize_id

A_TIME: Final = re.compile(r"(?<!\d)\d{10}(?!\d)")
"""Seconds since 1970, as they are written."""
A_DAY: Final = 24 * 60 * 60


def _may_differ(test_id: str, now: float) -> bool:
    """Whether ``test_id`` has bytes in it (``\\x8b``), the time of this run, or a place in memory (``0x7f..``)."""
    times = (int(found) for found in A_TIME.findall(test_id))
    is_of_now = any(abs(now - found) < A_DAY for found in times)
    is_of_today = f"{datetime.fromtimestamp(now):%Y-%m-%dT%H}" in test_id
    return is_of_now or is_of_today or "\\x8b" in test_id or "0x7f" in test_id


def test_no_id_holds_bytes_or_times(request: pytest.FixtureRequest) -> None:
    now = time.time()
    with_values = [
        (item.nodeid, getattr(item, "callspec", None)) for item in request.session.items
    ]
    held = [
        node
        for node, spec in with_values
        if spec is not None
        and any(
            isinstance(value, bytes) and len(value) > 3 and ascii(value)[2:-1] in node
            for value in spec.params.values()
        )
    ]
    assert held == []
    assert [node for node, _ in with_values if _may_differ(node, now)] == []


@pytest.mark.parametrize(
    ("test_id", "differs"),
    [
        (r"test_a[\x1f\x8b\x08\x00-problem]", True),
        ("test_a[1700000000-problem]", True),
        ("test_a[17000000001-problem]", False),
        ("test_a[<object at 0x7f00aa>]", True),
        ("test_a[2018-01-02T23:12:01Z]", False),
    ],
    ids=["bytes", "now", "a longer number", "a place in memory", "a day of long ago"],
)
def test_what_differs_from_run_to_run(test_id: str, differs: bool) -> None:
    assert _may_differ(test_id, 1_700_000_100.0) is differs


@pytest.mark.parametrize("value", [b"a", bytearray(b"a"), date(2026, 1, 1), 1.5])
def test_a_value_that_may_differ_is_called_by_the_name_of_its_argument(value: object) -> None:
    assert pytest_make_parametrize_id(value, "data") == "data"


@pytest.mark.parametrize("value", ["a", 1, None, True])
def test_other_values_are_called_as_pytest_calls_them(value: object) -> None:
    assert pytest_make_parametrize_id(value, "data") is None
