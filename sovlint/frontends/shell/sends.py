"""Where the command lines of a container send data: by flags and variables that signatures know, and by programs."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from typing import Final

from sovlint.frontends.addresses import hosts_in, plain
from sovlint.frontends.shell.built import built_with
from sovlint.frontends.shell.lines import Ran
from sovlint.model.decoding import late_pattern
from sovlint.model.resources.sent import Sent
from sovlint.model.value import Known, Unknown, known_of
from sovlint.rules.commands.command import CommandLine, after, written_at
from sovlint.rules.commands.kept import SetBefore
from sovlint.rules.destination import Setting, Signal
from sovlint.rules.hints import Hints
from sovlint.rules.repeats import rules_before_values
from sovlint.settings.pipelines.readers import in_text

_FLAG: Final = late_pattern(
    r"(?:-D(?=[a-z]\S*=)|--|-(?=[A-Za-z][\w.-]))(?P<name>[A-Za-z][\w.-]*)(?P<sign>=?)"
)
"""``--a-b``, ``-a.b``, ``--a-b=``, ``-Da.b=``; not ``-a``."""
_VARIABLE: Final = late_pattern(r"([A-Za-z_]\w+)=")

ARGUMENT: Final = "argument"
"""The name of a word that has none: it says nothing of what the word is."""


def signals(
    run: Ran,
    environment: Sequence[Setting],
    doubts: Sequence[Unknown],
    hints: Hints,
    beside: Collection[str] = (),
    kept: SetBefore | None = None,
) -> Iterator[Signal]:
    """Where a container sends data by what it runs, and by its environment, which what runs may add to.

    ``doubts``: why there may be variables that aren't known; ``beside``: short names of the images that run beside it;
    ``kept``: what commands before have set on the same machine.
    """
    base = (*run.exported, *environment)
    given = [own for line in run.lines if (own := (*arguments(line, hints), *line.settings))]
    found = [
        each
        for own in given or [()]
        for each in hints.signatures.signals((*own, *base), doubts, beside)
    ]
    known = {setting.name for setting in environment}
    found.sort(key=lambda signal: signal.sent.key not in known)
    found += hints.signatures.signals(_only_written(run), (), beside)
    found += hints.signatures.untold(environment)
    found += untold_in(run.lines, run.exported, environment, hints)
    found += hints.commands.signals(run.lines, base, doubts, kept)
    found += built_with(run.lines, hints)
    found += [
        each for own in given for setting in own for each in _configured(setting, hints)
    ]
    return _each_host_once(rules_before_values(found, lambda signal: signal.sent), known)


def untold_in(
    lines: Iterable[CommandLine],
    exported: Iterable[Setting],
    environment: Iterable[Setting],
    hints: Hints,
    any_address: bool = False,
) -> Iterator[Signal]:
    """Flags of programs, and variables that scripts set for them, whose values nobody knows; but for what is a variable
    of ``environment``: that is asked itself. ``any_address``: those with names of addresses too."""
    given = {known_of(each.value) for each in environment}
    named = [*exported]
    for line in lines:
        if not hints.commands.of_program(line):
            named += (*flags(line), *line.settings)
    asked = (each for each in named if known_of(each.value) not in given)
    yield from hints.signatures.untold(asked, any_address)


def _only_written(run: Ran) -> list[Setting]:
    """What its scripts write into files of variables, or export on one way only."""
    exported = set(run.exported)
    return [each for each in run.written if each not in exported]


def arguments(line: CommandLine, hints: Hints) -> Iterator[Setting]:
    """The words of a command line as settings: a flag and a variable by their names, any other word by its value alone.
    Where rules are on its program, they say themselves what words mean."""
    if hints.commands.of_program(line):
        return
    named = list(flags(line))
    yield from named
    values = {setting.value for setting in named}
    for word in line.words[0 if line.image else 1 :]:
        text = plain(word) or ""
        met = _VARIABLE.match(text)
        if met is not None:
            yield Setting(met[1], after(word, met.end()), written_at(word, line))
        elif not text.startswith("-") and word not in values:
            yield Setting(ARGUMENT, word, written_at(word, line))


def _each_host_once(found: Iterable[Signal], known: Collection[str]) -> Iterator[Signal]:
    """Each host once: arguments often repeat a variable, or a part of it. Two variables may hold the same, and count
    both."""
    met: set[tuple[Hashable, ...]] = set()
    for signal in found:
        sent = signal.sent
        told = sent.told if sent.region is not None else _told(sent)
        named = (*told, sent.key)
        if named not in met and (told not in met or sent.key in known):
            yield signal
        met |= {told, named}


def _told(sent: Sent) -> tuple[Hashable, ...]:
    """What it says of where data goes: of an address the host alone."""
    return (sent.role, sent.provider, sent.kind, sent.usual, *(_hosts(sent) or sent.told))


def _hosts(sent: Sent) -> tuple[str, ...]:
    known = isinstance(sent.value, Known) and sent.value.value is not None
    return tuple(hosts_in(plain(sent.value) or "", bare=True)) if known else ()


def flags(line: CommandLine) -> Iterator[Setting]:
    """The flags of a command line that have values, as settings."""
    for index, word in enumerate(line.words):
        text = plain(word) or ""
        met = _FLAG.match(text)
        if met is None or (not met["sign"] and met.end() != len(text)):
            continue
        name = text[: met.end("name")] if not text.startswith("-D") else met["name"]
        if met["sign"]:
            yield Setting(name, after(word, met.end()), written_at(word, line))
        elif index + 1 < len(line.words) and not (
            plain(line.words[index + 1]) or ""
        ).startswith("-"):
            value = line.words[index + 1]
            yield Setting(name, value, written_at(value, line))


def _configured(setting: Setting, hints: Hints) -> Iterator[Signal]:
    """What a flag says whose value is the configuration of a collector or a store, as a text of several lines."""
    text = plain(setting.value) or ""
    if isinstance(setting.value, Known) and "\n" in text and not setting.value.sensitive:
        span = setting.where.span()
        for outlet in in_text(text, span.path, span.line):
            yield from outlet.signals(hints.outlets)
