"""``sovlint scan``: judge what a repository declares."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sovlint.commands import options, output
from sovlint.commands.exit_code import FAILING, scan_code
from sovlint.commands.notices import notices
from sovlint.report import REPORTS


@click.command(short_help="Judge what a repository declares.")
@options.paths
@options.option("-f", "--format", type=click.Choice(list(REPORTS)), default="text", help="How to write the report.")
@options.written
@options.policies
@options.option(
    "--fail-on", type=click.Choice(list(FAILING)), default="error", help="The least severity that fails the run."
)
@options.option(
    "--inferred",
    type=click.Choice(["error", "warning", "note"]),
    default="warning",
    help="The most severe that a finding may be where the data class was inferred from names.",
)
@options.option(
    "--min-classified",
    type=click.IntRange(0, 100),
    metavar="PERCENT",
    help="Fail the run where fewer resources than this carry a data class.",
)
@options.option("--exit-zero", is_flag=True, help="Exit with 0 where there are findings; failures still exit with 2.")
@options.option("--show", type=click.Choice(["compliant"]), help="List what is compliant too.")
@options.reading
@options.speaking
@options.quiet
def scan(
    paths: tuple[Path, ...],
    format: str,
    output_file: Path | None,
    fail_on: str,
    inferred: str,
    min_classified: int | None,
    allow_failures: bool,
    exit_zero: bool,
    show: str | None,
    lang: str | None,
    color: str,
    quiet: bool,
    **given: Any,
) -> int:
    """Judge what a repository declares: which data lands where, who runs it, and which state can compel them.

    PATHs are files or folders (default: here). The whole git repository around them is read, since modules and values
    may lie anywhere in it; what was not asked for is not reported.

    Exit code: 0 clean, 1 findings, 2 something could not be read or was asked wrongly, 3 nothing to scan.
    """
    from sovlint.lint import lint

    request = options.request(
        options.Given(paths=paths, **given),
        inferred=inferred,
        min_classified=min_classified,
        show_compliant=show == "compliant",
    )
    report = lint(request)
    language = output.language(lang)
    output.emit(REPORTS[format](report, language, output.style(color, output_file)), output_file)
    if not quiet:
        for sentence in notices(report, language, min_classified, allow_failures):
            output.say(sentence)
    return scan_code(report, fail_on, min_classified=min_classified, allow_failures=allow_failures, exit_zero=exit_zero)
