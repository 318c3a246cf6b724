"""``sovlint fleet report``: a page of all repositories to look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sovlint.commands.fleet.whole import asked, known_on, run_option
from sovlint.commands.parts import options, output
from sovlint.commands.parts.exit_code import CLEAN
from sovlint.commands.parts.output import Voice
from sovlint.errors import SovlintError
from sovlint.installation import bringing

if TYPE_CHECKING:
    from sovlint.fleet.whole.view import FleetView
    from sovlint.model.world import World


@click.command()
@options.store
@run_option
@options.into_file(
    "SOVLINT_FLEET_REPORT_OUTPUT", "Write to this file; `-` is stdout.", only="html"
)
@options.language
@options.into(voice=Voice)
def report(store: str, run: str | None, output_file: Path, voice: Voice) -> int:
    """Write a page of all repositories: where their data lands, which companies they depend on, worst first, what they use
    of each other, what is found in each, how that changes from run to run, and what lapses.

    The page is one file that asks nothing of any server, in English and French. It has views for the board, a data
    protection officer, an auditor and an engineer.

    Exit code: 0 where the page is written, whatever it says; 2 where something could not be read, written or was asked
    wrongly.
    """
    render = _page()
    opened, what = asked(store, run)
    from sovlint.fleet.whole.reading import SnapshotReader

    known = known_on(what)
    with SnapshotReader(opened) as reader:
        view = reader.view(what, known)
    text = render(view, known.world, voice.language)
    output.emit(text, None if output_file == Path("-") else output_file, exact=True)
    return CLEAN


def _page() -> Callable[[FleetView, World, str], str]:
    """What writes the page. Raises ``SovlintError`` where the library that it needs isn't there."""
    try:
        from sovlint.fleet.whole.page.page import render
    except ModuleNotFoundError as error:
        if error.name not in ("jinja2", "markupsafe"):
            raise
        raise SovlintError(
            "`sovlint fleet report` needs Jinja2, which isn't installed.",
            bringing("fleet", "report"),
        ) from None
    return render
