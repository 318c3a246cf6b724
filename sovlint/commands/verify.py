"""``sovlint verify``: whether a statement is as it was made, and holds on a checkout."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from msgspec.structs import replace

from sovlint.commands.parts import options, output, settled
from sovlint.commands.parts.output import Voice
from sovlint.model.request import Request

DIFFERS = 1


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
@options.settings
@options.language
@options.quiet
@options.into(request=Request, voice=Voice)
def verify(
    statement: Path,
    checkout: Path | None,
    keys: Sequence[str],
    request: Request,
    voice: Voice,
) -> int:
    """Check the statement in FILE: who signed it, and whether the same is found on CHECKOUT (where you are).

    What is found again is worked out by the catalogue and the policies that are here, as on the day of the statement.
    What differs is named: code, catalogue, rules, facts or result.

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
    signed_by = signer(sealed, keys, statement) if keys else None
    stated = sealed.predicate
    place = locate([checkout or Path()])
    given = again(stated["rules"]["asked"], stated["asOf"], request, place.root)
    run = replace(settled.run(replace(given, show="compliant")), provenance=True)
    found = linted(run)
    now = predicate(found, file_digests(found), {}, stated["language"])
    differing = deviations(stated, now)
    written = render(sealed, signed_by, differing, voice.language, voice.style())
    output.emit(written)
    return DIFFERS if differing else 0
