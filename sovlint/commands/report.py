"""``sovlint report``: a page to look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sovlint.commands.parts import drafting, options, output
from sovlint.commands.parts.exit_code import facts_code
from sovlint.commands.parts.notices import say_notices
from sovlint.commands.parts.output import Voice
from sovlint.errors import SovlintError
from sovlint.installation import bringing
from sovlint.model.request import Request
from sovlint.registers.writing.formats import FILED, FOLDERS, FORMATS

if TYPE_CHECKING:
    from sovlint.model.findings.finding import Report
    from sovlint.model.lookups.profile import Profile


PAGE = "html"
PAPER = "pdf"


@click.command()
@options.paths
@options.form(
    "SOVLINT_REPORT_FORMAT",
    (PAGE, *(each for each in FORMATS if each != FILED)),
    PAGE,
    folders=FOLDERS,
)
@options.into_file(
    "SOVLINT_REPORT_OUTPUT",
    "Write to this file, whose ending says the format, or into a folder for CSV; `-` is stdout.",
)
@options.judging
@options.show
@options.drafting
@options.into(request=Request, voice=Voice)
def report(form: str, output_file: Path, request: Request, voice: Voice) -> int:
    """Write a page to look at: where data lands, every finding, each company in use, and what must be decided.

    The page is one file that asks nothing of any server, in English and French. It has views for an engineer, a data
    protection officer, an auditor and the board. PDF has what these three read on paper. Other formats have tables: by
    supplier, by processing, by finding.

    Exit code: 0 where the page is written, whatever it says; 2 where something could not be read, written or was asked
    wrongly, 3 where there is nothing to scan.
    """
    drafting.check_place(form, output_file)
    write = {PAGE: _write_page, PAPER: _write_paper}.get(form, _write_tables)
    found = write(form, output_file, request, voice)
    say_notices(found, voice, request)
    return facts_code(found, allow_failures=request.allow_failures)


def _write_tables(form: str, output_file: Path, request: Request, voice: Voice) -> Report:
    """Write what was found as tables: by supplier, by processing, by finding."""
    from sovlint.registers.drafting import REGISTERS

    material = drafting.material(request)
    drafted = REGISTERS["report"](material)
    drafting.write(drafted, form, output_file, voice.language, material.read)
    return material.report


def _write_paper(form: str, output_file: Path, request: Request, voice: Voice) -> Report:
    """Write the report on paper; ``form`` is its own."""
    from sovlint.report.paper.paper import render

    material = drafting.material(request)
    output.refuse_inputs(output_file, material.read)
    written = render(material.report, voice.language, material.profiles)
    output.emit_bytes(written, None if output_file == Path("-") else output_file)
    return material.report


def _write_page(form: str, output_file: Path, request: Request, voice: Voice) -> Report:
    """Write the page; ``form`` is its own."""
    page = _page()
    material = drafting.material(request)
    output.refuse_inputs(output_file, material.read)
    text = page(material.report, voice.language, material.profiles)
    output.emit(text, None if output_file == Path("-") else output_file, exact=True)
    return material.report


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
            bringing("report"),
        ) from None
    return render
