"""Sprig's dates. What is read off the clock isn't known; the zone of the machine counts as UTC."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from sovlint.expressions.templates.functions.arguments import is_unknown, text
from sovlint.expressions.templates.functions.times.durations import parsed_duration
from sovlint.expressions.templates.functions.times.layouts import ZERO, Moment, read, written
from sovlint.expressions.templates.running import Execution, TemplateError, TemplateFunction
from sovlint.expressions.templates.text import TemplateHole
from sovlint.expressions.templates.values import Int64, TextObject

_DATE = "2006-01-02"
_PRINTED = "2006-01-02 15:04:05.999999999 -0700 MST"
_RFC_3339 = "2006-01-02T15:04:05.999999999Z07:00"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Time(TextObject):
    """A point in time as templates have it."""

    __slots__ = ("moment",)

    def __init__(self, moment: Moment) -> None:
        when = moment.when
        seconds = Int64((when - _EPOCH) // timedelta(seconds=1))
        printed = written(_PRINTED, moment)
        fields: dict[str, Any] = {
            "Year": when.year,
            "Month": written("January", moment),
            "Day": when.day,
            "Hour": when.hour,
            "Minute": when.minute,
            "Second": when.second,
            "Nanosecond": moment.nanoseconds,
            "Weekday": written("Monday", moment),
            "YearDay": when.timetuple().tm_yday,
            "Unix": seconds,
            "UnixNano": Int64(seconds * 1_000_000_000 + moment.nanoseconds),
            "String": printed,
            "UTC": None,
        }
        super().__init__(
            fields,
            {"Format": lambda run, layout: written(text(layout), moment)},
            printed,
            written(_RFC_3339, moment),
            ("time.Time", "struct"),
        )
        self.moment = moment
        fields["UTC"] = self if when.tzinfo is UTC else Time(_in_zone(moment, "UTC"))


def _in_zone(moment: Moment, name: str) -> Moment:
    zone = _zone(name)
    when = moment.when.astimezone(zone)
    called = when.tzname() or "UTC"
    return Moment(when, moment.nanoseconds, "UTC" if zone is UTC else called)


def _zone(name: str) -> tzinfo:
    """A zone by its name; UTC for the machine's own and where there is none of that name."""
    if name in ("", "UTC", "Local"):
        return UTC
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return UTC


def _moment(run: Execution, name: str, value: Any) -> Moment | TemplateHole:
    """A point in time out of a value; anything but a time or a number reads the clock."""
    if isinstance(value, Time):
        return value.moment
    if isinstance(value, int) and not isinstance(value, bool):
        try:
            return Moment(_EPOCH + timedelta(seconds=int(value)))
        except OverflowError:
            raise TemplateError("a year beyond 9999") from None
    return run.unknown(name, value)


def _date_in_zone(run: Execution, layout: Any, value: Any, zone: Any) -> Any:
    if is_unknown(layout) or is_unknown(zone) or isinstance(value, TemplateHole):
        return run.unknown("dateInZone", layout, value, zone)
    moment = _moment(run, "now", value)
    if isinstance(moment, TemplateHole):
        return run.unknown("dateInZone", layout, moment, zone)
    return written(text(layout), _in_zone(moment, text(zone)))


def _date(run: Execution, layout: Any, value: Any) -> Any:
    return _date_in_zone(run, layout, value, "Local")


def _html_date(run: Execution, value: Any) -> Any:
    return _date_in_zone(run, _DATE, value, "Local")


def _html_date_in_zone(run: Execution, value: Any, zone: Any) -> Any:
    return _date_in_zone(run, _DATE, value, zone)


def _to_date(run: Execution, layout: Any, value: Any) -> Any:
    try:
        return _must_to_date(run, layout, value)
    except TemplateError:
        return Time(ZERO)


def _must_to_date(run: Execution, layout: Any, value: Any) -> Any:
    if is_unknown(layout) or is_unknown(value):
        return run.unknown("toDate", layout, value)
    run.afford(len(text(layout)) + len(text(value)))
    return Time(read(layout, value))


def _date_modify(run: Execution, change: Any, value: Any) -> Any:
    return _modified(run, change, value, must=False)


def _must_date_modify(run: Execution, change: Any, value: Any) -> Any:
    return _modified(run, change, value, must=True)


def _modified(run: Execution, change: Any, value: Any, must: bool) -> Any:
    if is_unknown(change) or isinstance(value, TemplateHole):
        return run.unknown("dateModify", change, value)
    moment = _given(value)
    stretch = parsed_duration(text(change))
    if stretch is None:
        if must:
            raise TemplateError(f'time: invalid duration "{change}"')
        return value
    seconds, nanoseconds = divmod(moment.nanoseconds + stretch, 1_000_000_000)
    try:
        when = moment.when + timedelta(seconds=seconds)
    except OverflowError:
        raise TemplateError("a year beyond 9999") from None
    return Time(Moment(when, nanoseconds, moment.zone))


def _given(value: Any) -> Moment:
    if not isinstance(value, Time):
        raise TemplateError("wrong type for value; expected time.Time")
    return value.moment


def _unix_epoch(run: Execution, value: Any) -> Any:
    if isinstance(value, TemplateHole):
        return run.unknown("unixEpoch", value)
    return str((_given(value).when - _EPOCH) // timedelta(seconds=1))


def _now(run: Execution) -> Any:
    return run.unknown("now")


def _ago(run: Execution, value: Any) -> Any:
    return run.unknown("ago", value)


FUNCTIONS: Mapping[str, TemplateFunction] = {
    "now": _now,
    "ago": _ago,
    "date": _date,
    "dateInZone": _date_in_zone,
    "date_in_zone": _date_in_zone,
    "htmlDate": _html_date,
    "htmlDateInZone": _html_date_in_zone,
    "toDate": _to_date,
    "mustToDate": _must_to_date,
    "dateModify": _date_modify,
    "date_modify": _date_modify,
    "mustDateModify": _must_date_modify,
    "must_date_modify": _must_date_modify,
    "unixEpoch": _unix_epoch,
}
