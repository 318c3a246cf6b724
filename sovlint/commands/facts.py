"""``sovlint facts``: what was found, judged by nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sovlint.commands.parts import options, output
from sovlint.commands.parts.exit_code import facts_code
from sovlint.commands.parts.notices import notices
from sovlint.model.request import Request
from sovlint.report import FACTS_REPORTS


@click.command(short_help="Show where things are, judged by nobody.")
@options.paths
@options.option(
    "-f",
    "--format",
    type=click.Choice(list(FACTS_REPORTS)),
    default="table",
    # Not SOVLINT_FORMAT: a format of `scan` set there needn't be one of these.
    envvar="SOVLINT_FACTS_FORMAT",
    help="How to write the facts.",
)
@options.written
@options.reading
@options.speaking
@options.quiet
def facts(
    format: str,
    output_file: Path | None,
    allow_failures: bool,
    lang: str | None,
    color: str,
    quiet: bool,
    **given: Any,
) -> int:
    """Show every resource that a repository declares: its data, role, provider, region, and who can compel whom.

    Nothing is judged. What isn't known says why.

    Exit code: 0, or 2 where something could not be read or was asked wrongly, 3 where there is nothing to scan.
    """
    from sovlint.lint import lint

    request = Request(allow_failures=allow_failures, facts_only=True, **given)
    report = lint(options.run(request))
    language = output.language(lang)
    output.emit(FACTS_REPORTS[format](report, language, output.style(color, output_file)), output_file)
    if not quiet:
        for sentence in notices(report, language, None, allow_failures):
            output.say(sentence)
    return facts_code(report, allow_failures=allow_failures)
