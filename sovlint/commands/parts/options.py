"""The options that commands share; ``settled.py`` has the run of ``lint`` that they add up to.

Every option has a ``SOVLINT_*`` variable; an option wins over its variable, and that over the configuration.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import click
from click.core import ParameterSource
from msgspec import Struct

from sovlint.commands.parts import endings, suggest
from sovlint.commands.parts.deciding import DecidingOption, Weakens, always, never
from sovlint.commands.parts.exit_code import FAILING
from sovlint.commands.parts.helping import HelpedOption, HelpHeading
from sovlint.configuration.config import POLICY_SET as POLICY_SET
from sovlint.errors import SovlintError
from sovlint.model.findings.finding import Severity
from sovlint.model.findings.rests import Rests
from sovlint.model.request import RATCHET
from sovlint.model.text import LANGUAGES

STRICT: Final = "strict"
FAIL_ON: Final = "error"
"""The least severity that fails a run that nobody configured."""
HDS_SCOPES = (STRICT, "care-only")

_UNASKED: Final = (None, ParameterSource.DEFAULT)

Command = TypeVar("Command", bound=Callable[..., Any])


class _Path(click.Path):
    """A path; an empty one (an unset variable in a script, as a rule) is an error, not the folder where one is."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        """The path, or a usage error."""
        if value == "":
            self.fail(
                "an empty path names nothing; `.` is the folder where you are.", param, ctx
            )
        return super().convert(value, param, ctx)


PATH: Final = _Path(path_type=Path)
"""What paths are given as."""


class _Share(click.IntRange):
    """A share in percent, or the word that it may only rise."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        """The number or the word, or a usage error."""
        return value if value == RATCHET else super().convert(value, param, ctx)


SHARE: Final = _Share(0, 100)
"""What a least share is given as."""


class _Day(click.ParamType[date]):
    """A day written YYYY-MM-DD."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day, or a usage error."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day (YYYY-MM-DD).", param, ctx)


class _Assignment(click.ParamType[tuple[str, str]]):
    """NAME=VALUE; several in one variable stand on lines of their own."""

    name = "assignment"
    envvar_list_splitter = "\n"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """The name and the value as written, or a usage error that doesn't repeat the value: it may be a secret."""
        name, sign, written = value if isinstance(value, tuple) else str(value).partition("=")
        if not sign or not name.strip():
            self.fail("it must be NAME=VALUE.", param, ctx)
        return name.strip(), written


def option(*flags: str, **settings: Any) -> Callable[[Command], Command]:
    """A click option with its ``SOVLINT_*`` variable, named after the long flag, under its heading of the help
    (``heading``, or ``often``: on the first screen)."""
    long = next(flag for flag in flags if flag.startswith("--"))
    settings.setdefault("envvar", f"SOVLINT_{long[2:].replace('-', '_').upper()}")
    settings.setdefault("show_default", bool(settings.get("default")))
    settings.setdefault("cls", HelpedOption)
    return click.option(*flags, show_envvar=True, **settings)


def deciding(
    *flags: str, weakens: Weakens = never, judges: bool = True, **settings: Any
) -> Callable[[Command], Command]:
    """An option that bears on a verdict or, where it doesn't judge, on the exit code alone: reports say what is made
    otherwise by it."""
    return option(*flags, cls=DecidingOption, weakens=weakens, judges=judges, **settings)


def into(**structs: type[Struct]) -> Callable[[Command], Callable[..., Any]]:
    """Hand options to a command as structs: ``into(request=Request)`` gathers all whose names are fields of it.

    It stands below the options. Of two structs with such a field, the first takes it.
    """

    def decorate(command: Command) -> Callable[..., Any]:
        @wraps(command)
        def gathered(**given: Any) -> Any:
            made = {name: _taken(given, struct) for name, struct in structs.items()}
            return command(**made, **given)

        return gathered

    return decorate


def _taken(given: dict[str, Any], struct: type[Struct]) -> Struct:
    """The struct that options make up, which are taken out of those given."""
    return struct(
        **{name: given.pop(name) for name in struct.__struct_fields__ if name in given}
    )


