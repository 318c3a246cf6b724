"""The options that commands share, and the run of ``lint`` that they add up to.

Every option has a ``SOVLINT_*`` variable; an option wins over its variable, and that over the configuration.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click
from msgspec import Struct
from msgspec.structs import replace

from sovlint.commands.parts import suggest
from sovlint.commands.parts.configured_names import settle
from sovlint.commands.parts.deciding import DecidingOption, Weakens, always, given_rules, never
from sovlint.configuration.config import POLICY_SET as POLICY_SET
from sovlint.configuration.config import Config, load
from sovlint.configuration.config_file import find
from sovlint.errors import SovlintError
from sovlint.files.discover import ScanPlace, left_of, locate
from sovlint.model.request import Request
from sovlint.model.text import LANGUAGES

if TYPE_CHECKING:
    from sovlint.catalog.load import Catalog
    from sovlint.exceptions.baseline_file import Baseline
    from sovlint.stages.run import Run

STRICT: Final = "strict"
HDS_SCOPES = (STRICT, "care-only")

Command = TypeVar("Command", bound=Callable[..., Any])


class _Path(click.Path):
    """A path; an empty one (an unset variable in a script, as a rule) is an error, not the folder where one is."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, or a usage error."""
        if value == "":
            self.fail("an empty path names nothing; `.` is the folder where you are.", param, ctx)
        return super().convert(value, param, ctx)


PATH: Final = _Path(path_type=Path)
"""What paths are given as."""


