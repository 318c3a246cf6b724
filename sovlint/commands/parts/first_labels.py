"""What to label first, with the commands of which a dry run works: whoever copies one should see the edit."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sovlint.commands.parts.labelling import Labeller, edited_at, matching
from sovlint.files.scan_place import ScanPlace, locate
from sovlint.lint import lint
from sovlint.model.findings.finding import Report, ToLabel
from sovlint.model.placement import Placed
from sovlint.report.pieces.landings import landings
from sovlint.report.run import label_first

if TYPE_CHECKING:
    from sovlint.lint import Linted


def with_first_labels(report: Report, found: Linted, most: int = label_first.FEW) -> Report:
    """The report of what was ``found`` with what to label first, the ``most`` that are asked for: each is tried."""
    place = locate(found.run.request.places)
    labeller = labeller_of(report, found)
    all_placed = labeller.report.placed
    first = label_first.label_first(landings(report), report)[:most]
    named = [(one, *_command(one, all_placed, place)) for one in first]
    offered = [each for each in named if each[2]]
    works = labeller.work([(targets, (one.data_class,)) for one, targets, _ in offered])
    commands = {
        one.resource.number: words
        for (one, _, words), does in zip(offered, works, strict=True)
        if does
    }
    told = (replace(one, command=commands.get(one.resource.number, ())) for one in first)
    return replace(report, label_first=tuple(told))


def labeller_of(report: Report, found: Linted) -> Labeller:
    """What labels would be written by, in the whole repository of what was ``found``."""
    place = locate(found.run.request.places)
    whole = replace(found.run.request, paths=(place.root,), facts_only=True)
    return Labeller(
        replace(found.run, request=whole),
        place.root,
        found.rulebook.catalog,
        lambda run: lint(run, found.rulebook),
        report if place.named == ("",) else None,
    )


def _command(
    one: ToLabel, placed: Sequence[Placed], place: ScanPlace
) -> tuple[list[Placed], tuple[str, ...]]:
    """What is named by the command that is to be typed here, and its words; none, where none names that alone."""
    resource, root = one.resource, one.resource.root or ""
    same = matching(placed, resource.address)
    words = ["sovlint", "label"]
    if root or any(each.resource.root for each in same):
        words += ["--root", root or "."]
        same = [each for each in same if (each.resource.root or "") == root]
    inside = locate([Path()]).root == place.root
    if not inside or _is_open(same):
        words += [
            "--path",
            os.path.relpath(place.root / resource.span.path, os.path.realpath(Path())),
        ]
        same = [each for each in same if each.resource.span.path == resource.span.path]
    if _is_open(same) or not (inside or place.git):
        return same, ()
    return same, (*words, resource.address, one.data_class)


def _is_open(same: Sequence[Placed]) -> bool:
    """Whether resources of one address come from several blocks."""
    return len({edited_at(each.resource) for each in same}) > 1
