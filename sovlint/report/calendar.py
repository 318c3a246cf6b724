"""``sovlint calendar``: what lapses, as days of a calendar (iCalendar, RFC 5545). The same bytes for the same report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Final

from icalendar import Alarm, Calendar, Event  # an extra

from sovlint.model.findings.finding import Report
from sovlint.report.messages import counted, phrase, say
from sovlint.report.pieces.landings import landed
from sovlint.report.pieces.lapses import Lapse, lapses

PRODUCT: Final = "-//sovlint//calendar//EN"
DOMAIN: Final = "sovlint.dev"


def coming(report: Report) -> list[Lapse]:
    """What ends on the day of the run or later, first what ends first."""
    today = date.fromisoformat(report.as_of)
    found = (each for each in lapses(report, landed(report)) if each.day >= today)
    return sorted(found, key=lambda each: (each.day, each.kind, say(each.text, "en")))


def render(report: Report, warnings: Sequence[int], language: str) -> bytes:
    """The calendar: an event that takes a day for each thing that lapses, on the last day that it counts; with a reminder
    so many days before for each of ``warnings``."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", phrase("formats.calendar-name", language))
    # No time of the making: that of the day of the run.
    stamp = datetime.combine(date.fromisoformat(report.as_of), time(), UTC)
    for each in coming(report):
        calendar.add_component(_event(each, stamp, warnings, language))
    written: bytes = calendar.to_ical()
    return written


def _event(lapse: Lapse, stamp: datetime, warnings: Iterable[int], language: str) -> Event:
    text = say(lapse.text, language)
    event = Event()
    event.add("uid", f"{_id(lapse)}@{DOMAIN}")
    event.add("dtstamp", stamp)
    event.add("dtstart", lapse.day)
    event.add("dtend", lapse.day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("categories", [phrase(f"formats.lapse-{lapse.kind.value}", language)])
    event.add("summary", phrase("formats.lapses-last-day", language, what=text))
    event.add("description", _description(lapse, language))
    for days in warnings:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", text)
        alarm.add("trigger", timedelta(days=-days))
        event.add_component(alarm)
    return event


def _description(lapse: Lapse, language: str) -> str:
    lines = [counted("page.rests", lapse.count, language)] if lapse.count else []
    if lapse.where is not None:
        place = f"{lapse.where.path}:{lapse.where.line}"
        lines.append(phrase("formats.lapse-written", language, place=place))
    return "\n".join(lines)


def _id(lapse: Lapse) -> str:
    """What tells an event from others, and knows it again where nothing but its day changed."""
    told = f"{lapse.kind.value} {say(lapse.text, 'en')}"
    return sha256(told.encode("utf-8", "backslashreplace")).hexdigest()[:32]
