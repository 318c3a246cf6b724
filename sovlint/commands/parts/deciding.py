"""Options that bear on a verdict or on the exit code, and what the report says of those that were given.

Nobody sees the environment: each is told that is set there and changes something. A command line is told where it asks
less than the default does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from typing import Any

import click

from sovlint.commands.parts.helping import HelpedOption
from sovlint.model.findings.own_rules import OwnRule, RuleKind

Weakens = Callable[[Any], bool]
"""Of a value that isn't the default: whether less is asked by it."""


def never(_value: Any) -> bool:
    """Of options that ask more, or whose meaning other rules of the run tell."""
    return False


def always(_value: Any) -> bool:
    """Of options that always ask less."""
    return True


class DecidingOption(HelpedOption):
    """Such an option; ``weakens`` tells by what values a command line asks less. ``judges``: whether it bears on more
    than the exit code."""

    def __init__(
        self, *declared: Any, weakens: Weakens = never, judges: bool = True, **settings: Any
    ) -> None:
        super().__init__(*declared, **settings)
        self.weakens = weakens
        self.judges = judges


def given_rules(
    context: click.Context | None, *, judging_alone: bool = False
) -> Iterator[OwnRule]:
    """What the environment and the command line of a command make otherwise, in the order of its options.
    ``judging_alone``: but for what bears on the exit code and on nothing else."""
    if context is None:
        return
    for option in context.command.params:
        if not isinstance(option, DecidingOption) or option.name is None:
            continue
        if option.judges or not judging_alone:
            value = context.params.get(option.name)
            if value not in (None, (), False, option.get_default(context, call=True)):
                yield from _told(option, value, context)


def _told(option: DecidingOption, value: Any, context: click.Context) -> Iterator[OwnRule]:
    source = context.get_parameter_source(option.name or "")
    flag = next(each for each in option.opts if each.startswith("--"))
    if source is click.core.ParameterSource.ENVIRONMENT:
        yield OwnRule(RuleKind.ENVIRONMENT, (f"{option.envvar}={_written(value)}",))
    elif source is click.core.ParameterSource.COMMANDLINE and option.weakens(value):
        written = flag if option.is_flag else f"{flag} {_written(value)}"
        yield OwnRule(RuleKind.OPTION, (written,))


def _written(value: Any) -> str:
    """A value as one writes it; of NAME=VALUE the name alone, as the value may be a secret."""
    match value:
        case True:
            return "1"
        case Enum():
            return str(value.value)
        case date():
            return value.isoformat()
        case tuple():
            return ", ".join(
                each[0] if isinstance(each, tuple) else str(each) for each in value
            )
    return str(value)
