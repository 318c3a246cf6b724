"""``sovlint label``: writes a data class into the source where it belongs, or shows what it would write."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from sovlint.commands.parts import options, output, suggest
from sovlint.commands.parts.exit_code import CLEAN, NOTHING
from sovlint.errors import SovlintError
from sovlint.model.placement import Placed
from sovlint.model.request import Request
from sovlint.model.text import Note
from sovlint.report.messages import phrase, say

if TYPE_CHECKING:
    pass


@click.command(short_help="Write a data class into the source.")
@click.argument("address", required=False)
@click.argument("classes", nargs=-1, metavar="[CLASS]...", shell_complete=suggest.data_classes)
@options.option("--root", metavar="FOLDER", help="The root of the resource, where several have the address.")
@options.option("--variant", metavar="FILE", help="Its variant, where the class isn't for all of them.")
@options.option("--path", type=options.PATH, metavar="PATH", help="The file or folder where it is declared.")
@options.option("--shared", is_flag=True, help="Allow an edit that reaches other resources too.")
@options.option("--write", is_flag=True, help="Write it. Without this, only what would change is shown.")
@options.option("--inferred", is_flag=True, help="Go through all that only names suggest.")
@options.settings
@options.language
@options.quiet
def label(
    address: str | None,
    classes: tuple[str, ...],
    root: str | None,
    variant: str | None,
    path: Path | None,
    shared: bool,
    write: bool,
    inferred: bool,
    lang: str | None,
    quiet: bool,
    **given: Any,
) -> int:
    """Declare that the resource ADDRESS carries the data CLASS (several add up): as a tag or label in
    Terraform, a label in a manifest, `data` in an inventory.

    What would change is shown, and --write writes it. Nothing is written where that can't be done safely: comments and
    layout stay, two readers look at the edited file, and a scan of it must find the class declared.

    Exit code: 0, or 2 where it isn't done, 3 where there is nothing to scan.
    """
    from sovlint.catalog.load import load
    from sovlint.commands.parts.labelling import Labeller
    from sovlint.files.discover import locate
    from sovlint.lint import lint

    if inferred == bool(address):
        raise click.UsageError("Give an address and at least one class, or --inferred.")
    language, asked = output.language(lang), (path or Path(),)
    run = options.run(Request(paths=asked, facts_only=True, **given))
    place, catalog = locate(asked), load(run.request.catalog)
    if unknown := next((each for each in classes if each not in catalog.classes), None):
        close = get_close_matches(unknown, catalog.classes, n=1)
        hint = f"Did you mean `{close[0]}`?" if close else f"There are: {', '.join(catalog.classes)}."
        raise SovlintError(f"There is no data class `{unknown}`.", hint)
    if address and not classes:
        raise click.UsageError("Name at least one data class.")
    whole = replace(run, request=replace(run.request, paths=(place.root,)))
    labeller = Labeller(whole, place.root, catalog, lint)
    if labeller.report.coverage.files == 0:
        if not quiet:
            output.say(phrase("edit.nothing", language))
        return NOTHING
    named = place.named if path or inferred else ("",)  # a module that is called from here may lie anywhere
    within = [each for each in labeller.report.placed if _within(each, root, variant, named)]
    if inferred:
        from sovlint.commands.parts.guesses import go_through

        return go_through(labeller, within, shared, write, language, quiet)
    assert address is not None
    targets = _targets(address, within, language)
    return _label(labeller, targets, tuple(dict.fromkeys(classes)), shared, write, language, quiet)


def _within(placed: Placed, root: str | None, variant: str | None, named: Sequence[str]) -> bool:
    resource = placed.resource
    path = resource.where.span().path
    if root is not None and (resource.root or "") != (
        "" if root in (".", "./") else root.strip("/").removeprefix("./")
    ):
        return False
    if variant is not None and resource.variant != variant:
        return False
    return any(not name or path == name or path.startswith(f"{name}/") for name in named)


def _targets(address: str, within: Sequence[Placed], language: str) -> list[Placed]:
    """The resources of an address; they must come from one block."""
    from sovlint.commands.parts.editing import at
    from sovlint.commands.parts.labelling import matching

    found = matching(within, address)
    if not found:
        names = sorted({each.resource.address for each in within})
        close = get_close_matches(address, names, n=1, cutoff=0.5)
        hint = Note("edit.did-you-mean", {"address": close[0]}) if close else Note("edit.see-facts")
        raise SovlintError(phrase("edit.no-such-address", language, address=address), say(hint, language))
    places = sorted({(each.resource.root or ".", at(each)) for each in found})
    if len(places) > 1:
        listed = tuple(f"{at} (root {root})" for root, at in places)
        note = Note("edit.several-places", {"address": address, "places": listed})
        raise SovlintError(say(note, language), phrase("edit.name-one", language))
    return found


def _label(
    labeller: Any,
    targets: list[Placed],
    classes: tuple[str, ...],
    shared: bool,
    write: bool,
    language: str,
    quiet: bool,
) -> int:
    from sovlint.commands.parts.editing import explained, few, save, show
    from sovlint.commands.parts.labelling import SharedError, declared
    from sovlint.edit.splice import EditError

    address = targets[0].resource.address
    if all(set(classes) <= declared(each) for each in targets):
        if not quiet:
            output.say(phrase("edit.declared-already", language, address=address))
        return CLEAN
    try:
        outcome = labeller.label(targets, classes, shared)
    except EditError as refused:
        raise SovlintError(*explained(refused.note, targets[0], classes, language)) from None
    except SharedError as found:
        note = Note("edit.shared", {"address": address, "others": few(found.others)})
        raise SovlintError(say(note, language), phrase("edit.shared-hint", language)) from None
    show(outcome, language, quiet)
    if write:
        save(outcome.file, outcome.before, outcome.after)
    if not quiet:
        output.say(phrase("edit.written" if write else "edit.not-written", language, path=outcome.path))
    return CLEAN
