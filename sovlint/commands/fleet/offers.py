"""``sovlint fleet offers``: what repositories offer each other, as a file for single scans."""

from __future__ import annotations

from pathlib import Path

import click

from sovlint.commands.fleet.whole import asked, run_option
from sovlint.commands.parts import options, output
from sovlint.commands.parts.exit_code import CLEAN
from sovlint.commands.parts.output import Voice


@click.command()
@click.argument("places", nargs=-1, type=options.PATH, metavar="[SOURCE]...")
@options.store
@run_option
@options.option(
    "--for",
    "wanted",
    metavar="REPOSITORY",
    envvar="SOVLINT_FLEET_FOR",
    help="Only what this repository asked for, and others offer.",
)
@options.into_file(
    "SOVLINT_FLEET_OFFERS_OUTPUT", "Write to this file; `-` is stdout.", only="json"
)
@options.language
@options.quiet
@options.into(voice=Voice)
def offers(
    places: tuple[Path, ...],
    store: str,
    run: str | None,
    wanted: str | None,
    output_file: Path,
    voice: Voice,
) -> int:
    """Write what the repositories of a run offer: clusters, states, stores, hosts, images, and modules. With `sovlint
    scan --offers FILE` a pipeline proves what one repository alone doesn't show.

    Modules are read out of the clones of the SOURCEs, which are those of `sovlint fleet scan`.

    Exit code: 0 where the file is written, 2 where something could not be read, written or was asked wrongly.
    """
    from sovlint.configuration.offers_file import render
    from sovlint.fleet.sources import found
    from sovlint.fleet.sources.settled import settled
    from sovlint.fleet.whole.offered import offers_of

    opened, what = asked(store, run)
    clones = settled(found(places), True).repositories if places else ()
    made = offers_of(opened, what, wanted, clones)
    if made.lacking:
        voice.say("fleet.modules-lacking", number=len(made.lacking), first=made.lacking[0])
    output.emit(
        render(made.offers), None if output_file == Path("-") else output_file, exact=True
    )
    return CLEAN
