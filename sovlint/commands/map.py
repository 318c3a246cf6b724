"""``sovlint map``: what lands with whom, in reach of which states, in which country."""

from __future__ import annotations

from pathlib import Path

import click

from sovlint.commands.parts import options, output, settled
from sovlint.commands.parts.exit_code import facts_code
from sovlint.commands.parts.notices import say_notices
from sovlint.commands.parts.output import Voice
from sovlint.model.request import Request
from sovlint.report import MAP_REPORTS


@click.command(name="map")
@options.paths
@options.form("SOVLINT_MAP_FORMAT", MAP_REPORTS, "text", "How to write the map.")
@options.written
@options.policies
@options.reading
@options.cache
@options.speaking
@options.quiet
@options.into(request=Request, voice=Voice)
def map(form: str, output_file: Path | None, request: Request, voice: Voice) -> int:
    """Show what lands with which company, which states can compel it, and in which country: worst first.

    It is judged as `sovlint scan` judges, and fails nothing.

    Exit code: 0, or 2 where something could not be read or was asked wrongly, 3 where there is nothing to scan.
    """
    from sovlint.lint import linted
    from sovlint.report.run import label_first

    found = linted(settled.cached(settled.run(request), again=form == "text"))
    report = found.report
    if form == "text" and label_first.is_asked(report):
        from sovlint.commands.parts.first_labels import with_first_labels  # late: few need it

        report = with_first_labels(report, found)
    text = MAP_REPORTS[form](report, voice.language, voice.style(output_file))
    output.emit(text, output_file, exact=form != "text")
    say_notices(report, voice, request)
    return facts_code(report, allow_failures=request.allow_failures)
