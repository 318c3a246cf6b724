"""A day that notes until when it is told from others as it is: what a run makes of it is the same until then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final, Self, SupportsIndex, overload

_DAY: Final = timedelta(days=1)


class DayTurns:
    """The days on which something that was compared comes out otherwise; only the next is kept."""

    def __init__(self, today: date) -> None:
        self.today = _plain(today)
        self._next: date | None = None
        self.daily: set[str] = set()
        """What was read of the day itself, so that each day is another: ``days``, ``year``."""

    def note(self, day: date) -> None:
        """Something turns on a day; what is past has turned."""
        if self.today < day and (self._next is None or day < self._next):
            self._next = day

    def every_day(self, what: str) -> None:
        """Something is another each day."""
        self.daily.add(what)
        if self.today < date.max:
            self.note(self.today + _DAY)

    @property
    def holds_until(self) -> date | None:
        """The last day on which everything comes out as it did; ``None``: for ever."""
        return None if self._next is None else self._next - _DAY


class WatchedDay(date):
    """A day whose comparisons are noted, and those of days that are so many days from it.

    It is equal to the day that it is, and written like it.
    """

    _turns: DayTurns
    _off: timedelta
    """How many days it is from the day of the run."""

    @classmethod
    def of(cls, day: date) -> WatchedDay:
        """The day of a run, watched from now on."""
        return cls._made(day, DayTurns(day), timedelta())

    @classmethod
    def _made(cls, day: date, turns: DayTurns, off: timedelta) -> WatchedDay:
        plain = _plain(day)
        made = cls(plain.year, plain.month, plain.day)
        made._turns, made._off = turns, off
        return made

    @property
    def turns(self) -> DayTurns:
        """What was noted."""
        return self._turns

    def __lt__(self, other: date) -> bool:
        return self._compared(date.__lt__, other, False)

    def __ge__(self, other: date) -> bool:
        return self._compared(date.__ge__, other, False)

    def __gt__(self, other: date) -> bool:
        return self._compared(date.__gt__, other, True)

    def __le__(self, other: date) -> bool:
        return self._compared(date.__le__, other, True)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, date) and not isinstance(other, WatchedDay):
            self._note(other, True)
            self._note(other, False)
        return date.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return date.__hash__(self)

    def _compared(self, how: Callable[[date, date], bool], other: date, after: bool) -> bool:
        if isinstance(other, date) and not isinstance(other, WatchedDay):
            self._note(other, after)
        return how(self, other)

    def _note(self, other: date, after: bool) -> None:
        """A comparison with ``other`` turns on it, or on the day ``after``."""
        try:
            self._turns.note(_plain(other) - self._off + (_DAY if after else timedelta()))
        except OverflowError:  # beyond the calendar
            return

    def __add__(self, other: timedelta) -> WatchedDay:
        return self._made(date.__add__(self, other), self._turns, self._off + other)

    __radd__ = __add__

    @overload  # type: ignore[override]
    def __sub__(self, other: timedelta) -> WatchedDay: ...
    @overload
    def __sub__(self, other: date) -> timedelta: ...
    def __sub__(self, other: date | timedelta) -> date | timedelta:
        if isinstance(other, timedelta):
            return self._made(date.__sub__(self, other), self._turns, self._off - other)
        return self._span(_plain(self) - _plain(other), other, 1)

    def __rsub__(self, other: date) -> timedelta:
        return self._span(_plain(other) - _plain(self), other, -1)

    def _span(self, span: timedelta, other: date, sign: int) -> timedelta:
        if isinstance(other, WatchedDay):
            return span
        return WatchedSpan.of(span, self._turns, sign)

    def replace(
        self,
        year: SupportsIndex | None = None,
        month: SupportsIndex | None = None,
        day: SupportsIndex | None = None,
    ) -> Any:
        """Another day of the calendar; what is compared with that turns as its distance from this one has it."""
        plain = _plain(self)
        made = date(
            plain.year if year is None else int(year),
            plain.month if month is None else int(month),
            plain.day if day is None else int(day),
        )
        return self._made(made, self._turns, self._off + (made - plain))

    @property
    def year(self) -> int:
        """The year, by which each day may be another."""
        self._turns.every_day("year")
        return _plain(self).year

    @property
    def month(self) -> int:
        """The month, by which each day may be another."""
        self._turns.every_day("month")
        return _plain(self).month

    @property
    def day(self) -> int:
        """The day of the month, by which each day is another."""
        self._turns.every_day("day")
        return _plain(self).day

    def __reduce__(self) -> tuple[Any, ...]:
        return date.fromordinal, (self.toordinal(),)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _memo: object) -> Self:
        return self


class WatchedSpan(timedelta):
    """The time between a day that is watched and another: compared, it is noted when that turns; its days as a number
    are others each day."""

    _turns: DayTurns
    _sign: int
    """Whether it grows with the day that is watched (1), or shrinks (-1)."""

    @classmethod
    def of(cls, span: timedelta, turns: DayTurns, sign: int) -> WatchedSpan:
        """A span as it is today."""
        made = cls(span.days, span.seconds, span.microseconds)
        made._turns, made._sign = turns, sign
        return made

    @property
    def days(self) -> int:
        """The number of days."""
        self._turns.every_day("days")
        return self.plain.days

    def total_seconds(self) -> float:
        """The same in seconds."""
        self._turns.every_day("seconds")
        return self.plain.total_seconds()

    def __lt__(self, other: timedelta) -> bool:
        return self._compared(timedelta.__lt__, other, self._sign < 0)

    def __ge__(self, other: timedelta) -> bool:
        return self._compared(timedelta.__ge__, other, self._sign < 0)

    def __gt__(self, other: timedelta) -> bool:
        return self._compared(timedelta.__gt__, other, self._sign > 0)

    def __le__(self, other: timedelta) -> bool:
        return self._compared(timedelta.__le__, other, self._sign > 0)

    def _compared(
        self, how: Callable[[timedelta, timedelta], bool], other: timedelta, after: bool
    ) -> bool:
        left = (other - self.plain) * self._sign + (_DAY if after else timedelta())
        if left > timedelta():
            with_today = self._turns.today
            if left <= date.max - with_today:
                self._turns.note(with_today + left)
        return how(self.plain, other)

    @property
    def plain(self) -> timedelta:
        """The same, watched no more."""
        return timedelta(super().days)

    def __hash__(self) -> int:
        return timedelta.__hash__(self)


def _plain(day: date) -> date:
    return date.fromordinal(day.toordinal())
