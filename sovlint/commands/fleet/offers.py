"""``sovlint fleet offers``: what repositories offer each other, as a file for single scans."""

from __future__ import annotations

from pathlib import Path

import click

from sovlint.commands.fleet.whole import asked, run_option
from sovlint.commands.parts import options, output
from sovlint.commands.parts.exit_code import CLEAN


@click.command()
@options.store
@run_option
@options.option(
    "--for",
    "wanted",
    metavar="REPOSITORY",
    envvar="SOVLINT_FLEET_FOR",
    help="Only what this repository asked for, and others offer.",
)
@options.into_file("SOVLINT_FLEET_OFFERS_OUTPUT", "Write to this file; `-` is stdout.")
def offers(store: str, run: str | None, wanted: str | None, output_file: Path) -> int:
    """Write what the repositories of a run offer: clusters, states, stores, hosts, images. With `sovlint scan
    --offers FILE` a pipeline proves what one repository alone doesn't show.

    Exit code: 0 where the file is written, 2 where something could not be read, written or was asked wrongly.
    """
    from sovlint.configuration.offers_file import render
    from sovlint.fleet.whole.offered import offers_of

    opened, what = asked(store, run)
    text = render(offers_of(opened, what, wanted))
    output.emit(text, None if output_file == Path("-") else output_file, exact=True)
    return CLEAN
