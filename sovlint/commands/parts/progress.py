"""What a run is doing, in one line of a terminal that is gone when it is done.

Nothing is written where stderr is no terminal, so no log has it. There is no thread: the stages call.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final, TextIO

from sovlint.commands.parts.output import WIDEST, WIDTH, Voice, encodable
from sovlint.model.redaction.redact import safe_text
from sovlint.model.watch import NOBODY, Phase, Watch
from sovlint.report.messages import counted, phrase
from sovlint.report.pieces.style import columns_of, cut, pad

EVERY: Final = 0.1
"""Seconds between two looks of the line, as people read it; phases are shown at once."""


@contextmanager
def watching(voice: Voice) -> Iterator[Watch]:
    """Who looks on: on a terminal a line, from now on, which is gone afterwards whatever happens."""
    if not shown(voice, sys.stderr):
        yield NOBODY
        return
    line = ProgressLine(sys.stderr, voice.language, _columns(sys.stderr))
    line.phase(Phase.LOAD)
    try:
        yield line
    finally:
        line.clear()


def shown(
    voice: Voice, stream: TextIO | None, environment: Mapping[str, str] = os.environ
) -> bool:
    """Whether there is a terminal that a line can be taken back on, and people who want to see it."""
    wanted = not voice.quiet and environment.get("TERM") != "dumb"
    return wanted and stream is not None and stream.isatty()


class TakenBack:
    """A line of a terminal that is taken back by blanks, so that none needs to understand more than a carriage return."""

    def __init__(self, stream: TextIO, columns: int | None = None) -> None:
        self._stream = stream
        self._columns = _columns(stream) if columns is None else columns
        self._filled = 0

    def show(self, text: str) -> None:
        """Show a text in place of what is there."""
        told = cut(text, self._columns - 1)
        self._write("\r" + pad(told, self._filled))
        self._filled = columns_of(told)

    def clear(self) -> None:
        """Take the line back."""
        if self._filled:
            self._write("\r" + " " * self._filled + "\r")
            self._filled = 0

    def _write(self, text: str) -> None:
        try:
            self._stream.write(encodable(text, self._stream.encoding))
            self._stream.flush()
        except (OSError, ValueError):
            self._filled = 0  # a terminal that has gone away misses nothing


class ProgressLine(Watch):
    """The line of one scan."""

    def __init__(
        self,
        stream: TextIO,
        language: str,
        columns: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._line, self._language, self._clock = TakenBack(stream, columns), language, clock
        self._phase = Phase.LOAD
        self._files: set[str] = set()
        self._roots = 0
        self._at = ""
        self._next = 0.0

    def phase(self, phase: Phase) -> None:
        """Show that a phase begins."""
        self._phase, self._at = phase, ""
        self._show()

    def file(self, path: str) -> None:
        """Count a file, and show it now and then."""
        self._files.add(path)
        self._show_at(path)

    def root(self, path: str) -> None:
        """Count a root, and show it now and then."""
        self._roots += 1
        self._show_at(path)

    def clear(self) -> None:
        """Take the line back."""
        self._line.clear()

    def _show_at(self, path: str) -> None:
        if self._clock() >= self._next:
            self._at = path
            self._show()

    def _show(self) -> None:
        self._next = self._clock() + EVERY
        self._line.show(self._text())

    def _text(self) -> str:
        said = [phrase(f"commands.progress-{self._phase.value}", self._language)]
        if self._files:
            said.append(counted("commands.progress-files", len(self._files), self._language))
        if self._roots:
            said.append(counted("commands.progress-roots", self._roots, self._language))
        told = ", ".join(said)
        return f"{told}  {safe_text(self._at)}" if self._at else told


def _columns(stream: TextIO) -> int:
    try:
        found = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        found = 0
    return min(found or WIDTH, WIDEST)
