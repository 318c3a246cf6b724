"""Arguments -> one of ``commands``; the only place that exits.

Commands are imported when they run. Whatever goes wrong ends in one message on stderr and exit code 2; a trace is shown
only with ``SOVLINT_DEBUG=1``.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from sovlint.errors import SovlintError, did_you_mean

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

WRONG: Final = 2
INTERRUPTED: Final = 130
YOUNG: Final = 1_000_000
"""How many new objects the garbage collector waits for. A run makes many that live as long as it does, and hardly any
garbage in cycles: Python's own 700 costs a third of the time on a large repository, for the same memory, and 50,000
still a tenth."""
DEEP: Final = 70_000
"""Room for calls within calls, in words of memory. Python takes it in pieces of 16 KB, and gives each back at once: a
loop at such a depth that its calls begin a piece would ask the system for memory at every turn. A frame of this size
has Python take one piece of 1 MB, of which what isn't used costs nothing."""


COMMANDS: Final[Mapping[str, str]] = {
    "scan": "Judge what a repository declares.",
    "map": "Show what lands with whom, in reach of which states.",
    "report": "Write a page to look at, for those who have no terminal.",
    "register": "Draft a register that auditors, supervisors and buyers ask for.",
    "calendar": "Write a calendar of what lapses.",
    "evidence": "Write a statement of what was found, which others can check.",
    "verify": "Check a statement: who signed it, and whether it holds here.",
    "fleet": "Read all repositories, and prove them together.",
    "facts": "Show where things are, judged by nobody.",
    "explain": "Say what a policy asks, and what was made of a line of a file.",
    "provider": "Say who runs a provider, who can compel it, and what it holds.",
    "where": "Say which provider and place a host or a region may mean.",
    "init": "Draft a sovlint.yaml for this repository.",
    "label": "Write a data class into the source.",
    "attest": "Vouch for what no code shows, with its evidence.",
    "provider new": "Describe a company that the catalogue lacks.",
    "check": "Check your configuration, policies and overlays.",
    "catalog": "Check the catalogue, and what you lay over it.",
    "schema": "Print the JSON Schema of a file, for your editor.",
    "completion": "Print what makes your shell complete sovlint's words.",
}
"""Every command, and its line in the help; a module of ``commands`` has it under the same name, with ``_`` for a blank."""


def command(name: str) -> click.Command:
    """A command of the table, imported now."""
    module = name.replace(" ", "_")
    found: click.Command = getattr(import_module(f"sovlint.commands.{module}"), module)
    inside = found.commands.values() if isinstance(found, click.Group) else ()
    from sovlint.commands.parts.helping import with_help  # late: `--version` needs none

    for each in (found, *inside):
        with_help(each, _Context)
    return found


class _Context(click.Context):
    """A context whose help is in the reader's language."""

    def make_formatter(self) -> click.HelpFormatter:
        """What lays out the help, and the usage above an error."""
        from sovlint.commands.parts.speech import SpokenHelp

        return SpokenHelp(_language(self.find_root().obj))

    def get_help(self) -> str:
        """The help of a command on one screen; of a group, what click makes of it."""
        if isinstance(self.command, click.Group):
            return super().get_help()
        from sovlint.commands.parts.helping import help_of

        return help_of(self)


