"""``sovlint register``: a register that auditors, supervisors or buyers ask for, drafted from the code."""

from __future__ import annotations

import click

from sovlint.commands.parts import drafting, options
from sovlint.commands.parts.drafting import WantedRegister
from sovlint.commands.parts.exit_code import facts_code
from sovlint.commands.parts.notices import say_notices
from sovlint.commands.parts.output import Voice
from sovlint.commands.parts.register_options import register_options
from sovlint.model.request import Request
from sovlint.registers.drafting import REGISTERS

LEFT_BLANK = 1


@click.command()
@click.argument("name", type=click.Choice([*REGISTERS]), metavar="NAME")
@options.paths
@register_options
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
    drafting.check(wanted)
    if wanted.previous is not None:
        from sovlint.registers.previous import read_previous

        read_previous(wanted.previous, name)
    material = drafting.material(request, wanted.answers)
    drafted = REGISTERS[name](material)
    done = drafting.deliver(drafted, wanted, material.answers, material.read, voice)
    say_notices(material.report, voice, request)
    code = facts_code(material.report, allow_failures=request.allow_failures)
    return LEFT_BLANK if not done and code == 0 else code