class _Day(click.ParamType[date]):
    """A day written YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
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
    """A click option with its ``SOVLINT_*`` variable, named after the long flag, and shown in the help."""
    long = next(flag for flag in flags if flag.startswith("--"))
    settings.setdefault("envvar", f"SOVLINT_{long[2:].replace('-', '_').upper()}")
    settings.setdefault("show_default", bool(settings.get("default")))
    return click.option(*flags, show_envvar=True, **settings)


def deciding(
    *flags: str, weakens: Weakens = never, **settings: Any
) -> Callable[[Command], Command]:
    """An option that bears on a verdict or on the exit code: reports say what is made otherwise by it."""
    return option(*flags, cls=DecidingOption, weakens=weakens, **settings)


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
    return struct(**{name: given.pop(name) for name in struct.__struct_fields__ if name in given})


def form(
    variable: str, formats: Iterable[str], default: str, help: str = "How to write it."
) -> Callable[[Command], Command]:
    """The option for one format of several."""
    return option(
        "-f",
        "--format",
        "form",
        type=click.Choice([*formats]),
        default=default,
        envvar=variable,
        help=help,
    )


def _all(*decorators: Callable[[Command], Command]) -> Callable[[Command], Command]:
    def decorate(command: Command) -> Command:
        for each in reversed(decorators):
            command = each(command)
        return command

    return decorate


paths: Callable[[Command], Command] = click.argument(
    "paths", nargs=-1, type=PATH, metavar="[PATH]..."
)

written = _all(
    option(
        "-o",
        "--output",
        "output_file",
        type=PATH,
        metavar="FILE",
        help="Write to this file, not to stdout.",
    )
)

policy_set = deciding(
    "--policy-set",
    metavar="SET",
    shell_complete=suggest.policy_sets,
    help="The policies to judge by: a set that ships, or a YAML file.",
)

own = deciding(
    "--policy",
    type=PATH,
    multiple=True,
    metavar="PATH",
    help="A file or folder of your own policies.",
)

policies = _all(
    policy_set,
    own,
    deciding(
        "--hds-scope",
        weakens=lambda value: value != STRICT,
        type=click.Choice(HDS_SCOPES),
        help="Whether claims data need an HDS host, in the EEA.",
    ),
)

as_of = deciding(
    "--as-of",
    type=_Day(),
    default=date.today,
    show_default=False,
    metavar="DATE",
    help="Judge as on this day.  [default: today]",
)

configured = _all(
    deciding(
        "--config",
        type=PATH,
        metavar="FILE",
        help="The configuration.  [default: the nearest sovlint.yaml]",
    ),
    deciding("--no-config", is_flag=True, weakens=always, help="Use no configuration."),
)

catalogs = _all(
    deciding(
        "--catalog",
        type=PATH,
        multiple=True,
        metavar="FOLDER",
        help="A folder to lay over the catalogue.",
    ),
    deciding(
        "--trust-overlay",
        weakens=always,
        is_flag=True,
        help="Believe --catalog where it says otherwise who controls a company, or where something is.",
    ),
)

_values = _all(
    deciding(
        "--var",
        type=_Assignment(),
        multiple=True,
        metavar="NAME=VALUE",
        help="The value of a Terraform variable.",
    ),
    deciding(
        "--var-file",
        type=PATH,
        multiple=True,
        metavar="FILE",
        help="A file of values of Terraform variables.",
    ),
)

settings = _all(configured, catalogs, _values)

reading = _all(
    as_of,
    deciding(
        "--assume",
        metavar="CLASS",
        shell_complete=suggest.data_classes,
        help="The data class of what carries none.",
    ),
    configured,
    catalogs,
    _values,
    option(
        "--exclude-local",
        is_flag=True,
        help="Leave out Compose files that are there for developers alone.",
    ),
    deciding(
        "--allow-failures",
        weakens=always,
        is_flag=True,
        help="Accept that files could not be read.",
    ),
)

language = option(
    "--lang",
    type=click.Choice(LANGUAGES, case_sensitive=False),
    help="The language of the output.  [default: that of the locale]",
)

speaking = _all(
    language,
    option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Whether to use colours.",
    ),
)

full = option("--full", is_flag=True, help="Tell all of it, as text or as a table.")

telling = _all(
    option(
        "--limit",
        type=click.IntRange(0),
        metavar="N",
        help="How many findings a text tells in full.  [default: a few screens of them]",
    ),
    full,
    option("--sources", is_flag=True, help="List in a text the sources that its numbers refer to."),
)

exceptions = _all(
    deciding(
        "--baseline",
        type=PATH,
        metavar="FILE",
        help="Findings that were there before: they don't count.",
    ),
    deciding(
        "--write-baseline",
        type=PATH,
        metavar="FILE",
        help="Record all findings that count now in this file.",
    ),
    option(
        "--prune-baseline",
        is_flag=True,
        help="Take out of the baseline what nothing matches any more.",
    ),
    option(
        "--diff-base",
        metavar="REVISION",
        help="Count only what is new since this revision of the repository.",
    ),
    option(
        "--rules-from",
        metavar="REVISION",
        help="Judge what is new by the rules of this revision, not by those that come with it.",
    ),
    deciding("--no-inline-ignores", is_flag=True, help="Take no notice of ignore comments."),
)

quiet = option("-q", "--quiet", is_flag=True, help="Say nothing on stderr but errors.")


def run(given: Request, otherwise: Config | None = None) -> Run:
    """What ``lint`` is asked to do: the request settled, and the files that it and its configuration name.

    ``otherwise`` is the configuration where none is found. Raises ``SovlintError`` for what doesn't exist, and for bad
    configuration.
    """
    from sovlint.stages.run import Run

    place = locate(given.places, gone=given.affected)
    config = configuration(given, place, otherwise)
    catalog = (*config.catalog, *given.catalog)
    config, assume = settle(config, given.assume, catalog, given.trust_overlay)
    # Where a baseline is written, none is read, even if the configuration names one.
    baseline_file = None if given.write_baseline else given.baseline or config.baseline
    settled = replace(
        given,
        assume=assume,
        catalog=catalog,
        var_file=tuple(_inside(path, place) for path in given.var_file),
        policy_set=given.policy_set or config.policy_set or POLICY_SET,
        policy=(*config.policies, *given.policy),
        hds_scope=given.hds_scope or config.hds_scope,
        exclude_local=given.exclude_local or config.exclude_local is not None,
        baseline=baseline_file,
    )
    return Run(
        settled,
        config,
        _baseline(baseline_file, place) if baseline_file else None,
        given=tuple(given_rules(click.get_current_context(silent=True))),
    )


def at_revision(given: Request, place: ScanPlace, folder: Path) -> Request | None:
    """What was given, for the same scan of another revision, whose files are in ``folder``; ``None`` where no path that
    was given was there.

    What lies outside the repository, and a configuration that wasn't there, stay what they are.
    """
    moved = _mover(place, folder)
    paths = tuple(
        there for path in given.places if (there := moved(path)).exists() or given.affected
    )
    return _moved(given, moved, paths) if paths else None


def by_rules_at(given: Request, place: ScanPlace, folder: Path) -> Request | None:
    """What was given, by the rules of another revision, whatever of the paths was there; ``None`` where the
    configuration that was given wasn't."""
    moved = _mover(place, folder)
    if given.config is not None and not moved(given.config).exists():
        return None
    return _moved(given, moved, tuple(left_of(moved(path)) for path in given.places))


