"""What builds and charts are given as settings: arguments of a build, values on a command line. What a build is given
isn't what runs, so that only an address that is written counts, and one that nobody knows only where a rule knows the
name: others are mostly addresses of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from sovlint.frontends.addresses import plain
from sovlint.model.decoding import late_pattern
from sovlint.model.partial.holes import cut_text
from sovlint.model.value import Known, Value
from sovlint.rules.commands.command import CommandLine, after, written_at
from sovlint.rules.destination import Setting, Signal
from sovlint.rules.hints import Hints
from sovlint.rules.values.by_value import by_host
from sovlint.rules.values.value_hosts import is_named_by_address
from sovlint.settings.settings_at import by_name, is_written

_SETTING: Final = late_pattern(r"([A-Za-z_][\w.-]*)=")
_NEXT: Final = late_pattern(r",(?=[A-Za-z_][\w.\[\]-]*=)")
"""What parts several of them in one word."""
_MAP: Final = late_pattern(r"\w+=\{(?P<held>[^{}]*)\}")
"""Several of them, as the AWS CLI has a map: ``Variables={A=b,C=d}``."""
_TEXT: Final = r'"([^"\\]*)"'
_MEMBER: Final = late_pattern(
    rf'"name"\s*:\s*{_TEXT}\s*,\s*"value"\s*:\s*{_TEXT}|"([A-Za-z_][\w.-]*)"\s*:\s*{_TEXT}'
)
"""A setting in JSON: a thing with a name and a value, or a member of a map."""
_WORDS: Final = "="
"""The sign for words that are settings themselves."""


def built_signals(settings: Iterable[Setting], hints: Hints) -> Iterator[Signal]:
    """Where settings that a build is given send data, as far as an address is written."""
    for signal in hints.signatures.signals(settings):
        is_address = signal.addressed and is_written(signal.sent.value)
        if is_address or is_named_by_address(signal.sent):
            yield by_host(signal) if by_name(signal.sent) else signal


def built_with(lines: Iterable[CommandLine], hints: Hints) -> Iterator[Signal]:
    """Where what command lines give builds and charts sends data, and what runs by itself (``gcloud run deploy``)."""
    for line in lines:
        for rule, name in hints.commands.giving(line):
            settings = list(_given(line, rule.gives))
            if rule.goes_on:
                found = [
                    *hints.signatures.signals(settings),
                    *hints.signatures.untold(settings),
                ]
                for each in found:
                    yield replace(each, sent=replace(each.sent, given_to=name))
            elif settings:
                yield from built_signals(settings, hints)
            if rule.installs:
                yield from _untold_values(settings, hints)


def _untold_values(settings: Iterable[Setting], hints: Hints) -> Iterator[Signal]:
    """What is asked of values of a chart that nobody knows, by their last keys."""
    for each in settings:
        keys = each.name.split(".")
        named = Setting(keys[-1], each.value, each.where)
        for signal in hints.signatures.untold_value(keys, named):
            yield replace(signal, sent=replace(signal.sent, key=each.name))


def _given(line: CommandLine, flags: frozenset[str]) -> Iterator[Setting]:
    """``--flag NAME=value``, ``--flag=NAME=value``, ``--flag NAME=value NAME=value``, and words ``NAME=value``."""
    is_given = False
    for word in line.words[1:]:
        text = plain(word) or ""
        flag, sign, _ = text.partition("=")
        if flag.startswith("-"):
            is_given = flag in flags and not sign
            if flag in flags and sign:
                yield from _each(after(word, len(flag) + 1), line)
        elif is_given or _WORDS in flags:
            yield from _each(word, line)


def _each(value: Value, line: CommandLine) -> Iterator[Setting]:
    text = plain(value) or ""
    if text.startswith("{"):
        yield from _of_map(text, value, line)
        return
    inside = _MAP.fullmatch(text)
    if inside is not None:
        yield from _each(_part(value, *inside.span("held")), line)
        return
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


def _of_map(text: str, value: Value, line: CommandLine) -> Iterator[Setting]:
    """The settings of a map in JSON, however deep they stand."""
    for met in _MEMBER.finditer(text):
        name, at = (1, 2) if met[1] is not None else (3, 4)
        yield Setting(met[name], _part(value, *met.span(at)), written_at(value, line))


def _part(value: Value, start: int, end: int) -> Value:
    if isinstance(value, Known):
        return Known(str(value.value)[start:end], value.because, value.sensitive)
    return cut_text(value, lambda text: text[start:end]).but(among=None)
