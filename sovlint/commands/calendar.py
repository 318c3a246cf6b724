"""``sovlint calendar``: what lapses, as a calendar."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from sovlint.commands.parts import options, output, settled
from sovlint.commands.parts.exit_code import facts_code
from sovlint.commands.parts.notices import say_notices
from sovlint.commands.parts.output import Voice
from sovlint.errors import SovlintError
from sovlint.installation import bringing
from sovlint.model.request import Request

BEFORE = (60, 14)
"""Days before an end on which one is reminded, where nobody says otherwise."""


@click.command()
@options.paths
@options.into_file(
    "SOVLINT_CALENDAR_OUTPUT",
    "Write the calendar to this file; `-` is stdout.",
    only="ics",
)
@options.option(
    "--remind",
    type=click.IntRange(0),
    multiple=True,
    default=BEFORE,
    metavar="DAYS",
    help="Remind so many days before.",
)
@options.policies
@options.drafting
@options.into(request=Request, voice=Voice)
def calendar(
    output_file: Path, remind: tuple[int, ...], request: Request, voice: Voice
) -> int:
    """Write a calendar (.ics) of what lapses: qualifications in use, attestations, waivers, contracts of the inventory,
    and sources that age.

    Each is an event on the last day that it counts. A calendar that imports the file again knows its events again.

    Exit code: 0 where it is written; 2 where something could not be read, written or was asked wrongly, 3 where there
    is nothing to scan.
    """
    made = _library()
    from sovlint.lint import linted

    found = linted(replace(settled.run(request), provenance=True))
    report = found.report
    output.refuse_inputs(output_file, frozenset(found.read_files()))
    data = made.render(report, remind, voice.language)
    output.emit_bytes(data, None if output_file == Path("-") else output_file)
    voice.say("formats.calendar-written", count=len(made.coming(report)))
    say_notices(report, voice, request)
    return facts_code(report, allow_failures=request.allow_failures)


def _library() -> Any:
    """What writes calendars. Raises ``SovlintError`` where the library that it needs isn't there, before anything is
    read."""
    try:
        from sovlint.report import calendar as made
    except ModuleNotFoundError as error:
        if error.name != "icalendar":
            raise
        raise SovlintError(
            "`sovlint calendar` needs the library icalendar, which isn't installed.",
            bringing("registers"),
        ) from None
    return made
