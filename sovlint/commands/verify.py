"""``sovlint verify``: whether a statement is as it was made, and holds on a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import replace

from sovlint.commands.parts import drafting, options, output, settled
from sovlint.commands.parts.output import Voice
from sovlint.errors import SovlintError
from sovlint.model.request import Request

if TYPE_CHECKING:
    from sovlint.lint import Linted
    from sovlint.report.pieces.json_text import Json

DIFFERS = 1


class Verifier(Struct, frozen=True):
    """What only whoever verifies can give: the keys that they trust, and files of answers that they have."""

    keys: tuple[str, ...] = ()
    answers: tuple[Path, ...] = ()


@click.command()
@click.argument("statement", type=options.PATH, metavar="FILE")
@click.argument("checkout", type=options.PATH, metavar="[CHECKOUT]", required=False)
@options.option(
    "--key",
    "keys",
    multiple=True,
    metavar="KEY",
    help="A public key that must have signed it: a file, or the key in hexadecimal digits.",
)
@options.option(
    "--answers",
    type=options.PATH,
    multiple=True,
    metavar="FILE",
    help="Answers that registers were filled by, where they aren't in the repository.",
)
@options.settings
@options.language
@options.quiet
@options.into(mine=Verifier, request=Request, voice=Voice)
def verify(
    statement: Path,
    checkout: Path | None,
    mine: Verifier,
    request: Request,
    voice: Voice,
) -> int:
    """Check the statement in FILE: who signed it, and whether the same is found on CHECKOUT (where you are).

    What is found again is worked out by the catalogue and the policies that are here, as on the day of the statement.
    What differs is named: code, catalogue, rules, facts, result or registers.

    Exit code: 0 where all of it holds; 1 where something differs; 2 where the file or its signature is wrong, or
    something could not be read.
    """
    from sovlint.evidence.asked import again
    from sovlint.evidence.compare import deviations
    from sovlint.evidence.envelope import opened, signer
    from sovlint.evidence.statement import file_digests, predicate
    from sovlint.evidence.told import render
    from sovlint.files.scan_place import locate
    from sovlint.lint import linted

    sealed = opened(statement)
    signed_by = signer(sealed, mine.keys, statement) if mine.keys else None
    stated = sealed.predicate
    place = locate([checkout or Path()])
    given = again(stated["rules"]["asked"], stated["asOf"], request, place.root)
    run = replace(settled.run(replace(given, show="compliant")), provenance=True)
    found = linted(run)
    digests = file_digests(found)
    _refuse_no_checkout(stated, digests, place.root, signed_by)
    now = predicate(found, digests, {}, stated["language"])
    now |= _registers(found, stated, mine.answers)
    differing = deviations(stated, now)
    written = render(sealed, signed_by, differing, voice.language, voice.style())
    output.emit(written)
    return DIFFERS if differing else 0


def _refuse_no_checkout(
    stated: Json, digests: dict[str, str], root: Path, signed_by: str | None
) -> None:
    """Raise ``SovlintError`` where none of the files of a statement is there: that is no checkout of its repository. Who
    signed it is said all the same."""
    files = stated["code"]["files"]
    if not files or digests.keys() & files.keys():
        return
    hint = "Name a checkout of the repository: a bare clone has no files, `git clone` makes one that has."
    if signed_by is None:
        raise SovlintError(
            f"None of the files that the statement is about is below {root}.", hint
        )
    raise SovlintError(
        f"The key {signed_by}, which is trusted, signed the statement. None of the files that it is about is below {root}.",
        hint,
    )


def _registers(found: Linted, stated: Json, given: tuple[Path, ...]) -> Json:
    """The registers that a statement covers, drafted again."""
    from sovlint.evidence.asked import answers_again
    from sovlint.evidence.stated_registers import answers_from_root, stated_registers
    from sovlint.registers.answers import read_answers

    covered = stated.get("registers", {})
    if not covered:
        return {}
    root = Path(found.read.repository.root)
    answers = answers_again(stated["rules"]["asked"], given, root)
    material = drafting.material_of(found, answers_from_root(read_answers(answers), root))
    return {"registers": stated_registers(material, covered, stated["language"])}
