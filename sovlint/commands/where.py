"""``sovlint where``: which provider and place a host, a region, a plug-in or a resource type may mean."""

from __future__ import annotations

from pathlib import Path

import click

from sovlint.commands.parts import options, output
from sovlint.commands.parts.exit_code import CLEAN, FINDINGS
from sovlint.model.request import Request


@click.command(short_help="Say which provider and place a host or a region may mean.")
@click.argument("host_or_region", metavar="HOST_OR_REGION")
@options.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    envvar="SOVLINT_WHERE_FORMAT",
    help="How to write it.",
)
@options.configured
@options.catalogs
@options.speaking
def where(
    host_or_region: str,
    form: str,
    config: Path | None,
    no_config: bool,
    catalog: tuple[Path, ...],
    lang: str | None,
    color: str,
) -> int:
    """Say what a host (or an address), a region (a code, zone or name), a plug-in (hashicorp/aws) or a resource type
    (aws_s3_bucket) may mean, at every provider.

    Exit code: 0, or 1 where it means nothing in the catalogue.
    """
    if not host_or_region.strip():
        raise click.UsageError("An empty word names nothing: give a host, a region, a plug-in or a resource type.")
    from sovlint.catalog.load import load
    from sovlint.commands.parts.whereabouts import whereabouts
    from sovlint.report.lookup import where as report

    known = load(options.own_catalogs(Request(config=config, no_config=no_config, catalog=catalog)))
    found = whereabouts(known, host_or_region)
    if form == "json":
        output.emit(report.render_json(found))
    else:
        output.emit(report.render(found, known.date, output.language(lang), output.style(color, None)))
    return CLEAN if found.matches else FINDINGS