class _Commands(click.Group):
    """The group of ``COMMANDS``, which exits with the codes of ``commands/parts/exit_code.py``."""

    context_class = _Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        return command(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help, without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """What a shell completes here: the commands, without importing any, and the options."""
        from click.shell_completion import CompletionItem

        items = [
            CompletionItem(name, help=line)
            for name, line in COMMANDS.items()
            if name.startswith(incomplete) and " " not in name
        ]
        return items + click.Command.shell_complete(self, ctx, incomplete)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named first, by one word or two; raises a usage error with what was probably meant."""
        if " ".join(args[:2]) in COMMANDS:
            args = [" ".join(args[:2]), *args[2:]]
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            ctx.fail(f"There is no command `{name}`.{_meant(name)}")
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What stands before the command; an option of a command that stands there is told its place."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            name = error.option_name
            ctx.fail(
                f"There is no option `{name}` before the command: write `sovlint COMMAND {name}`."
            )

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, and exit; without ``standalone_mode`` give the exit code, and let errors through."""
        given = sys.argv[1:] if args is None else [*args]
        extra["obj"] = (
            given  # the language of help and errors is told before options are understood
        )
        run = partial(
            super().main, given, prog_name, complete_var, standalone_mode=False, **extra
        )
        if not standalone_mode:
            return run()
        gc.set_threshold(YOUNG)
        atexit.register(
            gc.freeze
        )  # else Python looks for cycles in all that a run made before it lets go of it
        try:
            code = _with_room(run)
        except click.Abort:
            sys.exit(INTERRUPTED)
        except SystemExit as ended:
            if ended.code == 0:  # a shell has been told what completes
                raise
            _let_go()  # click's way where a reader has gone away
        except Exception as error:
            _end(error, given)
        sys.exit(code or 0)


def _with_room(run: Callable[[], Any]) -> Any:
    return run()


_with_room.__code__ = _with_room.__code__.replace(co_stacksize=DEEP)


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:  # a shell that completes isn't asking
        from sovlint.commands.version import version_line

        click.echo(version_line())
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version,
    help="Show the version and the catalogue's date, and exit.",
)  # fmt: skip
def main() -> None:
    """Find out which health data of a repository lands where, who runs it, and which state can compel them."""


def _meant(name: str) -> str:
    """What was probably meant by a command that doesn't exist."""
    if os.path.lexists(name):
        return f" Did you mean `sovlint scan {name}`?"
    meant = did_you_mean(name, COMMANDS) or f"There are: {', '.join(COMMANDS)}."
    return f" {meant}"


def _language(arguments: Sequence[str] | None) -> str:
    from sovlint.commands.parts.speech import spoken_language

    return spoken_language(arguments or ())


def _end(error: Exception, arguments: Sequence[str]) -> NoReturn:
    """What a run that failed says, and how it exits."""
    match error:
        case SovlintError():
            _fail(error.message, error.hint, arguments)
        case click.ClickException():
            _refuse(error, arguments)
        case OSError():
            _fail(f"The system refused: {error.strerror or error}.", "", arguments)
    _crash(error, arguments)


def _refuse(error: click.ClickException, arguments: Sequence[str]) -> NoReturn:
    """A command line that click doesn't understand, with the usage above what is wrong."""
    from sovlint.commands.parts.output import say
    from sovlint.commands.parts.speech import complaint

    said = complaint(error, _language(arguments))
    say(said)
    sys.exit(WRONG)


def _let_go() -> NoReturn:
    """Nobody reads help or the like any more (``| head``): what is still buffered goes nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)


def _fail(message: str, hint: str, arguments: Sequence[str]) -> NoReturn:
    """One message on stderr, fit to be seen whatever it quotes."""
    from sovlint.commands.parts.output import say
    from sovlint.model.redaction.redact import safe_text
    from sovlint.report.french import in_language
    from sovlint.report.messages import labelled, phrase

    language = _language(arguments)
    lines = in_language(message, language).splitlines()
    label = labelled(phrase("report.error", language), language)
    say(f"{label} " + "\n".join(map(safe_text, lines)))
    if hint:
        label = labelled(phrase("commands.hint", language), language)
        say(f"{label} {safe_text(in_language(hint, language))}")
    sys.exit(WRONG)


def _crash(error: Exception, arguments: Sequence[str]) -> NoReturn:
    """What nobody expected: said in one line, as a fault of sovlint's own."""
    if os.environ.get("SOVLINT_DEBUG"):
        import traceback

        traceback.print_exception(error)
    _fail(
        f"internal error: {type(error).__name__}: {error}".rstrip(": "),
        "This is a fault in sovlint. Please report it, with what SOVLINT_DEBUG=1 prints.",
        arguments,
    )
