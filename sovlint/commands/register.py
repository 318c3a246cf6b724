"""``sovlint register``: a register that auditors, supervisors or buyers ask for, drafted from the code."""

from __future__ import annotations

from pathlib import Path

import click
from msgspec import Struct

from sovlint.commands.parts import drafting, options
from sovlint.commands.parts.exit_code import facts_code
from sovlint.commands.parts.notices import say_notices
from sovlint.commands.parts.output import Voice
from sovlint.model.request import Request
from sovlint.registers.drafting import REGISTERS
from sovlint.registers.writing.formats import FILED, FORMATS

LEFT_BLANK = 1


class WantedRegister(Struct, frozen=True):
    """Where a register goes, in which format, and what becomes of its blanks."""

    form: str
    output_file: Path
    answers: tuple[Path, ...] = ()
    questions_file: Path | None = None
    previous: Path | None = None
    require_complete: bool = False


@click.command()
@click.argument("name", type=click.Choice([*REGISTERS]), metavar="NAME")
@options.paths
@options.form("SOVLINT_REGISTER_FORMAT", FORMATS, "xlsx", "How to write the register.")
@options.into_file(
    "SOVLINT_REGISTER_OUTPUT",
    "Write to this file, or into this folder where the format makes several files; `-` is stdout.",
    "PATH",
)
@options.answers
@options.option(
    "--questions",
    "questions_file",
    type=options.PATH,
    metavar="FILE",
    help="Write the questions that are left to this file, to be answered there.",
)
@options.option(
    "--previous",
    type=options.PATH,
    metavar="FILE",
    help="The same register as JSON, written before: tell what changed since.",
)
@options.option(
    "--require-complete",
    is_flag=True,
    help="Exit with 1 where blanks are left that are required.",
)
@options.policies
@options.drafting
@options.into(wanted=WantedRegister, request=Request, voice=Voice)
def register(
    name: str,
    wanted: WantedRegister,
    request: Request,
    voice: Voice,
) -> int:
    """Draft a register from the code: every cell is a fact with what led to it, an attestation, or a blank with its
    question.

    NAME is article-28, article-30, dora, hds, letters, report, tender or transfers.

    Exit code: 0 where it is written, whatever it says; 1 where blanks that are required are left and --require-complete
    was given, or where supervisors would refuse the package; 2 where something could not be read, written or was asked
    wrongly, 3 where there is nothing to scan.
    """
    material = drafting.material(request, wanted.answers)
    drafted = REGISTERS[name](material)
    if wanted.previous is not None:
        drafted = drafting.compared(drafted, wanted.previous)
    drafting.say_what_is_left(drafted, material, voice)
    if wanted.questions_file is not None:
        drafting.write_questions(drafted, wanted.questions_file, voice.language)
    drafting.write(drafted, wanted.form, wanted.output_file, voice.language, material.read)
    say_notices(material.report, voice, request)
    code = facts_code(material.report, allow_failures=request.allow_failures)
    refused = wanted.form == FILED and drafting.would_be_refused(drafted, voice)
    left = wanted.require_complete and not drafted.is_complete()
    return LEFT_BLANK if (left or refused) and code == 0 else code
