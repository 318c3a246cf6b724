"""``sovlint evidence``: a statement of what was found, for whoever wasn't there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import replace

from sovlint.commands.parts import drafting, options, output, settled
from sovlint.commands.parts.exit_code import facts_code
from sovlint.commands.parts.notices import say_notices
from sovlint.commands.parts.output import Voice
from sovlint.errors import SovlintError
from sovlint.model.request import Request
from sovlint.registers.drafting import REGISTERS

if TYPE_CHECKING:
    from sovlint.evidence.statement import StatedRegisters
    from sovlint.lint import Linted


class WantedEvidence(Struct, frozen=True):
    """Where a statement goes, who signs it, and which registers it covers, filled by which answers."""

    output_file: Path
    sign: Path | None = None
    registers: tuple[str, ...] = ()
    answers: tuple[Path, ...] = ()


@click.command()
@options.paths
@options.into_file(
    "SOVLINT_EVIDENCE_OUTPUT",
    "Write the statement to this file; `-` is stdout.",
    only="json",
)
@options.option(
    "--sign",
    type=options.PATH,
    metavar="KEY",
    help="Sign it by this private key (Ed25519, PEM): `sovlint catalog keygen` makes one.",
)
@options.option(
    "--register",
    "registers",
    type=click.Choice([*REGISTERS]),
    multiple=True,
    metavar="NAME",
    help="Cover this register too: the digest of its JSON.",
)
@options.answers
@options.judging
@options.drafting
@options.into(wanted=WantedEvidence, request=Request, voice=Voice)
def evidence(wanted: WantedEvidence, request: Request, voice: Voice) -> int:
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
    place = wanted.output_file
    output.refuse_inputs(place, frozenset(found.read_files()))
    covered = _covered(found, wanted, voice.language)
    data = sealed(statement(found, request, voice.language, covered), wanted.sign)
    output.emit_bytes(data, None if place == Path("-") else place)
    say_notices(found.report, voice, request)
    return facts_code(found.report, allow_failures=request.allow_failures)


def _covered(found: Linted, wanted: WantedEvidence, language: str) -> StatedRegisters:
    """The registers that are asked for, by their digests."""
    from sovlint.evidence.stated_registers import answers_from_root, stated_registers
    from sovlint.evidence.statement import StatedRegisters
    from sovlint.registers.answers import read_answers

    if wanted.answers and not wanted.registers:
        raise SovlintError(
            "--answers says what fills registers, and no register is named.",
            "Name one: --register NAME.",
        )
    root = Path(found.read.repository.root)
    given = answers_from_root(read_answers(wanted.answers), root)
    material = drafting.material_of(found, given)
    return StatedRegisters(
        stated_registers(material, wanted.registers, language), wanted.answers
    )
