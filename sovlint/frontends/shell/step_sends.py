"""Scripts of pipelines -> where they deploy to, or send data by a host that is written. Nothing is ever run."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Final

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
    environment = variables_of(step)
    doubts = (_DOUBT,) if step.is_open else ()
    others: list[CommandLine] = []
    folder = "" if step.folder is None else plain(step.folder) or ""
    written: list[Setting] = []
    so_far = kept.copy()
    when: Branch = ((step.condition, 0),) if step.condition else ()
    built: list[Signal] = []
    files = (
        started.files_in(folder)
        if step.copied is None
        else copied_files(step.copied, step.where.span().path, folder, started)
    )
    for line in lines_of_step(step, hints.commands, environment, files, written):
        written += line.settings
        built += built_with([line], hints)
        settings = tuple(environment.values())  # what was exported on the way among them
        line = replace(line, branch=(*when, *line.branch))
        deployed = () if step.goes_on else [line]
        deploying = list(hints.deployments.signals(deployed, settings, doubts, so_far))
        hints.commands.keep(line, settings, so_far)
        for signal in deploying:
            yield signal.id, signal.sent
        if not deploying:
            others.append(replace(line, settings=(*line.settings, *settings)))
    met: set[Hashable] = set()
    own_store = step.beside or _starts_one(step, hints)
    found = [
        *hints.commands.signals(others, (), doubts, kept),
        *_of_any(others, hints, step.goes_on),
    ]
    variables = [*built, *_of_any_variable(written, step, hints)]
    found += variables
    goes_on = {id(signal) for signal in (found if step.goes_on else variables)}
    for signal in rules_before_values(found, lambda signal: signal.sent):
        sent = signal.sent
        once = (sent.where, sent.told)
        is_message = sent.role == _PASSED_ON and sent.by not in _BY_HOST
        if is_message and id(signal) not in goes_on:
            sent = replace(sent, by=SentBy.STEP)
            if not _is_of_somebody(sent) or signal.sent.by not in _SURE:
                continue
        if once not in met and not (own_store and signal.back and _is_anything(sent)):
            met.add(once)
            yield signal.id, sent
    if not step.goes_on:
        given = [
            Setting(name, each.value, each.where) for name, each in step.variables.items()
        ]
        exported = [each for each in written if each.name.isupper()]
        for signal in untold_in(others, exported, given, hints, any_address=True):
            yield signal.id, signal.sent


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
