"""How far a run over a fleet is: a line of a terminal with rate and remaining time; elsewhere, a line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sovlint.commands.parts.output import Voice, say
from sovlint.commands.parts.progress import EVERY, TakenBack, shown
from sovlint.report.messages import phrase, written_number

if TYPE_CHECKING:
    from sovlint.fleet.run import FleetWatch
    from sovlint.fleet.worker import Done

LOGGED_EVERY: Final = 60.0
"""Seconds between two lines where no terminal shows them."""
_WINDOW: Final = 200
"""Readings by which the rate is told: what is slow at the moment counts, not what was quick an hour ago."""


@contextmanager
def watching(voice: Voice) -> Iterator[FleetWatch]:
    """Who looks on at a run."""
    line = TakenBack(sys.stderr) if shown(voice, sys.stderr) else None
    watch = FleetProgress(voice, line)
    try:
        yield watch
    finally:
        if line is not None:
            line.clear()


class FleetProgress:
    """What was read, how quickly, and how long the rest will take."""

    def __init__(
        self,
        voice: Voice,
        line: TakenBack | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._voice, self._line, self._clock = voice, line, clock
        self._times: list[float] = []
        self._to_read = self._read = self._failed = 0
        self._next = 0.0

    def round(self, number: int, to_read: int, known: int) -> None:
        """A round begins."""
        now = self._clock()
        self._times, self._to_read, self._read = [now], to_read, 0
        self._next = now + (EVERY if self._line else LOGGED_EVERY)
        if to_read:
            key = "fleet.reading-again" if number else "fleet.reading"
            self._say(
                phrase(
                    key,
                    self._voice.language,
                    count=self._number(to_read),
                    known=self._number(known),
                )
            )

    def done(self, one: Done) -> None:
        """A reading ended."""
        self._read += 1
        now = self._clock()
        self._times = [*self._times[-_WINDOW:], now]
        if now >= self._next:
            self._next = now + (EVERY if self._line else LOGGED_EVERY)
            self._show(now)

    def _show(self, now: float) -> None:
        text = self.text()
        if self._line is not None:
            self._line.show(text)
        else:
            self._say(text)

    def text(self) -> str:
        """Where it is at."""
        spent = self._times[-1] - self._times[0]
        rate = (len(self._times) - 1) / spent if spent > 0 else 0.0
        left = (self._to_read - self._read) / rate if rate else 0.0
        return phrase(
            "fleet.progress",
            self._voice.language,
            read=self._number(self._read),
            all=self._number(self._to_read),
            rate=self._number(round(rate * 60)),
            left=duration(left),
        )

    def _number(self, number: int) -> str:
        return written_number(number, self._voice.language)

    def _say(self, text: str) -> None:
        if self._line is not None:
            self._line.show(text)
        elif not self._voice.quiet:
            say(text)


def duration(seconds: float) -> str:
    """A time as people read it: ``45 s``, ``12 min``, ``3 h 20 min``."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{round(seconds)} s"
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
