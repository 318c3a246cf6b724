"""``sovlint facts``: what was found, judged by nobody."""

from __future__ import annotations

from pathlib import Path

import click
from msgspec.structs import replace

from sovlint.commands.parts import options, output, settled
from sovlint.commands.parts.exit_code import facts_code
from sovlint.commands.parts.notices import say_notices
from sovlint.commands.parts.output import Voice
from sovlint.model.request import Request
from sovlint.report import FACTS_REPORTS, PROVENANCE


@click.command()
@options.paths
# Not SOVLINT_FORMAT: a format of `scan` set there needn't be one of these.
@options.form("SOVLINT_FACTS_FORMAT", FACTS_REPORTS, "table", "How to write the facts.")
@options.written
@options.option(
    "--config-too", is_flag=True, help="Show in the table what carries no payload too."
)
@options.full
@options.reading
@options.cache
@options.speaking
@options.quiet
@options.into(request=Request, voice=Voice)
def facts(form: str, output_file: Path | None, request: Request, voice: Voice) -> int:
    """Show every resource that a repository declares: its data, role, provider, region, and who can compel whom.

    Nothing is judged. What isn't known says why.

    Exit code: 0, or 2 where something could not be read or was asked wrongly, 3 where there is nothing to scan.
    """
    from sovlint.commands.parts.progress import watching

    with watching(voice) as watch:
        from sovlint.lint import lint

        run = settled.cached(settled.run(replace(request, facts_only=True)))
        report = lint(replace(run, provenance=form in PROVENANCE), watch=watch)
    text = FACTS_REPORTS[form](report, voice.language, voice.style(output_file))
    output.emit(text, output_file, exact=form != "table")
    say_notices(report, voice, request)
    return facts_code(report, allow_failures=request.allow_failures)
