"""Stretches of time, as Go writes them (``1h30m``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from sovlint.expressions.templates.functions.conversions import parsed_float
from sovlint.expressions.templates.running import TemplateError
from sovlint.expressions.templates.values import Duration, Int64
from sovlint.expressions.templates.values_text import duration_text

SECOND = 1_000_000_000
_UNITS = {
    "ns": 1, "us": 1_000, "µs": 1_000, "μs": 1_000, "ms": 1_000_000, "s": SECOND, "m": 60 * SECOND, "h": 3600 * SECOND,
}  # fmt: skip
_STRETCH = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)")
_WHOLE = re.compile(r"[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+")
_LONGEST = 200
_MOST = 2**63 - 1
_ROUGHLY = (
    (365 * 24 * 3600 * SECOND, "y"), (30 * 24 * 3600 * SECOND, "mo"), (24 * 3600 * SECOND, "d"),
    (3600 * SECOND, "h"), (60 * SECOND, "m"), (SECOND, "s"),
)  # fmt: skip


def parsed_duration(written: str) -> Duration | None:
    """What a text says of a stretch of time; ``None`` where it says nothing."""
    if len(written) > _LONGEST:
        return None
    if written in ("0", "+0", "-0"):
        return Duration(0)
    if not _WHOLE.fullmatch(written):
        return None
    total = sum(
        int(Fraction(amount.rstrip(".")) * _UNITS[unit])
        for amount, unit in _STRETCH.findall(written)
    )
    return None if total > _MOST else Duration(-total if written[0] == "-" else total)


def _as_duration(value: Any) -> Duration | None:
    """A stretch of time out of anything: numbers are seconds."""
    if isinstance(value, Duration):
        return value
    if isinstance(value, str):
        found = parsed_duration(value.strip())
        return _seconds(parsed_float(value.strip())) if found is None else found
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return _seconds(value)


def _seconds(amount: float | None) -> Duration | None:
    if amount is None or amount != amount or abs(amount) * SECOND > _MOST:
        return None
    return Duration(int(amount * SECOND))


def _must(value: Any) -> Duration:
    found = _as_duration(value)
    if found is None:
        raise TemplateError("could not parse duration")
    return found


def _as_float(unit: int) -> Callable[[Any], float]:
    def call(value: Any) -> float:
        return (_as_duration(value) or 0) / unit

    return call


def _as_whole(unit: int) -> Callable[[Any], Int64]:
    def call(value: Any) -> Int64:
        amount = int(_as_duration(value) or 0)
        return Int64(amount // unit if amount >= 0 else -(-amount // unit))

    return call


def _round_to(value: Any, multiple: Any) -> Duration:
    """The nearest multiple; halves go away from zero."""
    return _to_multiple(value, multiple, lambda amount, unit: (amount + unit // 2) // unit)


def _truncate_to(value: Any, multiple: Any) -> Duration:
    """The next multiple towards zero."""
    return _to_multiple(value, multiple, lambda amount, unit: amount // unit)


def _to_multiple(value: Any, multiple: Any, times: Callable[[int, int], int]) -> Duration:
    """A duration as so many ``times`` another one, counted without its sign; as it is where the other one is none."""
    amount, unit = _as_duration(value), _as_duration(multiple)
    if amount is None:
        return Duration(0)
    if unit is None or unit <= 0:
        return amount
    nearest = times(abs(amount), unit) * unit
    return Duration(nearest if amount >= 0 else -nearest)


def _duration(value: Any) -> str:
    """Seconds as a stretch of time; what is neither a text nor an int64 is none."""
    if isinstance(value, str):
        seconds = int(value) if re.fullmatch(r"[+-]?\d{1,19}", value) else 0
    else:
        seconds = int(value) if isinstance(value, Int64) else 0
    return duration_text((seconds * SECOND + 2**63) % 2**64 - 2**63)


def _duration_round(value: Any) -> str:
    """The largest unit of a stretch of time alone."""
    amount = 0
    if isinstance(value, str):
        amount = parsed_duration(value) or 0
    elif isinstance(value, Int64):
        amount = int(value)
    for unit, name in _ROUGHLY:
        if abs(amount) > unit:
            return f"{abs(amount) // unit}{name}"
    return "0s"


PLAIN: Mapping[str, Callable[..., Any]] = {
    "duration": _duration,
    "durationRound": _duration_round,
    "mustToDuration": _must,
    "durationSeconds": _as_float(SECOND),
    "durationMinutes": _as_float(60 * SECOND),
    "durationHours": _as_float(3600 * SECOND),
    "durationDays": _as_float(24 * 3600 * SECOND),
    "durationWeeks": _as_float(7 * 24 * 3600 * SECOND),
    "durationMilliseconds": _as_whole(1_000_000),
    "durationMicroseconds": _as_whole(1_000),
    "durationNanoseconds": _as_whole(1),
    "durationRoundTo": _round_to,
    "durationTruncateTo": _truncate_to,
}
