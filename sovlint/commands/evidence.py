"""``sovlint evidence``: a statement of what was found, for whoever wasn't there."""

from __future__ import annotations

from pathlib import Path

import click
from msgspec.structs import replace

from sovlint.commands.parts import options, output, settled
from sovlint.commands.parts.exit_code import facts_code
from sovlint.commands.parts.notices import say_notices
from sovlint.commands.parts.output import Voice
from sovlint.model.findings.finding import Severity
from sovlint.model.request import Request


@click.command()
@options.paths
@options.option(
    "-o",
    "--output",
    "output_file",
    type=options.PATH,
    metavar="FILE",
    required=True,
    envvar="SOVLINT_EVIDENCE_OUTPUT",
    help="Write the statement to this file; `-` is stdout.",
)
@options.option(
    "--sign",
    type=options.PATH,
    metavar="KEY",
    help="Sign it by this private key (Ed25519, PEM): `sovlint catalog keygen` makes one.",
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
def evidence(output_file: Path, sign: Path | None, request: Request, voice: Voice) -> int:
    """Write a statement of what was found, which others can check: `sovlint verify`.

    It is an in-toto statement in a DSSE envelope. It says which commit and files were read, by which catalogue, policies
    and options, every fact, and every answer, compliant ones too.

    Exit code: 0 where it is written, whatever it says; 2 where something could not be read, written or was asked
    wrongly, 3 where there is nothing to scan.
    """
    from sovlint.evidence.envelope import sealed
    from sovlint.evidence.statement import statement
    from sovlint.lint import linted

    run = replace(settled.run(replace(request, show="compliant")), provenance=True)
    found = linted(run)
    output.refuse_inputs(output_file, frozenset(found.read_files()))
    data = sealed(statement(found, request, voice.language), sign)
    output.emit_bytes(data, None if output_file == Path("-") else output_file)
    say_notices(found.report, voice, request)
    return facts_code(found.report, allow_failures=request.allow_failures)
