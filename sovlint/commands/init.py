"""``sovlint init``: draft the configuration of a repository, from what a run finds in it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sovlint import __version__
from sovlint.commands.parts import options, output, settled
from sovlint.commands.parts.exit_code import CLEAN, NOTHING
from sovlint.commands.parts.notices import say_notices
from sovlint.commands.parts.output import Voice
from sovlint.configuration.config_file import NAME, find
from sovlint.errors import SovlintError
from sovlint.files.discover import locate
from sovlint.frontends.saas.claims import FILE_NAMES
from sovlint.model.request import Request
from sovlint.model.text import Note
from sovlint.report.messages import say
from sovlint.report.pieces.style import wrap

SEPARATOR = "\n---\n"
"""What stands between the files where they are printed."""

WIDTH = 110
"""Columns of the file."""


if TYPE_CHECKING:
    from sovlint.edit.inventory_draft import Spoken
    from sovlint.model.findings.finding import Report


@click.command()
@click.argument("path", type=options.PATH, default=Path(), metavar="[PATH]")
@options.option(
    "--print", "printed", is_flag=True, help="Print the configuration, and write nothing."
)
@options.language
@options.quiet
@options.into(voice=Voice)
def init(path: Path, printed: bool, voice: Voice) -> int:
    """Write a sovlint.yaml at the root of the git repository around PATH (default: here), else in PATH itself.

    It proposes what the repository leaves open: who runs its clusters, which folders hold health data, what to attest.
    All of that is commented out, so the file changes no verdict as it is written. A configuration that is there
    already is left alone. Where code uses SaaS and there is no inventory, a first one is written too: saas.yaml.

    Exit code: 0, or 2 where there is a configuration or the file can't be written, 3 where there is nothing to scan.
    """
    from sovlint.catalog.load import load
    from sovlint.commands.parts.progress import watching
    from sovlint.edit.init import draft

    place = locate([path])
    if there := find(place.start, place.root):
        raise SovlintError(
            f"There is a configuration already: {there}.", "`sovlint check` checks it."
        )
    request = Request(
        paths=(place.root,), no_config=True, facts_only=True, allow_failures=True
    )
    with watching(voice) as watch:
        from sovlint.lint import lint

        report = lint(settled.run(request), watch=watch)
    say_notices(report, voice, request)
    if report.coverage.files == 0:
        return NOTHING

    def spoken(note: Note, prefix: str) -> list[str]:
        return wrap(say(note, voice.language), WIDTH, prefix, prefix)

    classes = {name: each.name for name, each in load().classes.items()}
    files = {NAME: draft(report, classes, __version__, spoken)}
    if listed := _inventory(report, place.root, spoken):
        files[FILE_NAMES[0]] = listed
    if printed:
        output.emit(SEPARATOR.join(files.values()), exact=True)
        return CLEAN
    for name, text in files.items():
        _create(place.root / name, text)
        voice.say("commands.init-written", path=str(place.root / name))
    return CLEAN


def _inventory(report: Report, root: Path, spoken: Spoken) -> str:
    """A first inventory of the services that code uses; empty where there are none, or an inventory already."""
    from sovlint.catalog.load import load
    from sovlint.edit.inventory_draft import draft
    from sovlint.resolve.sameness import used

    if any(each.resource.front_end == "saas" for each in report.placed):
        return ""
    if any((root / name).exists() for name in FILE_NAMES):
        return ""
    uses = used(report.placed, load())
    return draft(uses, spoken) if uses else ""


def _create(path: Path, text: str) -> None:
    """Write a file that isn't there; what stands under its name, a link too, is left as it is."""
    try:
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb"
        ) as file:
            file.write(text.encode("utf-8", "backslashreplace"))
    except FileExistsError:
        raise SovlintError(
            f"{path} is there already, and is left as it is.", "Look at what it is."
        ) from None
    except OSError as error:
        raise output.unwritable(f"{path}", path, error) from None
