"""Scripts of pipelines -> where they deploy to, or send data by a host that is written. Nothing is ever run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sovlint.frontends.shell.files import Argument
from sovlint.frontends.shell.lines import ran
from sovlint.model.resource import Sent
from sovlint.model.value import Known, Reason, Unknown
from sovlint.rules.command import CommandLine
from sovlint.rules.hints import Hints
from sovlint.rules.signature import Setting
from sovlint.rules.task import StepHere

_SHELL: Final = Known("sh"), Known("-c")
_DOUBT: Final = Unknown(Reason.FROM_ENVIRONMENT, "environment")
"""Where scripts are given variables of the project that no file shows, an address may be among them."""

_PASSED_ON: Final = "processor"
"""The role of what gets messages from a script: what a pipeline tells others is about software."""


def sent(step: StepHere, hints: Hints) -> Iterator[tuple[str, Sent]]:
    """What the scripts and the command line of a step prove: what deploys, and, of all other commands, those that send
    data to a host, or a company, that is written there, or to a company's store at an endpoint that isn't known."""
    environment = {name: Setting(name, given.value, given.where) for name, given in step.variables.items()}
    for line in _lines(step, environment):
        settings = tuple(environment.values())  # what was exported on the way among them
        doubts = (_DOUBT,) if step.is_open else ()
        deploying = list(hints.deployments.signals([line], settings, doubts))
        for signal in deploying:
            yield signal.id, signal.sent
        for signal in () if deploying else hints.commands.signals([line], settings, doubts):
            value = signal.sent.value
            written = isinstance(value, Known) and (value.value or signal.sent.provider)
            if (written or signal.sent.usual) and signal.sent.role != _PASSED_ON:
                yield signal.id, signal.sent


def _lines(step: StepHere, environment: dict[str, Setting]) -> Iterator[CommandLine]:
    """The command lines of a step in order; ``environment`` gets what scripts export."""
    for script in step.scripts:
        run = ran([Argument(word, word, script.where) for word in (*_SHELL, script.value)], "", environment, True)
        environment.update({each.name: each for each in (*run.lost, *run.exported)})
        yield from run.lines
    if step.words:
        yield from ran(
            [Argument(each.value, each.value, each.where) for each in step.words], "", environment, True
        ).lines
