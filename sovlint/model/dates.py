"""Dates that may be a year, a month or a day, and what holds from one of them until another."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def first_day(written: str) -> date:
    """The first day that ``2025``, ``2025-03`` or ``2025-03-14`` may mean. Raises ``ValueError`` for anything else."""
    year, month, day = (*written.split("-"), "1", "1")[:3]
    return date(int(year), int(month), int(day))


def last_day(written: str) -> date:
    """The last day that it may mean."""
    given = written.split("-")
    year, month = int(given[0]), int(given[1]) if len(given) > 1 else 12
    return date(year, month, int(given[2]) if len(given) > 2 else monthrange(year, month)[1])


def perhaps(since: str | None, until: str | None, day: date) -> bool:
    """Whether what holds from ``since`` until ``until`` (inclusive; ``None``: open) may hold on ``day``."""
    return (since is None or first_day(since) <= day) and (
        until is None or day <= last_day(until)
    )


def surely(since: str | None, until: str | None, day: date) -> bool:
    """Whether it holds on ``day`` whatever its dates mean."""
    return (since is None or last_day(since) <= day) and (
        until is None or day <= first_day(until)
    )