def _mover(place: ScanPlace, folder: Path) -> Callable[[Path], Path]:
    """Where a path of the repository is in another tree of it; what lies outside stays."""

    def moved(path: Path) -> Path:
        real = (
            Path(os.path.realpath(path.parent)) / path.name
            if path.name
            else Path(os.path.realpath(path))
        )
        return folder / real.relative_to(place.root) if real.is_relative_to(place.root) else path

    return moved


def _moved(given: Request, moved: Callable[[Path], Path], paths: tuple[Path, ...]) -> Request:
    def moved_if_there(path: Path) -> Path:
        return moved(path) if moved(path).exists() else path

    return replace(
        given,
        paths=paths,
        config=given.config and moved_if_there(given.config),
        policy_set=_moved_set(given.policy_set, moved_if_there),
        policy=tuple(moved_if_there(path) for path in given.policy),
        catalog=tuple(moved_if_there(path) for path in given.catalog),
        var_file=tuple(there for path in given.var_file if (there := moved(path)).exists()),
        baseline=given.baseline and moved_if_there(given.baseline),
    )


def _moved_set(name: str | None, moved: Callable[[Path], Path]) -> str | None:
    """A policy set: where it is a file, that of the other tree."""
    return str(moved(Path(name))) if name and Path(name).is_file() else name


def _baseline(path: Path, place: ScanPlace) -> Baseline:
    from sovlint.exceptions.baseline_file import read

    return read(path, name_of(path, place))


def name_of(path: Path, place: ScanPlace) -> str:
    """What reports call a file: its path from the git root, where it lies below that."""
    real = Path(os.path.realpath(path.parent)) / path.name
    return real.relative_to(place.root).as_posix() if real.is_relative_to(place.root) else str(path)


def configuration(given: Request, place: ScanPlace, otherwise: Config | None = None) -> Config:
    """The configuration of a run; ``otherwise`` (else an empty one) where none is there, and an empty one where none is
    wanted."""
    path = configuration_path(given, place)
    if path is not None:
        return load(path, place.root)
    return otherwise if otherwise is not None and not given.no_config else Config()


def configuration_path(given: Request, place: ScanPlace) -> Path | None:
    """The file given, else the nearest; ``None`` where none is there, or wanted."""
    if given.no_config and given.config is not None:
        raise SovlintError(
            "`--config` and `--no-config` contradict each other.", "Give one of them."
        )
    if given.no_config:
        return None
    if given.config is None:
        # Which files happened to change mustn't decide by what they are judged.
        return find(place.root if given.affected else place.start, place.root)
    if not given.config.is_file():
        raise SovlintError(
            f"There is no configuration `{given.config}`.", "Give the path of a sovlint.yaml."
        )
    return given.config


def _inside(path: Path, place: ScanPlace) -> Path:
    """A file of values as a path relative to the git root: nothing beyond that is ever read."""
    if not path.is_file():
        raise SovlintError(
            f"There is no file of values `{path}`.", "--var-file is relative to where you are."
        )
    real = path.parent.resolve() / path.name
    if not real.is_relative_to(place.root):
        raise SovlintError(
            f"`{path}` lies outside {place.root}, and nothing there is read.", "Copy it inside."
        )
    return real.relative_to(place.root)


def own_policies(given: Request) -> tuple[Path, ...]:
    """The files and folders of the user's own policies, for a command that scans nothing; those of the option last."""
    return (*configuration(given, locate([Path()])).policies, *given.policy)


def own_catalogs(given: Request) -> tuple[Path, ...]:
    """The folders to lay over the catalogue, for a command that scans nothing; those of the option last."""
    return (*configuration(given, locate([Path()])).catalog, *given.catalog)


def known_world(given: Request) -> Catalog:
    """The catalogue, with what is laid over it, for a command that scans nothing."""
    from sovlint.catalog.load import load as load_catalog

    return load_catalog(own_catalogs(given), given.trust_overlay)
