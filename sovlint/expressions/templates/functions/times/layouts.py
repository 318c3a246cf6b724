"""Layouts of Go's ``time`` package: a point in time written as the second of January 2006 is in the layout."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone

from msgspec import Struct

from sovlint.expressions.templates.running import TemplateError

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_ELEMENT = re.compile(
    r"January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|2006|Z07:00:00|Z070000|Z07:00|Z0700|Z07"
    r"|-07:00:00|-070000|-07:00|-0700|-07|002|01|02|03|04|05|06|__2|_2(?!006)|15|PM|pm|[.,]0+(?!\d)|[.,]9+(?!\d)|1|2|3|4|5"
)


class Moment(Struct, frozen=True):
    """A point in time: whole seconds with a zone, the nanoseconds beyond, and what the zone is called."""

    when: datetime
    nanoseconds: int = 0
    zone: str = "UTC"


ZERO = Moment(datetime(1, 1, 1, tzinfo=UTC))


def written(layout: str, moment: Moment) -> str:
    """A point in time as a layout has it."""
    return _ELEMENT.sub(lambda found: _element(found.group(), moment), layout)


def _element(element: str, moment: Moment) -> str:
    if element[0] in ".,":
        return _fraction(element, moment.nanoseconds)
    if element[0] in "Z-":
        return _offset(element, moment.when)
    if element == "MST":
        return moment.zone or _offset("-0700", moment.when)
    return _WRITTEN[element](moment.when)


_WRITTEN: Mapping[str, Callable[[datetime], str]] = {
    "January": lambda when: _MONTHS[when.month - 1],
    "Jan": lambda when: _MONTHS[when.month - 1][:3],
    "Monday": lambda when: _DAYS[when.weekday()],
    "Mon": lambda when: _DAYS[when.weekday()][:3],
    "2006": lambda when: f"{when.year:04}",
    "06": lambda when: f"{when.year % 100:02}",
    "01": lambda when: f"{when.month:02}",
    "1": lambda when: str(when.month),
    "02": lambda when: f"{when.day:02}",
    "_2": lambda when: f"{when.day:2}",
    "2": lambda when: str(when.day),
    "002": lambda when: f"{when.timetuple().tm_yday:03}",
    "__2": lambda when: f"{when.timetuple().tm_yday:3}",
    "15": lambda when: f"{when.hour:02}",
    "03": lambda when: f"{(when.hour + 11) % 12 + 1:02}",
    "3": lambda when: str((when.hour + 11) % 12 + 1),
    "04": lambda when: f"{when.minute:02}",
    "4": lambda when: str(when.minute),
    "05": lambda when: f"{when.second:02}",
    "5": lambda when: str(when.second),
    "PM": lambda when: "AM" if when.hour < 12 else "PM",
    "pm": lambda when: "am" if when.hour < 12 else "pm",
}


def _fraction(element: str, nanoseconds: int) -> str:
    digits = f"{nanoseconds:09}"[: len(element) - 1].ljust(len(element) - 1, "0")
    if element[1] == "9":
        digits = digits.rstrip("0")
        return element[0] + digits if digits else ""
    return element[0] + digits


def _offset(element: str, when: datetime) -> str:
    offset = when.utcoffset() or timedelta()
    if element[0] == "Z" and not offset:
        return "Z"
    seconds = int(offset.total_seconds())
    sign, seconds = ("-" if seconds < 0 else "+"), abs(seconds)
    parts = [f"{seconds // 3600:02}", f"{seconds // 60 % 60:02}", f"{seconds % 60:02}"]
    count = len(element.replace(":", "")) // 2
    return sign + (":" if ":" in element else "").join(parts[:count])


_READ = {
    "January": ("month", "|".join(_MONTHS)),
    "Jan": ("month", "|".join(month[:3] for month in _MONTHS)),
    "Monday": ("", "|".join(_DAYS)),
    "Mon": ("", "|".join(day[:3] for day in _DAYS)),
    "2006": ("year", r"\d{4}"),
    "06": ("short_year", r"\d\d"),
    "01": ("month", r"\d\d"),
    "1": ("month", r"\d{1,2}"),
    "02": ("day", r"\d\d"),
    "_2": ("day", r" ?\d{1,2}"),
    "2": ("day", r"\d{1,2}"),
    "002": ("yearday", r"\d{3}"),
    "__2": ("yearday", r" {0,2}\d{1,3}"),
    "15": ("hour", r"\d{1,2}"),
    "03": ("hour", r"\d\d"),
    "3": ("hour", r"\d{1,2}"),
    "04": ("minute", r"\d\d"),
    "4": ("minute", r"\d{1,2}"),
    "05": ("second", r"\d\d(?:[.,]\d+)?"),
    "5": ("second", r"\d{1,2}(?:[.,]\d+)?"),
    "PM": ("half", "AM|PM"),
    "pm": ("half", "am|pm"),
    "MST": ("zone", r"[A-Z]{3,5}|[+-]\d\d"),
}


def read(layout: str, text: str) -> Moment:
    """A point in time that is written as a layout has it; in UTC where no zone is written. Raises ``TemplateError``."""
    names: list[str] = []
    pattern, at = "", 0
    for found in _ELEMENT.finditer(layout):
        name, piece = _piece(found.group(), pattern)
        names.append(name)
        pattern += re.escape(layout[at : found.start()]) + f"({piece})"
        at = found.end()
    match = re.fullmatch(pattern + re.escape(layout[at:]), text, re.ASCII)
    if match is None:
        raise _unreadable(layout, text)
    values = {name: value for name, value in zip(names, match.groups(), strict=True) if name}
    try:
        return _moment(values)
    except (ValueError, OverflowError):
        raise _unreadable(layout, text) from None


def _unreadable(layout: str, text: str) -> TemplateError:
    return TemplateError(f'parsing time "{text}" as "{layout}": cannot parse')


def _piece(element: str, before: str) -> tuple[str, str]:
    if element[0] == "Z":
        return "offset", "Z|" + _offset_pattern(element)
    if element[0] == "-":
        return "offset", _offset_pattern(element)
    if element[0] in ".,":
        count = len(element) - 1
        return "fraction", rf"[.,]\d{{{count}}}" if element[1] == "0" else r"(?:[.,]\d+)?"
    return _READ[element]


def _offset_pattern(element: str) -> str:
    colon = ":" if ":" in element else ""
    return r"[+-]\d\d" + rf"{colon}\d\d" * (len(element.replace(":", "")) // 2 - 1)


def _moment(values: Mapping[str, str]) -> Moment:
    second, _, digits = values.get("second", "0").replace(",", ".").partition(".")
    digits = digits or values.get("fraction", "")[1:]
    month, day = _month(values.get("month", "1")), int(values.get("day", "1"))
    when = datetime(
        _year(values), month, day, _hour(values), int(values.get("minute", "0")), int(second)
    )
    if "yearday" in values:
        when = when.replace(month=1, day=1) + timedelta(days=int(values["yearday"]) - 1)
    zone = _zone(values.get("offset", "Z"))
    name = values.get("zone") or ("UTC" if zone is UTC else "")
    return Moment(when.replace(tzinfo=zone), int(digits[:9].ljust(9, "0") or 0), name)


def _year(values: Mapping[str, str]) -> int:
    if "short_year" in values:
        short = int(values["short_year"])
        return short + (1900 if short >= 69 else 2000)
    return int(values.get("year", "1")) or 1


def _month(written: str) -> int:
    if written.isdigit():
        return int(written)
    return next(at for at, name in enumerate(_MONTHS, 1) if name.startswith(written[:3]))


def _hour(values: Mapping[str, str]) -> int:
    hour, half = int(values.get("hour", "0")), values.get("half", "").upper()
    if half == "PM" and hour < 12:
        return hour + 12
    return 0 if half == "AM" and hour == 12 else hour


def _zone(written: str) -> timezone:
    if written == "Z":
        return UTC
    digits = written[1:].replace(":", "").ljust(6, "0")
    offset = timedelta(
        hours=int(digits[:2]), minutes=int(digits[2:4]), seconds=int(digits[4:])
    )
    return timezone(-offset if written[0] == "-" else offset)
