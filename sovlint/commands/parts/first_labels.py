"""What to label first, with the commands of which a dry run works: whoever copies one should see the edit."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sovlint.commands.parts.labelling import TERRAFORM, Labeller, block_of, matching
from sovlint.edit.hcl_library import hcl_library
from sovlint.errors import SovlintError
from sovlint.files.scan_place import ScanPlace, locate
from sovlint.lint import lint
from sovlint.model.findings.finding import Report, ToLabel
from sovlint.model.placement import Placed
from sovlint.report.pieces.landings import landings
from sovlint.report.run import label_first

if TYPE_CHECKING:
    from sovlint.lint import Linted


def with_first_labels(report: Report, found: Linted) -> Report:
    """The report of what was ``found`` with what to label first."""
    place = locate(found.run.request.places)
    whole = replace(found.run.request, paths=(place.root,), facts_only=True)
    labeller = Labeller(
        replace(found.run, request=whole),
        place.root,
        found.rulebook.catalog,
        lambda run: lint(run, found.rulebook),
        report if place.named == ("",) else None,
    )
    first = [
        _command(one, labeller.report.placed, place)
        for one in label_first.label_first(landings(report), report)
    ]
    lacking = _lacking() if any(_in_terraform(one) for one, _ in first) else ""
    tried = [
        number
        for number, (one, _) in enumerate(first)
        if one.command and not (lacking and _in_terraform(one))
    ]
    works = labeller.work([(first[each][1], (first[each][0].data_class,)) for each in tried])
    told = [replace(one, needs=lacking if _in_terraform(one) else "") for one, _ in first]
    for number, does in zip(tried, works, strict=True):
        one = told[number]
        told[number] = replace(one, needs="", command=one.command if does else ())
    return replace(report, label_first=tuple(told))


def _in_terraform(one: ToLabel) -> bool:
    return bool(one.command) and one.resource.front_end == TERRAFORM


def _command(
    one: ToLabel, placed: Sequence[Placed], place: ScanPlace
) -> tuple[ToLabel, list[Placed]]:
    """The command that names something and nothing else, as it is to be typed here, and the resources that it names; no
    command, where there is none."""
    resource, here = one.resource, os.path.realpath(Path())
    same = matching(placed, resource.address)
    words = ["sovlint", "label"]
    if resource.root or len({each.resource.root or "" for each in same}) > 1:
        words += ["--root", resource.root or "."]
        same = [each for each in same if (each.resource.root or "") == (resource.root or "")]
    inside = locate([Path()]).root == place.root
    if not inside or len({block_of(each.resource) for each in same}) > 1:
        words += ["--path", os.path.relpath(place.root / resource.span.path, here)]
        same = [each for each in same if each.resource.span.path == resource.span.path]
    if len({block_of(each.resource) for each in same}) > 1 or not (inside or place.git):
        return one, []
    return replace(one, command=(*words, resource.address, one.data_class)), same


def _lacking() -> str:
    """What brings the library that edits Terraform, where it isn't installed."""
    try:
        hcl_library()
    except SovlintError as error:
        return error.hint
    return ""
