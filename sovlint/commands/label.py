"""``sovlint label``: writes a data class into the source where it belongs, or shows what it would write."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import replace

from sovlint.commands.parts import options, settled, suggest
from sovlint.commands.parts.exit_code import CLEAN, NOTHING
from sovlint.commands.parts.output import Voice
from sovlint.errors import SovlintError, did_you_mean, nearest
from sovlint.model.placement import Placed
from sovlint.model.request import Request
from sovlint.report.messages import phrase

if TYPE_CHECKING:
    from sovlint.commands.parts.labelling import Labeller


class LabelOptions(Struct, frozen=True):
    """What is asked of the command itself, each option under its own name."""

    root: str | None = None
    variant: str | None = None
    path: Path | None = None
    shared: bool = False
    write: bool = False
    inferred: bool = False


@click.command()
@click.argument("address", required=False)
@click.argument(
    "classes", nargs=-1, metavar="[CLASS]...", shell_complete=suggest.data_classes
)
@options.option(
    "--root",
    metavar="FOLDER",
    help="The root of the resource, where several have the address.",
)
@options.option(
    "--variant", metavar="FILE", help="Its variant, where the class isn't for all of them."
)
@options.option(
    "--path",
    type=options.PATH,
    metavar="PATH",
    help="The file or folder where it is declared.",
)
@options.option(
    "--shared", is_flag=True, help="Allow an edit that reaches other resources too."
)
@options.option(
    "--write", is_flag=True, help="Write it. Without this, only what would change is shown."
)
@options.option("--inferred", is_flag=True, help="Go through all that only names suggest.")
@options.settings
@options.cache
@options.language
@options.quiet
@options.into(asked=LabelOptions, request=Request, voice=Voice)
def label(
    address: str | None,
    classes: tuple[str, ...],
    asked: LabelOptions,
    request: Request,
    voice: Voice,
) -> int:
    """Declare that the resource ADDRESS carries the data CLASS (several add up): as a tag or label in
    Terraform, a label in a manifest, `data` in an inventory.

    What would change is shown, and --write writes it. Nothing is written where that can't be done safely: comments and
    layout stay, two readers look at the edited file, and a scan of it must find the class declared.

    Exit code: 0, or 2 where it isn't done, 3 where there is nothing to scan.
    """
    from sovlint.catalog.load import load
    from sovlint.commands.parts.guesses import go_through
    from sovlint.commands.parts.labelling import Labeller
    from sovlint.files.scan_place import locate
    from sovlint.lint import lint

    if asked.inferred == bool(address):
        raise click.UsageError("Give an address and at least one class, or --inferred.")
    paths = (asked.path or Path(),)
    run = settled.run(replace(request, paths=paths, facts_only=True))
    place, catalog = locate(paths), load(run.request.catalog, *run.request.trust)
    if unknown := next((each for each in classes if each not in catalog.classes), None):
        hint = (
            did_you_mean(unknown, catalog.classes)
            or f"There are: {', '.join(catalog.classes)}."
        )
        raise SovlintError(f"There is no data class `{unknown}`.", hint)
    if address and not classes:
        raise click.UsageError("Name at least one data class.")
    whole = replace(run, request=replace(run.request, paths=(place.root,)))
    labeller = Labeller(settled.cached(whole, again=True), place.root, catalog, lint)
    if labeller.report.coverage.files == 0:
        voice.say("edit.nothing")
        return NOTHING
    named = (
        place.named if asked.path or asked.inferred else ("",)
    )  # a module called from here may lie anywhere
    within = [each for each in labeller.report.placed if _within(each, asked, named)]
    if not address:
        return go_through(labeller, within, asked.shared, asked.write, voice)
    targets = _targets(address, within, voice.language)
    return _label(labeller, targets, tuple(dict.fromkeys(classes)), asked, voice)


def _within(placed: Placed, asked: LabelOptions, named: Sequence[str]) -> bool:
    """Whether a resource is one of the root and variant asked for, below one of the paths named."""
    resource = placed.resource
    path = resource.span.path
    if asked.root is not None and (resource.root or "") != _root(asked.root):
        return False
    if asked.variant is not None and resource.variant != asked.variant:
        return False
    return any(not name or path == name or path.startswith(f"{name}/") for name in named)


def _root(written: str) -> str:
    """A root as resources name it; empty for that of the repository."""
    return "" if written in (".", "./") else written.strip("/").removeprefix("./")


def _targets(address: str, within: Sequence[Placed], language: str) -> list[Placed]:
    """The resources of an address; they must come from one block."""
    from sovlint.commands.parts.labelling import edited_at, matching

    found = matching(within, address)
    if not found:
        close = nearest(
            address, sorted({each.resource.address for each in within}), cutoff=0.5
        )
        hint = phrase("edit.see-facts", language)
        if close:
            hint = phrase("edit.did-you-mean", language, address=close)
        raise SovlintError(phrase("edit.no-such-address", language, address=address), hint)
    spans = {(each.resource.root or ".", edited_at(each.resource)) for each in found}
    places = sorted({(root, f"{span.path}:{span.line}") for root, span in spans})
    if len(places) > 1:
        listed = tuple(f"{at} (root {root})" for root, at in places)
        several = phrase("edit.several-places", language, address=address, places=listed)
        raise SovlintError(several, phrase("edit.name-one", language))
    return found


def _label(
    labeller: Labeller,
    targets: Sequence[Placed],
    classes: tuple[str, ...],
    asked: LabelOptions,
    voice: Voice,
) -> int:
    from sovlint.commands.parts.editing import MOST, explained, save, show
    from sovlint.commands.parts.labelling import SharedError, declared
    from sovlint.edit.quoting import few
    from sovlint.edit.splice import EditError

    address, language = targets[0].resource.address, voice.language
    if all(set(classes) <= declared(each) for each in targets):
        voice.say("edit.declared-already", address=address)
        return CLEAN
    try:
        outcome = labeller.label(targets, classes, asked.shared)
    except EditError as refused:
        raise SovlintError(*explained(refused.note, targets[0], classes, language)) from None
    except SharedError as found:
        shared = phrase(
            "edit.shared", language, address=address, others=few(found.others, MOST)
        )
        raise SovlintError(shared, phrase("edit.shared-hint", language)) from None
    show(outcome, voice)
    if asked.write:
        save(outcome.file, outcome.before, outcome.after)
    voice.say("edit.written" if asked.write else "edit.not-written", path=outcome.path)
    return CLEAN