def form(
    variable: str,
    formats: Collection[str],
    default: str,
    help: str = "How to write it.",
    folders: Collection[str] = (),
) -> Callable[[Command], Command]:
    """The option for one format of several: unless it is given, the ending of the output's file chooses. ``folders`` are
    the formats that make several files."""
    chosen = option(
        "-f",
        "--format",
        "form",
        often=HelpHeading.TELL,
        type=click.Choice([*formats]),
        default=default,
        envvar=variable,
        help=help,
    )
    return all_of(chosen, _by_ending(formats, default, folders))


def _by_ending(
    formats: Collection[str], default: str, folders: Collection[str] = ()
) -> Callable[[Command], Command]:
    """Hand on the format that the output's file is to have, before anything is read."""

    def decorate(command: Command) -> Command:
        @wraps(command)
        def settled(**given: Any) -> Any:
            source = click.get_current_context().get_parameter_source("form")
            asked = None if source in _UNASKED else given["form"]
            place = given.get("output_file")
            written = endings.chosen(place, formats, asked, default, folders)
            return command(**given | ({"form": written} if "form" in given else {}))

        return cast("Command", settled)

    return decorate


def all_of(*decorators: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options as one, in their order."""

    def decorate(command: Command) -> Command:
        for each in reversed(decorators):
            command = each(command)
        return command

    return decorate


paths: Callable[[Command], Command] = click.argument(
    "paths", nargs=-1, type=PATH, metavar="[PATH]..."
)

written = all_of(
    option(
        "-o",
        "--output",
        "output_file",
        often=HelpHeading.TELL,
        type=PATH,
        metavar="FILE",
        help="Write to this file, not to stdout.",
    )
)

policy_set = deciding(
    "--policy-set",
    often=HelpHeading.JUDGE,
    metavar="SET",
    shell_complete=suggest.policy_sets,
    help="A set of policies that ships, or a YAML file.",
)

own = deciding(
    "--policy",
    heading=HelpHeading.JUDGE,
    type=PATH,
    multiple=True,
    metavar="PATH",
    help="A file or folder of your own policies.",
)


class _MinimumSeal(click.ParamType[str]):
    """OBJECTIVE=LEVEL of the Cloud Sovereignty Framework."""

    name = "minimum"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """What is asked, or a usage error."""
        from sovlint.policy.seal.framework import check_minimum  # imported late: few ask

        try:
            return check_minimum(str(value))
        except SovlintError as error:
            self.fail(f"{error.message} {error.hint}", param, ctx)


policies = all_of(
    policy_set,
    own,
    deciding(
        "--min-seal",
        heading=HelpHeading.JUDGE,
        type=_MinimumSeal(),
        multiple=True,
        metavar="OBJECTIVE=LEVEL",
        help="The SEAL level that an objective of the Commission's Cloud Sovereignty Framework must reach: SOV-2=3.",
    ),
    deciding(
        "--hds-scope",
        heading=HelpHeading.JUDGE,
        weakens=lambda value: value != STRICT,
        type=click.Choice(HDS_SCOPES),
        help="Whether claims data need an HDS host, in the EEA.",
    ),
    deciding(
        "--require-sources",
        heading=HelpHeading.JUDGE,
        is_flag=True,
        help="Take nothing for proved of which no source was read.",
    ),
)

as_of = deciding(
    "--as-of",
    often=HelpHeading.JUDGE,
    type=_Day(),
    default=date.today,
    show_default=False,
    metavar="DATE",
    help="Judge as on this day.  [default: today]",
)

no_config = deciding(
    "--no-config",
    heading=HelpHeading.READ,
    is_flag=True,
    weakens=always,
    help="Use no configuration.",
)

configured = all_of(
    deciding(
        "--config",
        heading=HelpHeading.READ,
        type=PATH,
        metavar="FILE",
        help="The configuration.  [default: the nearest sovlint.yaml]",
    ),
    no_config,
)

catalogs = all_of(
    deciding(
        "--catalog",
        heading=HelpHeading.JUDGE,
        type=PATH,
        multiple=True,
        metavar="FOLDER",
        help="A folder to lay over the catalogue, or a catalogue as a file that takes its place.",
    ),
    deciding(
        "--trust-overlay",
        heading=HelpHeading.JUDGE,
        weakens=always,
        is_flag=True,
        help="Believe --catalog where it says otherwise who controls a company, or where something is.",
    ),
    deciding(
        "--trust-key",
        heading=HelpHeading.JUDGE,
        type=PATH,
        multiple=True,
        metavar="KEY",
        help="A public key that must have signed a catalogue as a file: a file outside the repository, or the key itself.",
    ),
)

_values = all_of(
    deciding(
        "--var",
        heading=HelpHeading.READ,
        type=_Assignment(),
        multiple=True,
        metavar="NAME=VALUE",
        help="The value of a Terraform variable.",
    ),
    deciding(
        "--env",
        heading=HelpHeading.READ,
        type=_Assignment(),
        multiple=True,
        metavar="NAME=VALUE",
        help="A variable of the environment that Terragrunt's get_env reads.",
    ),
    deciding(
        "--var-file",
        heading=HelpHeading.READ,
        type=PATH,
        multiple=True,
        metavar="FILE",
        help="A file of values of Terraform variables.",
    ),
)

settings = all_of(configured, catalogs, _values)

_assume = deciding(
    "--assume",
    often=HelpHeading.JUDGE,
    metavar="CLASS",
    shell_complete=suggest.data_classes,
    help="The data class of what carries none.",
)

_offers = deciding(
    "--offers",
    heading=HelpHeading.READ,
    type=PATH,
    metavar="FILE",
    help="What other repositories make, as `sovlint fleet` writes it.",
)

_accepted = all_of(
    option(
        "--exclude-local",
        heading=HelpHeading.READ,
        is_flag=True,
        help="Leave out Compose files that are there for developers alone.",
    ),
    deciding(
        "--allow-failures",
        heading=HelpHeading.FAIL,
        judges=False,
        weakens=always,
        is_flag=True,
        help="Accept that files could not be read.",
    ),
)

cache = option(
    "--cache/--no-cache",
    heading=HelpHeading.READ,
    default=None,
    envvar="SOVLINT_CACHE",
    help="Keep what was read for the next run, in your own cache folder; where CI is set nothing is kept unasked.",
)

reading = all_of(as_of, _assume, configured, catalogs, _values, _offers, _accepted)

reading_all = all_of(as_of, _assume, no_config, catalogs, _accepted)
"""The same for repositories that each have their own configuration, variables and files of values."""

fail_on = deciding(
    "--fail-on",
    often=HelpHeading.FAIL,
    judges=False,
    weakens=lambda value: value == "never",
    type=click.Choice(list(FAILING)),
    default=FAIL_ON,
    help="The least severity that fails.",
)

require = deciding(
    "--require",
    heading=HelpHeading.FAIL,
    judges=False,
    type=click.Choice([Rests.PROOF.value]),
    help="Fail the run where something complies by somebody's word, or by a weak fact.",
)

inferred = deciding(
    "--inferred",
    heading=HelpHeading.FAIL,
    weakens=lambda value: value is Severity.NOTE,
    type=click.Choice([each.value for each in Severity]),
    default=Severity.WARNING.value,
    callback=lambda _context, _option, value: Severity(value),
    help="The most severe that a finding may be where the data class was inferred from names.",
)

allow_empty = deciding(
    "--allow-empty",
    heading=HelpHeading.FAIL,
    judges=False,
    is_flag=True,
    help="Exit with 0 where there is nothing to look at, as a hook does.",
)

exit_zero = deciding(
    "--exit-zero",
    heading=HelpHeading.FAIL,
    judges=False,
    weakens=always,
    is_flag=True,
    help="Exit with 0 where there are findings; failures still exit with 2.",
)

language = option(
    "--lang",
    often=HelpHeading.TELL,
    type=click.Choice(LANGUAGES, case_sensitive=False),
    help="The language of the output.  [default: the locale]",
)

speaking = all_of(
    language,
    option(
        "--color",
        heading=HelpHeading.TELL,
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Whether to use colours.",
    ),
)

full = option(
    "--full",
    often=HelpHeading.TELL,
    is_flag=True,
    help="Tell all of it, as text or as a table.",
)

show = option(
    "--show",
    heading=HelpHeading.TELL,
    type=click.Choice(["compliant"]),
    help="List what is compliant too.",
)

telling = all_of(
    option(
        "--limit",
        heading=HelpHeading.TELL,
        type=click.IntRange(0),
        metavar="N",
        help="How many groups of violations a text tells.  [default: as many as fit on a screen]",
    ),
    full,
)

no_inline_ignores = deciding(
    "--no-inline-ignores",
    heading=HelpHeading.FAIL,
    is_flag=True,
    help="Take no notice of ignore comments.",
)

exceptions = all_of(
    deciding(
        "--baseline",
        often=HelpHeading.FAIL,
        type=PATH,
        metavar="FILE",
        help="Findings that were there before: they don't count.",
    ),
    deciding(
        "--write-baseline",
        often=HelpHeading.FAIL,
        type=PATH,
        metavar="FILE",
        help="Record all findings that count now in this file.",
    ),
    option(
        "--prune-baseline",
        heading=HelpHeading.FAIL,
        is_flag=True,
        help="Take out of the baseline what nothing matches any more.",
    ),
    option(
        "--diff-base",
        often=HelpHeading.FAIL,
        metavar="REVISION",
        help="Count only what is new since this revision.",
    ),
    option(
        "--rules-from",
        heading=HelpHeading.FAIL,
        metavar="REVISION",
        help="Judge what is new by the rules of this revision, not by those that come with it.",
    ),
    no_inline_ignores,
)

store = option(
    "--store",
    required=True,
    metavar="PLACE",
    help="Where results are kept: a folder, or an address such as s3://bucket/folder.",
)
"""The store of a fleet."""

unfinished = option(
    "--unfinished", is_flag=True, help="Give up runs that were begun and haven't ended."
)

quiet = option(
    "-q",
    "--quiet",
    often=HelpHeading.TELL,
    is_flag=True,
    help="Say nothing on stderr but errors.",
)

drafting = all_of(reading, language, quiet)
"""What every command has that drafts something from what was found."""

judging = all_of(
    policies,
    option(
        "--inferred",
        heading=HelpHeading.JUDGE,
        type=click.Choice([each.value for each in Severity]),
        default=Severity.WARNING.value,
        callback=lambda _context, _option, value: Severity(value),
        help="The most severe that a finding may be where the data class was inferred from names.",
    ),
    option(
        "--baseline",
        heading=HelpHeading.JUDGE,
        type=PATH,
        metavar="FILE",
        help="Findings that were there before: they don't count.",
    ),
    option(
        "--no-inline-ignores",
        heading=HelpHeading.JUDGE,
        is_flag=True,
        help="Take no notice of ignore comments.",
    ),
)
"""What findings are told by, where they decide no exit code."""

answers = option(
    "--answers",
    type=PATH,
    multiple=True,
    metavar="FILE",
    help="Answers to the questions of the register.",
)


def into_file(
    variable: str, help: str, metavar: str = "FILE", only: str | None = None
) -> Callable[[Command], Command]:
    """The option for the file that a command must be given to write to. Its variable isn't ``SOVLINT_OUTPUT``: that names
    the files of `scan`. ``only``: the format of a command that has one."""
    place = option(
        "-o",
        "--output",
        "output_file",
        often=HelpHeading.TELL,
        type=PATH,
        metavar=metavar,
        required=True,
        envvar=variable,
        help=help,
    )
    return all_of(place, _by_ending((only,), only)) if only else place
