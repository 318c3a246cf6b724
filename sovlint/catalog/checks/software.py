"""Checks of what software shows: signatures, commands, steps and configuration files, each with examples."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any

from sovlint.catalog.checks import configuration
from sovlint.catalog.checks.written import Faults, all_listed, regex
from sovlint.catalog.compiling.written_data import Data
from sovlint.documents import Path as At
from sovlint.model.decoding import DecodedEntries
from sovlint.model.lookups.names import tokens
from sovlint.model.source import Span
from sovlint.model.unread import UnreadKinds
from sovlint.model.value import Known, Reason, Unknown
from sovlint.rules.commands.command import CommandLine, CommandRule, WrittenFile
from sovlint.rules.commands.commands import Commands
from sovlint.rules.commands.kept import SetBefore
from sovlint.rules.destination import Setting
from sovlint.rules.developers import Developers, DevelopersFiles
from sovlint.rules.names.signature import Signature
from sovlint.rules.names.signatures import Signatures
from sovlint.rules.values.value_kinds import ValueKind, ValueKinds

# --- Checks of ``commands/``: patterns, and examples of command lines as one would type them.

NOWHERE = Span("", 1, 1, 1, 1)
_ASSIGNED = re.compile(r"[A-Za-z_]\w*=")
_PIPED = Unknown(Reason.UNSUPPORTED_EXPRESSION, "|")


def problems(
    name: str, data: Mapping[str, Any], others: Mapping[str, Any]
) -> Iterator[tuple[At, str]]:
    """What is wrong with one entry: where in it, and a sentence. Each positive example must be met, no negative one.
    ``others``: all entries, of which those about files say what a file that is written means."""
    broken = [
        each
        for key in ("target", "needs", "unless", "address", "region", "profile")
        for each in _patterns(key, data.get(key, ()))
    ]
    yield from broken
    if broken:
        return
    written = {key: each for key, each in others.items() if "files" in each}
    beside = written if {"writes", "reads"} & set(data) else {}
    commands = Commands(DecodedEntries(CommandRule, {**beside, name: data}).values())
    for key, wanted in (("positive", True), ("negative", False)):
        for index, example in enumerate(data[key]):
            try:
                line = _line(example, "files" in data)
            except ValueError as error:
                yield (key, index), f"the example `{example}` is no command line: {error}."
                continue
            kept = SetBefore()
            runs = any(_running(line, commands))
            images = any(commands.pushed(line, ())) or any(commands.built(line, ()))
            signals = any(commands.signals([line], (), kept=kept))
            is_met = signals or bool(kept) or runs or images
            if is_met is not wanted:
                said = "isn't met" if wanted else "is met, and shouldn't be"
                yield (key, index), f"the example `{example}` {said}."


def _running(line: CommandLine, commands: Commands) -> Iterator[bool]:
    """Whether it runs another program, by each rule that may say so."""
    words = [str(each.value) for each in line.words if isinstance(each, Known)]
    for rule in commands.running(words[0]) if words else ():
        behind = "" if rule.runs is None else rule.runs.behind
        yield not behind or words[1:2] == [behind]


def _line(example: str, is_file: bool) -> CommandLine:
    """A command line as one would type it: variables first, and behind `<<<` what it is fed, or what is piped into it.
    For a rule about files it is the file, and what is written there."""
    printing, pipe, program = example.rpartition(" | ")
    program, here, text = (program if pipe else example).partition(" <<< ")
    fed = Known(shlex.split(text)[0]) if here else _PIPED if pipe and printing else None
    if is_file and fed is not None:
        return CommandLine((), NOWHERE, writes=WrittenFile(Known(program), fed))
    words = shlex.split(program)
    size = sum(1 for _ in takewhile(_ASSIGNED.match, words))
    given = (word.partition("=") for word in words[:size])
    settings = tuple(Setting(name, Known(value), NOWHERE) for name, _, value in given)
    return CommandLine(tuple(map(Known, words[size:])), NOWHERE, settings, input=fed)


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


_NOWHERE = Span("", 1, 1, 1, 1)


def signature(name: str, data: Data, _parts: Data) -> Faults:
    """The patterns, and the examples: each positive one must be met, and no negative one."""
    broken = list(patterns(data))
    if broken:
        yield from broken
        return
    signature = Signatures(list(DecodedEntries(Signature, {name: data}).values()))
    for key, wanted in (("positive", True), ("negative", False)):
        for index, example in enumerate(data[key]):
            settings = [
                Setting(name, Known(value), _NOWHERE) for name, value in example.items()
            ]
            if any(signature.signals(settings)) is not wanted:
                said = "isn't met" if wanted else "is met, and shouldn't be"
                yield (key, index), f"the example {example} {said}."


def patterns(data: Data) -> Faults:
    """What is wrong with the patterns of a signature."""
    yield from regex(data.get("like", ""), ("like",))
    for index, rule in enumerate(data.get("address", ())):
        yield from regex(rule.get("matches", ""), ("address", index, "matches"))


def value_kind(name: str, data: Data, parts: Data) -> Faults:
    """The patterns, the signature that it stands for, and the examples: whether each is of this kind, of all there are."""
    broken = [
        problem
        for index, form in enumerate(data.get("forms", ()))
        for problem in regex(form["when"], ("forms", index, "when"))
    ]
    if broken:
        yield from broken
        return
    kinds = ValueKinds(list(DecodedEntries(ValueKind, parts["values"]).values()))
    for key, wanted in (("positive", True), ("negative", False)):
        for index, example in enumerate(data[key]):
            found = kinds.recognised(Known(example))
            if (found is not None and found.kind.id == name) is not wanted:
                said = "isn't of this kind" if wanted else "is of this kind, and shouldn't be"
                yield (key, index), f"the example `{example}` {said}."


def command(name: str, data: Data, parts: Data) -> Faults:
    """The other commands, and the examples."""
    yield from all_listed(parts, "commands", data.get("told_by", ()), ("told_by",))
    yield from problems(name, data, parts["commands"])


def deployment(name: str, data: Data, parts: Data) -> Faults:
    """The other deployments, and the examples."""
    yield from all_listed(parts, "deployments", data.get("told_by", ()), ("told_by",))
    yield from problems(name, data, parts["commands"])


def passed_over(key: str, data: Data, _parts: Data) -> Faults:
    """What is passed over by a pattern."""
    for index, written in enumerate(data["list"] if key in configuration.PATTERNS else ()):
        yield from regex(written, ("list", index))


def unread(name: str, data: Data, _parts: Data) -> Faults:
    """The examples of a kind of files that nobody reads."""
    kinds = UnreadKinds({name: data})
    for key, wanted in (("positive", True), ("negative", False)):
        for index, path in enumerate(data[key]):
            if kinds.is_of(path, name) is not wanted:
                said = "isn't of this kind" if wanted else "is of this kind, and shouldn't be"
                yield (key, index), f"the example `{path}` {said}."
    for number, head in enumerate(data.get("heads", ())):
        alone = UnreadKinds({name: {**data, "heads": [head]}})
        for key, begins in (("positive", True), ("negative", False)):
            for index, text in enumerate(head.get(key, ())):
                if (alone.begun(text.encode()) is not None) is not begins:
                    said = "doesn't begin so" if begins else "begins so, and shouldn't"
                    yield ("heads", number, key, index), f"the example `{text}` {said}."


def developers(name: str, data: Data, _parts: Data) -> Faults:
    """The examples of files for developers."""
    files = DevelopersFiles(list(DecodedEntries(Developers, {name: data}).values()))
    for key, wanted in (("positive", True), ("negative", False)):
        for index, path in enumerate(data[key]):
            if files.says(path) is not wanted:
                said = (
                    "isn't for developers"
                    if wanted
                    else "is for developers, and shouldn't be"
                )
                yield (key, index), f"the example `{path}` {said}."


def term(term: str, data: Data, _parts: Data) -> Faults:
    """The words of a term that suggests a class."""
    if not all(tokens(phrase) for phrase in (term, *data.get("unless", ()))):
        yield (), f"`{term}`: a term, and each phrase that cancels it, needs a word."
