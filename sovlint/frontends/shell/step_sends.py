"""Scripts of pipelines -> where they deploy to, or send data by a host that is written. Nothing is ever run."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.frontends.addresses import plain
from sovlint.frontends.shell.built import built_with
from sovlint.frontends.shell.repository import RepositoryScripts, copied_files
from sovlint.frontends.shell.sends import arguments, untold_in
from sovlint.frontends.shell.steps import lines_of_step, variables_of
from sovlint.model.partial.holes import marked_text, parts_of
from sovlint.model.resources.sent import Sent, SentBy
from sovlint.model.value import Known, Reason, Unknown
from sovlint.rules.commands.command import Branch, CommandLine
from sovlint.rules.commands.kept import SetBefore
from sovlint.rules.destination import Setting, Signal
from sovlint.rules.files.task import StepHere
from sovlint.rules.hints import Hints
from sovlint.rules.repeats import rules_before_values
from sovlint.rules.values.by_value import by_host

_DOUBT: Final = Unknown(Reason.FROM_ENVIRONMENT, "environment")
"""Where scripts are given variables of the project that no file shows, an address may be among them."""

_PASSED_ON: Final = "processor"
"""The role of what gets messages from a script: what a pipeline tells others is about software."""
_BY_HOST: Final = frozenset({SentBy.HOST, SentBy.SHOWN})
"""What counts only at a host that takes data: no message."""
_SURE: Final = frozenset({SentBy.RULE, SentBy.VALUE})
"""What shows by itself that something is sent."""


def sent(
    step: StepHere, kept: SetBefore, hints: Hints, started: RepositoryScripts
) -> Iterator[tuple[str, Sent]]:
    """What the scripts and the command line of a step prove: what deploys, and where all other commands send data, to
    an address that isn't known too. Several rules may say the same of one command: that is told once. ``started``:
    scripts of the repository that it may start; ``kept``: what earlier steps have set."""
    ran = _Ran([], [], [])
    yield from _deployed(step, kept, hints, started, ran)
    yield from _sent_by_others(step, kept, hints, ran)
    if not step.goes_on:
        given = [
            Setting(name, each.value, each.where) for name, each in step.variables.items()
        ]
        exported = [each for each in ran.written if each.name.isupper()]
        for signal in untold_in(ran.others, exported, given, hints, any_address=True):
            yield signal.id, signal.sent


class _Ran(Struct):
    """What the command lines of a step were and did: those that deploy nothing, what they set, and what they built."""

    others: list[CommandLine]
    written: list[Setting]
    built: list[Signal]


def _deployed(
    step: StepHere, kept: SetBefore, hints: Hints, started: RepositoryScripts, ran: _Ran
) -> Iterator[tuple[str, Sent]]:
    """What deploys; ``ran`` is told of each command line."""
    environment = variables_of(step)
    doubts = (_DOUBT,) if step.is_open else ()
    folder = "" if step.folder is None else plain(step.folder) or ""
    so_far = kept.copy()
    when: Branch = ((step.condition, 0),) if step.condition else ()
    files = (
        started.files_in(folder)
        if step.copied is None
        else copied_files(step.copied, step.where.span().path, folder, started)
    )
    for line in lines_of_step(step, hints.commands, environment, files, ran.written):
        ran.written += line.settings
        ran.built += built_with([line], hints)
        settings = tuple(environment.values())  # what was exported on the way among them
        line = replace(line, branch=(*when, *line.branch))
        deployed = () if step.goes_on else [line]
        deploying = list(hints.deployments.signals(deployed, settings, doubts, so_far))
        hints.commands.keep(line, settings, so_far)
        for signal in deploying:
            yield signal.id, signal.sent
        if not deploying:
            ran.others.append(replace(line, settings=(*line.settings, *settings)))


def _sent_by_others(
    step: StepHere, kept: SetBefore, hints: Hints, ran: _Ran
) -> Iterator[tuple[str, Sent]]:
    """Where commands that deploy nothing send data. What goes on to a service is no message of a step."""
    doubts = (_DOUBT,) if step.is_open else ()
    told = [
        *hints.commands.signals(ran.others, (), doubts, kept),
        *_of_any(ran.others, hints, step.goes_on),
    ]
    goes_on = [*ran.built, *_of_any_variable(ran.written, step, hints)]
    found = [
        *((signal, step.goes_on) for signal in told),
        *((signal, True) for signal in goes_on),
    ]
    own_store = step.beside or _starts_one(step, hints)
    met: set[Hashable] = set()
    for signal, is_kept in rules_before_values(found, lambda one: one[0].sent):
        once = (signal.sent.where, signal.sent.told)
        sent = signal.sent if is_kept else _as_message(signal.sent)
        if sent is None or once in met:
            continue
        if not (own_store and signal.back and _is_anything(sent)):
            met.add(once)
            yield signal.id, sent


def _as_message(sent: Sent) -> Sent | None:
    """What a step sends: a message, where it goes to a processor, is told only if it shows by itself who gets it."""
    if sent.role != _PASSED_ON or sent.by in _BY_HOST:
        return sent
    message = replace(sent, by=SentBy.STEP)
    return message if _is_of_somebody(message) and sent.by in _SURE else None


def _starts_one(step: StepHere, hints: Hints) -> bool:
    """Whether scripts of a step start a container."""
    texts = (marked_text(parts_of(each.value)) for each in step.scripts)
    return any(hints.formats.starters.search(text) for text in texts)


def _of_any(lines: Iterable[CommandLine], hints: Hints, is_service: bool) -> Iterator[Signal]:
    """Where programs on which there is no rule are told to send data: by words that can only be a store's address, or
    that of somebody who takes data. An address that nobody knows counts for a service alone, where a flag names it."""
    for line in lines:
        for setting in arguments(line, hints):
            for signal in hints.signatures.by_value(setting):
                yield signal if is_service else _if_taken(signal)


def _of_any_variable(
    written: Iterable[Setting], step: StepHere, hints: Hints
) -> Iterator[Signal]:
    """Where variables lead that scripts set for programs, by an address that is written and whose host tells it. What
    only hands on a variable of the step is told where that stands."""
    given = {plain(each.value) for each in step.variables.values()}
    for setting in _each_name_once(written):
        signals = list(hints.signatures.by_value(setting))
        if plain(setting.value) in given or any(each.id in step.but for each in signals):
            continue
        for signal in signals:
            if signal.addressed:
                yield _if_taken(signal)


def _each_name_once(written: Iterable[Setting]) -> Iterator[Setting]:
    """Settings, each once that is set again under the same name, where nothing is known of its value: most often it only
    goes on to later steps."""
    open_: set[str] = set()
    for setting in written:
        is_open = isinstance(setting.value, Unknown) and not any(setting.value.parts or ())
        if not is_open or setting.name not in open_:
            yield setting
        if is_open:
            open_.add(setting.name)


def _if_taken(signal: Signal) -> Signal:
    """What only its name shows to be sent, where the host shows it too."""
    return by_host(signal) if signal.sent.by is SentBy.ADDRESS else signal


def _is_of_somebody(sent: Sent) -> bool:
    """Whether something is known of who gets a message, if only whose it is but for an endpoint that isn't known."""
    return (
        isinstance(sent.value, Known) or sent.provider is not None or sent.usual is not None
    )


def _is_anything(sent: Sent) -> bool:
    """Whether nothing is known of where something is sent: a database of which no part of the address is written is
    most likely the one that the pipeline itself starts, if it does."""
    value = sent.value
    unknown = isinstance(value, Unknown) and not any(value.parts or ())
    return unknown and sent.provider is None and sent.usual is None
