"""``sovlint provider new``: a company that the catalogue lacks, in a few answers; an overlay is written."""

from __future__ import annotations

from pathlib import Path

import click

from sovlint.commands.parts import options, settled, suggest
from sovlint.commands.parts.exit_code import CLEAN
from sovlint.commands.parts.output import Voice
from sovlint.commands.writing.describing import NewProvider
from sovlint.commands.writing.owners import TOPS
from sovlint.configuration.config_file import NAME
from sovlint.model.request import Request

FOLDER = "overlay"
"""The folder of an overlay where the configuration names none."""


@click.command()
@options.option("--name", metavar="NAME", help="What people call the company.")
@options.option("--id", metavar="ID", help="Its id.  [default: made of its name]")
@options.option("--seat", metavar="STATE", help="The state where it sits.")
@options.option(
    "--holder",
    multiple=True,
    metavar="NAME=STATE",
    help="Who holds most of it (a company, a person or a state), then who holds most of that one, and so on up.",
)
@options.option(
    "--top",
    type=click.Choice(TOPS),
    help="Of the last holder given: nobody holds most of it, it is itself a person or a state, or that is unknown.",
)
@options.option(
    "--region", multiple=True, metavar="NAME=STATE", help="A place where it keeps data."
)
@options.option(
    "--runs-on",
    multiple=True,
    metavar="ID",
    shell_complete=suggest.providers,
    help="The provider whose cloud it runs on; `own` for machines of its own.",
)
@options.option("--host", multiple=True, metavar="HOST", help="A host at which it answers.")
@options.option(
    "--kind", metavar="KIND", help="What it is: iaas, paas, saas.  [default: saas]"
)
@options.option("--read", metavar="TEXT", help="What was read that says so.")
@options.option("--url", metavar="URL", help="The address of what was read.")
@options.option("--read-by", metavar="ROLE", help="The role that read it.")
@options.option(
    "--to",
    type=options.PATH,
    metavar="FOLDER",
    help="The overlay.  [default: the first of the configuration]",
)
@options.option(
    "--print", "printed", is_flag=True, help="Show what would be written, and write nothing."
)
@options.as_of
@options.configured
@options.catalogs
@options.language
@options.into(given=NewProvider, request=Request, voice=Voice)
def provider_new(
    to: Path | None, printed: bool, given: NewProvider, request: Request, voice: Voice
) -> int:
    """Describe a company that the catalogue lacks, with who owns it: as an overlay of the catalogue, which
    sovlint.yaml then names.

    What no option says is asked for on a terminal. What is written is shown; nothing that is there is lost.

    Exit code: 0, or 2 where nothing is written.
    """
    from sovlint.commands.writing import additions
    from sovlint.commands.writing.asking import Asking, has_terminal
    from sovlint.commands.writing.describing import described
    from sovlint.commands.writing.laying import checked, laid, read_back
    from sovlint.files.scan_place import locate

    place = locate([Path()])
    ask = Asking(voice, has_terminal())
    made = described(given, ask, settled.known_world(request), request.as_of)
    config = settled.configuration(request, place)
    file = settled.configuration_path(request, place) or place.root / NAME
    folder = to or next(iter(config.catalog), file.parent / FOLDER)
    changes = laid(made, folder, file, config.catalog, voice.language)
    read_back(changes, file, place.root, folder)
    overlays = (*config.catalog, *request.catalog)
    checked(changes, folder, overlays, request.trust)
    additions.show(changes)
    if printed or not ask.agreed():
        return CLEAN
    additions.write(changes)
    voice.say("ask.described", id=made.id)
    return CLEAN
