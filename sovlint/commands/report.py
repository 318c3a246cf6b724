"""``sovlint report``: a page to look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from sovlint.commands.parts import options, output, settled
from sovlint.commands.parts.exit_code import facts_code
from sovlint.commands.parts.notices import say_notices
from sovlint.commands.parts.output import Voice
from sovlint.errors import SovlintError
from sovlint.model.findings.finding import Severity
from sovlint.model.request import Request

if TYPE_CHECKING:
    from sovlint.catalog.load import Catalog
    from sovlint.model.findings.finding import Report
    from sovlint.model.lookups.profile import Profile


@click.command()
@options.paths
# Not SOVLINT_OUTPUT: that names the files of `scan`.
@options.option(
    "-o",
    "--output",
    "output_file",
    type=options.PATH,
    metavar="FILE",
    required=True,
    envvar="SOVLINT_REPORT_OUTPUT",
    help="Write the page to this file; `-` is stdout.",
)
@options.policies
@options.option(
    "--inferred",
    type=click.Choice([each.value for each in Severity]),
    default=Severity.WARNING.value,
    callback=lambda _context, _option, value: Severity(value),
    help="The most severe that a finding may be where the data class was inferred from names.",
)
@options.option(
    "--show", type=click.Choice(["compliant"]), help="List what is compliant too."
)
@options.option(
    "--baseline",
    type=options.PATH,
    metavar="FILE",
    help="Findings that were there before: they don't count.",
)
@options.option(
    "--no-inline-ignores", is_flag=True, help="Take no notice of ignore comments."
)
@options.reading
@options.language
@options.quiet
@options.into(request=Request, voice=Voice)
def report(output_file: Path, request: Request, voice: Voice) -> int:
    """Write a page to look at: where data lands, every finding, each company in use, and what must be decided.

    The page is one file that asks nothing of any server, in English and French. It has views for an engineer, a data
    protection officer, an auditor and the board.

    Exit code: 0 where the page is written, whatever it says; 2 where something could not be read, written or was asked
    wrongly, 3 where there is nothing to scan.
    """
    file = None if output_file == Path("-") else output_file
    page = _page()
    from sovlint.lint import lint
    from sovlint.stages.run import load_rulebook

    run = replace(settled.run(request), provenance=True)
    rulebook = load_rulebook(run)
    found = lint(run, rulebook)
    text = page(found, voice.language, _profiles(found, rulebook.catalog, request.as_of))
    output.emit(text, file, exact=True)
    say_notices(found, voice, request)
    return facts_code(found, allow_failures=request.allow_failures)


def _page() -> Callable[[Report, str, Mapping[str, Profile]], str]:
    """What writes the page. Raises ``SovlintError`` where the library that it needs isn't there, before anything is
    read."""
    try:
        from sovlint.report.page.page import render
    except ModuleNotFoundError as error:
        if error.name not in ("jinja2", "markupsafe"):
            raise
        raise SovlintError(
            "`sovlint report` needs Jinja2, which isn't installed.",
            "pip install 'sovlint[report]'",
        ) from None
    return render


def _profiles(found: Report, catalog: Catalog, day: date) -> Mapping[str, Profile]:
    """What the catalogue knows of the companies that anything lands with."""
    from sovlint.commands.parts.profiles import profile
    from sovlint.report.pieces.landings import landings

    used = sorted({line.provider for line in landings(found) if line.provider})
    return {
        name: profile(catalog, catalog.providers[name], day, reached_by=False)
        for name in used
        if name in catalog.providers
    }
