"""``sovlint fleet``: every repository of an organisation, read by itself and proved together."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final

import click

from sovlint.commands.parts.helping import with_help

COMMANDS: Final[Mapping[str, str]] = {
    "scan": "Read every repository, and keep what comes of it in a store.",
    "report": "Write a page of all repositories to look at.",
    "gate": "Fail on what is new in any repository, and on budgets that are exceeded.",
    "offers": "Write what repositories offer each other, for `sovlint scan --offers`.",
    "register": "Draft a register of all repositories: DORA, tenders.",
    "suppose": "Judge all repositories in a world that you suppose.",
    "query": "Ask a store in SQL.",
    "runs": "List the runs of a store.",
    "compact": "Make a store small: few files, and no more runs than are kept.",
    "forget": "Erase every trace of a repository from a store.",
}
"""Every command of the group, and its line in the help; the module of that name has it."""


class _Fleet(click.Group):
    """The group of ``COMMANDS``, each imported when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        return command(cmd_name, self) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help, without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def command(name: str, group: click.Group) -> click.Command:
    """A command of the table, whose help is written like that of its group."""
    found: click.Command = getattr(import_module(f"{__name__}.{name}"), name)
    return with_help(found, group.context_class)


@click.group(cls=_Fleet)
def fleet() -> None:
    """Every repository of an organisation, read by itself and proved together."""
