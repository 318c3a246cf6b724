"""Checks of ``commands/``: patterns, and examples of command lines as one would type them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from sovlint.documents import Path as At
from sovlint.model.decoding import DecodedEntries
from sovlint.model.source import Span
from sovlint.model.value import Known, Reason, Unknown
from sovlint.rules.commands.command import CommandLine, CommandRule
from sovlint.rules.commands.commands import Commands

NOWHERE = Span("", 1, 1, 1, 1)
_PIPED = Unknown(Reason.UNSUPPORTED_EXPRESSION, "|")


def problems(name: str, data: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
    """What is wrong with one entry: where in it, and a sentence. Each positive example must be met, no negative one."""
    broken = [
        each
        for key in ("target", "needs", "unless", "address", "region")
        for each in _patterns(key, data.get(key, ()))
    ]
    yield from broken
    if broken:
        return
    commands = Commands(DecodedEntries(CommandRule, {name: data}).values())
    for key, wanted in (("positive", True), ("negative", False)):
        for index, example in enumerate(data[key]):
            try:
                line = _line(example)
            except ValueError as error:
                yield (key, index), f"the example `{example}` is no command line: {error}."
                continue
            if any(commands.signals([line], ())) is not wanted:
                said = "isn't met" if wanted else "is met, and shouldn't be"
                yield (key, index), f"the example `{example}` {said}."


def _line(example: str) -> CommandLine:
    """A command line as one would type it: what stands behind `<<<` is what it is fed, or what is piped into it."""
    printing, pipe, program = example.rpartition(" | ")
    program, here, text = (program if pipe else example).partition(" <<< ")
    fed = Known(shlex.split(text)[0]) if here else _PIPED if pipe and printing else None
    return CommandLine(tuple(map(Known, shlex.split(program))), NOWHERE, input=fed)


def _patterns(key: str, parts: Any) -> Iterator[tuple[At, str]]:
    for part in [parts] if isinstance(parts, Mapping) else parts:
        for name, groups in (("like", None), ("within", 1)):
            try:
                found = re.compile(part.get(name, "()")).groups
            except re.error as error:
                yield (key,), f"not a regular expression: {error}."
                continue
            if groups is not None and found != groups:
                yield (
                    (key,),
                    f"`{name}` must have {groups} group, what is meant, not {found}.",
                )
