"""Functions on points in time, which Terraform writes as RFC 3339 has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from sovlint.expressions.kinds import Functions, Refused
from sovlint.expressions.texts import text_of
from sovlint.model.decoding import late_pattern

_TIMESTAMP = late_pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_DURATION = late_pattern(r"[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+")
_STRETCH = late_pattern(r"(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)")
_SECONDS: Final = {
    "ns": 1e-9,
    "us": 1e-6,
    "µs": 1e-6,
    "μs": 1e-6,
    "ms": 1e-3,
    "s": 1,
    "m": 60,
    "h": 3600,
}
_SEQUENCE = late_pattern(r"'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+")

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _offset(when: datetime, colon: bool) -> str:
    text = when.strftime("%z")
    return f"{text[:3]}:{text[3:]}" if colon else text


def _is_utc(when: datetime) -> bool:
    return when.utcoffset() == timedelta(0)


_SEQUENCES: Final[Mapping[str, Callable[[datetime], str]]] = {
    "YYYY": lambda when: f"{when.year:04}",
    "YY": lambda when: f"{when.year % 100:02}",
    "MMMM": lambda when: _MONTHS[when.month - 1],
    "MMM": lambda when: _MONTHS[when.month - 1][:3],
    "MM": lambda when: f"{when.month:02}",
    "M": lambda when: str(when.month),
    "DD": lambda when: f"{when.day:02}",
    "D": lambda when: str(when.day),
    "EEEE": lambda when: _DAYS[when.weekday()],
    "EEE": lambda when: _DAYS[when.weekday()][:3],
    "hh": lambda when: f"{when.hour:02}",
    "h": lambda when: str(when.hour),
    "HH": lambda when: f"{(when.hour + 11) % 12 + 1:02}",
    "H": lambda when: str((when.hour + 11) % 12 + 1),
    "AA": lambda when: "AM" if when.hour < 12 else "PM",
    "aa": lambda when: "am" if when.hour < 12 else "pm",
    "mm": lambda when: f"{when.minute:02}",
    "m": lambda when: str(when.minute),
    "ss": lambda when: f"{when.second:02}",
    "s": lambda when: str(when.second),
    "ZZZZZ": lambda when: _offset(when, colon=True),
    "ZZZZ": lambda when: _offset(when, colon=False),
    "ZZZ": lambda when: "UTC" if _is_utc(when) else _offset(when, colon=False),
    "Z": lambda when: "Z" if _is_utc(when) else _offset(when, colon=True),
}
"""The sequences of ``formatdate`` (Terraform's language reference)."""


def _when(value: object) -> datetime:
    text = text_of(value)
    if text is None or not _TIMESTAMP.fullmatch(text):
        raise Refused("a timestamp as in RFC 3339 expected")
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Refused("no such time") from None


def _written(when: datetime) -> str:
    text = when.strftime("%Y-%m-%dT%H:%M:%S")
    return text + ("Z" if _is_utc(when) else _offset(when, colon=True))


def _formatdate(spec: object, timestamp: object) -> str:
    when, text = _when(timestamp), text_of(spec)
    if text is None or "".join(match.group() for match in _SEQUENCE.finditer(text)) != text:
        raise Refused("a format expected")

    def piece(match: re.Match[str]) -> str:
        quoted, letter = match.groups()
        if quoted is not None:
            return quoted.replace("''", "'")
        if letter is None:
            return match.group()
        make = _SEQUENCES.get(match.group())
        if make is None:
            raise Refused("a sequence that formatdate doesn't have")
        return make(when)

    return _SEQUENCE.sub(piece, text)


def _timeadd(timestamp: object, duration: object) -> str:
    when, text = _when(timestamp), text_of(duration)
    if text is None or not (_DURATION.fullmatch(text) or text in ("0", "+0", "-0")):
        raise Refused("a duration expected")
    seconds = sum(float(number) * _SECONDS[unit] for number, unit in _STRETCH.findall(text))
    try:
        return _written(
            when + timedelta(seconds=-seconds if text.startswith("-") else seconds)
        )
    except OverflowError:
        raise Refused("out of range") from None


def _timecmp(one: object, other: object) -> int:
    left, right = _when(one).astimezone(UTC), _when(other).astimezone(UTC)
    return (left > right) - (left < right)


FUNCTIONS: Functions = {
    "formatdate": _formatdate,
    "timeadd": _timeadd,
    "timecmp": _timecmp,
}
