"""The help of a command: one screen of what people use, all of it (``--help-all``), or its variables (``--help-env``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, cast

import click

if TYPE_CHECKING:
    from click.types import OptionHelpExtra

    from sovlint.commands.parts.speech import SpokenHelp

FEW: Final = 12
"""Where a command has no more options than this, its help shows them all, under one heading."""
COLUMNS: Final = 24
"""Of the flags: what they are for stands beside those that are no longer."""
VARIABLE_COLUMNS: Final = 40


class HelpHeading(Enum):
    """What options stand under, in this order."""

    OWN = "Options"
    READ = "What to read"
    JUDGE = "What to judge by"
    FAIL = "What fails"
    TELL = "How it is told"
    HELP = "Help"


class HelpedOption(click.Option):
    """An option that stands under a ``heading``, or under one and on the first screen too (``often``), as do all that are
    a command's own."""

    def __init__(
        self,
        *declared: Any,
        heading: HelpHeading = HelpHeading.OWN,
        often: HelpHeading | None = None,
        **settings: Any,
    ) -> None:
        super().__init__(*declared, **settings)
        self.heading = often or heading
        self.often = bool(often) or heading is HelpHeading.OWN

    def get_help_extra(self, ctx: click.Context) -> OptionHelpExtra:
        """What stands in brackets: not the variable, which errors name."""
        extra = super().get_help_extra(ctx)
        extra.pop("envvars", None)
        return extra

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Its line in the help; the values of a choice stand behind it where a word stands for them: there are many."""
        record = super().get_help_record(ctx)
        values = self.make_metavar(ctx)
        if record is None or not isinstance(self.type, click.Choice):
            return record
        if not self.metavar and len(values) <= COLUMNS:
            return record
        word = self.metavar or self.opts[-1].lstrip("-").upper()
        listed = ", ".join(self.type.choices)
        return record[0].replace(values, word), f"{record[1]}  [one of: {listed}]"


def help_of(context: click.Context, whole: bool = False) -> str:
    """The help of a command: what is used often, or the ``whole``."""
    command, formatter = context.command, cast("SpokenHelp", context.make_formatter())
    command.format_usage(context, formatter)
    command.format_help_text(context, formatter)
    shown = options_of(command)
    few = len(shown) <= FEW
    shown = [each for each in shown if each.often or few or whole]
    under: list[tuple[HelpHeading, click.Option]] = [(each.heading, each) for each in shown]
    under += [(HelpHeading.HELP, each) for each in _about_help(context, few)]
    for heading, some in _under_headings(under, few).items():
        rows = [row for each in some if (row := each.get_help_record(context))]
        if rows:
            with formatter.section(heading.value):
                formatter.write_dl(rows, COLUMNS, col_min=COLUMNS)
    return formatter.getvalue().rstrip("\n")


def _about_help(context: click.Context, few: bool) -> Iterator[click.Option]:
    """The options that ask for help; where there are ``few`` others, none asks for more of them."""
    asked = context.command.get_help_option(context)
    if asked is not None:
        yield asked
    for each in HELP:
        if each in context.command.params and not (few and each is ALL):
            yield each


def _under_headings(
    options: Iterable[tuple[HelpHeading, click.Option]], few: bool
) -> dict[HelpHeading, list[click.Option]]:
    """Options under their headings; where there are ``few``, under one."""
    found: dict[HelpHeading, list[click.Option]] = {each: [] for each in HelpHeading}
    for heading, option in options:
        found[HelpHeading.OWN if few else heading].append(option)
    return found


def variables_of(context: click.Context) -> str:
    """The variables of a command's options, one a line with the option."""
    formatter = context.make_formatter()
    context.command.format_usage(context, formatter)
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(
            "An option wins over its variable, and that over the configuration."
        )
    rows = [
        (str(each.envvar), "/".join((max(each.opts, key=len), *each.secondary_opts)))
        for each in options_of(context.command)
        if each.envvar
    ]
    with formatter.section("Variables"):
        formatter.write_dl(rows, VARIABLE_COLUMNS)
    return formatter.getvalue().rstrip("\n")


def options_of(command: click.Command) -> Sequence[HelpedOption]:
    """The options of a command, but for those that ask for help."""
    return [
        each for each in command.params if isinstance(each, HelpedOption) and each not in HELP
    ]


def with_help(command: click.Command, context_class: type[click.Context]) -> click.Command:
    """A command whose contexts are of a class, with the options that ask for more help."""
    command.context_class = context_class
    if options_of(command):
        command.params += [each for each in HELP if each not in command.params]
    return command


def _asking(flag: str, said: Callable[[click.Context], str], help: str) -> HelpedOption:
    def show(context: click.Context, _: click.Parameter, wanted: bool) -> None:
        if wanted and not context.resilient_parsing:  # a shell that completes isn't asking
            click.echo(said(context))
            context.exit()

    return HelpedOption(
        [flag],
        heading=HelpHeading.HELP,
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=help,
    )


ALL: Final = _asking(
    "--help-all", lambda context: help_of(context, whole=True), "Show every option."
)
HELP: Final = (
    ALL,
    _asking("--help-env", variables_of, "List the environment variables that set options."),
)
