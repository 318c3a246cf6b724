"""What builds and charts are given as settings: arguments of a build, values on a command line. What a build is given
isn't what runs, so that only an address that is written counts, and one that nobody knows only where a rule knows the
name: others are mostly addresses of one's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from sovlint.frontends.addresses import plain
from sovlint.model.partial.holes import cut_text
from sovlint.model.value import Known, Value
from sovlint.rules.commands.command import CommandLine, after, written_at
from sovlint.rules.destination import Setting, Signal
from sovlint.rules.hints import Hints
from sovlint.rules.values.by_value import by_host
from sovlint.rules.values.value_hosts import is_named_by_address
from sovlint.settings.settings_at import by_name, is_written

_SETTING: Final = re.compile(r"([A-Za-z_][\w.-]*)=")
_NEXT: Final = re.compile(r",(?=[A-Za-z_][\w.\[\]-]*=)")
"""What parts several of them in one word."""


def built_signals(settings: Iterable[Setting], hints: Hints) -> Iterator[Signal]:
    """Where settings that a build is given send data, as far as an address is written."""
    for signal in hints.signatures.signals(settings):
        is_address = signal.addressed and is_written(signal.sent.value)
        if is_address or is_named_by_address(signal.sent):
            yield by_host(signal) if by_name(signal.sent) else signal


def built_with(lines: Iterable[CommandLine], hints: Hints) -> Iterator[Signal]:
    """Where what command lines give builds and charts sends data."""
    for line in lines:
        settings = list(_given(line, hints.commands.given_by(line)))
        if settings:
            yield from built_signals(settings, hints)


def _given(line: CommandLine, flags: frozenset[str]) -> Iterator[Setting]:
    """``--flag NAME=value``, ``--flag=NAME=value``."""
    for index, word in enumerate(line.words if flags else ()):
        text = plain(word) or ""
        flag, sign, _ = text.partition("=")
        if flag not in flags:
            continue
        if sign:
            yield from _each(after(word, len(flag) + 1), line)
        elif index + 1 < len(line.words):
            yield from _each(line.words[index + 1], line)


def _each(value: Value, line: CommandLine) -> Iterator[Setting]:
    text = plain(value) or ""
    starts = [0, *(met.end() for met in _NEXT.finditer(text))]
    if len(starts) == 1:
        met = _SETTING.match(text)
        if met is not None:
            yield Setting(met[1], after(value, met.end()), written_at(value, line))
        return
    for start, end in zip(starts, [*starts[1:], len(text) + 1], strict=True):
        met = _SETTING.match(text, start)
        if met is not None:
            part = _part(value, met.end(), end - 1)
            yield Setting(met[1], part, written_at(value, line))


def _part(value: Value, start: int, end: int) -> Value:
    if isinstance(value, Known):
        return Known(str(value.value)[start:end], value.because, value.sensitive)
    return cut_text(value, lambda text: text[start:end]).but(among=None)
