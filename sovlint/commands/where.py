"""``sovlint where``: which provider and place a host, a region, a plug-in or a resource type may mean."""

from __future__ import annotations

import click

from sovlint.commands.parts import options, output, settled
from sovlint.commands.parts.exit_code import CLEAN, FINDINGS
from sovlint.commands.parts.output import Voice
from sovlint.model.request import Request


@click.command()
@click.argument("host_or_region", metavar="HOST_OR_REGION")
@options.form("SOVLINT_WHERE_FORMAT", ["text", "json"], "text")
@options.configured
@options.catalogs
@options.speaking
@options.into(request=Request, voice=Voice)
def where(host_or_region: str, form: str, request: Request, voice: Voice) -> int:
    """Say what a host (or an address), a region (a code, zone or name), a plug-in (hashicorp/aws) or a resource type
    (aws_s3_bucket) may mean, at every provider.

    Exit code: 0, or 1 where it means nothing in the catalogue.
    """
    if not host_or_region.strip():
        raise click.UsageError(
            "An empty word names nothing: give a host, a region, a plug-in or a resource type."
        )
    from sovlint.commands.parts.whereabouts import whereabouts
    from sovlint.report.lookup import where as report

    known = settled.known_world(request)
    found = whereabouts(known, host_or_region)
    if form == "json":
        output.emit(report.render_json(found), exact=True)
    else:
        output.emit(report.render(found, known.date, voice.language, voice.style()))
    return CLEAN if found.matches else FINDINGS
