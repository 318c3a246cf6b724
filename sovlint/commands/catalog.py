"""``sovlint catalog``: whether the catalogue and overlays are sound and how old, the catalogue as a file, and what changed
between two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sovlint.commands.parts import options, output, settled
from sovlint.commands.parts.exit_code import CLEAN, FAILED
from sovlint.commands.parts.output import Voice
from sovlint.errors import SovlintError
from sovlint.model.redaction.redact import safe_text
from sovlint.model.request import NO_TRUST, Request, Trust
from sovlint.report.messages import counted

if TYPE_CHECKING:
    from sovlint.catalog.load import Catalog


@click.group()
def catalog() -> None:
    """What sovlint knows of the world."""


@catalog.command(
    short_help="Check the catalogue, and say how much it knows and how old that is."
)
@options.option(
    "--older-than",
    type=click.IntRange(0, 36500),
    metavar="DAYS",
    help="List the sources that are older than this.",
)
@options.option(
    "--unreviewed",
    is_flag=True,
    help="Count the sources that nobody read again, file by file.",
)
@options.as_of
@options.configured
@options.catalogs
@options.speaking
@options.into(request=Request, voice=Voice)
def check(older_than: int | None, unreviewed: bool, request: Request, voice: Voice) -> int:
    """Check the files of the catalogue and of overlays on it: form, references, duplicates and collisions. An
    installed sovlint has only what was compiled from those files, which were checked then.

    Exit code: 0 where all is right, 2 where it isn't.
    """
    from sovlint.catalog import shipped
    from sovlint.catalog.load import load
    from sovlint.report.lookup import contents as report

    overlays = settled.own_catalogs(request)
    language, style = voice.language, voice.style()
    problems = list(wrong(overlays, request.trust))
    if problems:
        from sovlint.report.french import in_language

        output.emit(
            "".join(f"{safe_text(in_language(each, language))}\n" for each in problems)
        )
        output.say(counted("commands.check-problems", len(problems), language))
        return FAILED
    loaded = load(overlays, *request.trust)
    found = loaded.inventory()
    output.emit(
        report.render(found, not shipped.in_checkout(), language, style, request.as_of)
    )
    output.emit(
        report.render_read_again(
            *to_read_again(loaded, request.as_of), request.as_of, language, style
        )
    )
    if older_than is not None:
        output.emit(
            "\n" + report.render_old(found, older_than, request.as_of, language, style)
        )
    if unreviewed:
        output.emit("\n" + report.render_unreviewed(found, language, style))
    return CLEAN


@catalog.command(short_help="Make the catalogue a file that can be carried elsewhere.")
@options.option(
    "-o",
    "--output",
    "output_file",
    type=options.PATH,
    required=True,
    metavar="FILE",
    envvar=None,
    help="The file, called NAME.sovcat; it isn't there yet.",
)
@options.option(
    "--sign",
    type=options.PATH,
    metavar="KEY",
    envvar=None,
    help="Sign it by this private key (Ed25519, PEM): --trust-key of its public half takes no other trust.",
)
@options.configured
@options.catalogs
@options.language
@options.quiet
@options.into(request=Request, voice=Voice)
def build(output_file: Path, sign: Path | None, request: Request, voice: Voice) -> int:
    """Make the catalogue a file, with the overlays that are laid over it: --catalog FILE uses it elsewhere, so that
    facts travel without a release of sovlint.

    Exit code: 0, or 2 where it isn't written.
    """
    from hashlib import sha256

    from sovlint.catalog import shipped
    from sovlint.catalog.load import load
    from sovlint.catalog.releases import KEYS, VERSION, carried
    from sovlint.catalog.releases.signing import signers

    if output_file.suffix != carried.SUFFIX:
        raise SovlintError(
            f"The name of a catalogue as a file ends in `{carried.SUFFIX}`.",
            "Give it such a name.",
        )
    parts = load(settled.own_catalogs(request), *request.trust).written
    data = carried.written(parts, shipped.index()[KEYS], sign)
    try:
        carried.save(data, output_file)
    except OSError as error:
        raise output.unwritable(f"{output_file}", output_file, error) from None
    head = carried.head_of(data)
    voice.say(
        "commands.catalog-built" if sign is None else "commands.catalog-signed",
        version=head[VERSION],
        path=str(output_file),
        digest=sha256(data).hexdigest(),
        **({} if sign is None else {"signer": ", ".join(signers(head))}),
    )
    return CLEAN


@catalog.command(short_help="Make a key that signs catalogues.")
@options.option(
    "-o",
    "--output",
    "output_file",
    type=options.PATH,
    required=True,
    metavar="FILE",
    envvar=None,
    help="The private key, which isn't there yet; the public one is written beside it, with .pub at its end.",
)
@options.language
@options.quiet
@options.into(voice=Voice)
def keygen(output_file: Path, voice: Voice) -> int:
    """Make a key (Ed25519) that signs catalogues: `sovlint catalog build --sign FILE`. It has no password: keep it where
    secrets are kept, never in a repository. Whoever uses the catalogue is given the public one.

    Exit code: 0, or 2 where it isn't written.
    """
    from sovlint.files.scan_place import locate
    from sovlint.signing import PUBLIC, generated

    place = locate([Path()])
    if place.git and output_file.absolute().resolve().is_relative_to(place.root):
        raise SovlintError(
            f"`{output_file}` lies in the repository, where a private key would be given away.",
            "Name a file outside of it.",
        )
    try:
        key, digits = generated(output_file)
    except OSError as error:
        raise output.unwritable(f"{output_file}", output_file, error) from None
    public = f"{output_file}{PUBLIC}"
    voice.say(
        "commands.key-made", path=str(output_file), public=public, id=key, digits=digits
    )
    return CLEAN


@catalog.command(short_help="Say what changed between two catalogues.")
@click.argument("one", type=options.PATH, metavar="[BEFORE]")
@click.argument("other", type=options.PATH, metavar="AFTER", required=False)
@options.form("SOVLINT_CATALOG_DIFF_FORMAT", ["text", "json"], "text")
@options.speaking
@options.into(voice=Voice)
def diff(one: Path, other: Path | None, form: str, voice: Voice) -> int:
    """Say what changed from the catalogue BEFORE (what ships, where only one is given) to AFTER: owners, seats, regions,
    qualifications, laws, hosts, and what besides. What bears on verdicts comes first.

    Each is a file that `sovlint catalog build` made, a folder with all files of a catalogue, or an overlay.

    Exit code: 0, or 2 where one of them is no catalogue.
    """
    from sovlint.catalog.releases import changes
    from sovlint.report.lookup import changes as report

    before = changes.shipped_parts() if other is None else changes.parts_of(one)
    found = changes.difference(before, changes.parts_of(one if other is None else other))
    if form == "json":
        output.emit(report.render_json(found), exact=True)
    else:
        output.emit(report.render(found, voice.language, voice.style()))
    return CLEAN


def to_read_again(catalog: Catalog, day: date) -> tuple[int, int]:
    """Of how many providers who holds them was read over a year before ``day``, and of how many there are."""
    from sovlint.resolve.facts.ownership_ages import oldest

    old = [oldest(catalog.control(each, day).evidence, day) for each in catalog.providers]
    return len(old) - old.count(None), len(old)


def wrong(overlays: Sequence[Path], trust: Trust = NO_TRUST) -> Iterator[str]:
    """What is wrong with the files that ship, where they are there; else with the overlays, which build on them."""
    from sovlint.catalog import shipped
    from sovlint.catalog.checks.check import check as check_files
    from sovlint.catalog.load import overlay_problems

    wrong_there = (
        [str(problem) for problem in check_files([shipped.FOLDER])]
        if shipped.in_checkout()
        else []
    )
    yield from wrong_there or (
        problem.message for problem in overlay_problems(overlays, *trust)
    )
