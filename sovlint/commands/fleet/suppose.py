"""``sovlint fleet suppose``: what would be otherwise over all repositories of a store, where something is supposed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import click
from msgspec import Struct

from sovlint.commands.fleet.workers import Readers, reader_options, reading_again
from sovlint.commands.parts import options, output
from sovlint.commands.parts.exit_code import CLEAN, FAILED
from sovlint.commands.parts.output import Voice

TEXT: Final = "text"
JSON: Final = "json"


class GivenSuppositions(Struct, frozen=True):
    """What is supposed of which store, and how that is told."""

    file: Path
    store: str
    form: str
    allow_failures: bool


@click.command()
@click.argument("file", type=options.PATH, metavar="FILE")
@click.argument("places", nargs=-1, type=options.PATH, metavar="[SOURCE]...")
@options.store
@options.form("SOVLINT_FLEET_SUPPOSE_FORMAT", (TEXT, JSON), TEXT)
@options.written
@options.full
@reader_options
@options.option(
    "--allow-failures",
    is_flag=True,
    help="Exit with 0 though repositories are missing, which is told.",
)
@options.language
@options.quiet
@options.into(given=GivenSuppositions, readers=Readers, voice=Voice)
def suppose(
    output_file: Path | None, given: GivenSuppositions, readers: Readers, voice: Voice
) -> int:
    """Judge all repositories in a store's newest state once more in the world that FILE supposes: which companies and
    states that concerns, and which findings would be new, gone or otherwise, by repository and team, the worst first.

    FILE is that of `sovlint scan --suppose`. Clones of SOURCEs are read once more, at the commits of that state; what was
    judged by the same FILE before is in the store. It changes no result.

    Exit code: 0 where it is told, whatever it says; 2 where a repository is missing (unless --allow-failures), or something
    was asked wrongly.
    """
    from sovlint.fleet import supposed_text
    from sovlint.fleet.store.store import open_store
    from sovlint.fleet.supposed import fleet_supposed

    output.refuse_unwritable(output_file)
    output.refuse_inputs(output_file, {os.path.realpath(given.file)})
    store = open_store(given.store)
    with reading_again(readers, voice) as how:
        found = fleet_supposed(given.file, store, how, voice.language)
    if given.form == JSON:
        output.emit(supposed_text.as_json(found), output_file, exact=True)
    else:
        style = voice.style(output_file)
        output.emit(supposed_text.text(found, voice.language, style), output_file)
    return FAILED if found.missing and not given.allow_failures else CLEAN
