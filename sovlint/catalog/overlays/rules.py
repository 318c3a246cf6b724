"""What a folder laid over the catalogue makes otherwise, as rules of the run."""

from __future__ import annotations

from collections.abc import Iterator

from sovlint.catalog.overlays.replaced import LaidOver, Replaced
from sovlint.model.findings.own_rules import OwnRule, RuleDetail, RuleKind


def rules_of(folder: str, found: LaidOver) -> Iterator[OwnRule]:
    """The entries that a folder replaces, with each key that says something else, and those that it adds."""
    names = tuple(f"{each.section}/{each.name}" for each in found.replaced)
    details = tuple(detail for each in found.replaced for detail in _details(each))
    if names or not found.added:
        yield OwnRule(RuleKind.OVERLAY, names, folder, None, details)
    if found.added:
        yield OwnRule(RuleKind.OVERLAY_ADDED, found.added, folder)


def _details(each: Replaced) -> Iterator[RuleDetail]:
    """What decides most comes first."""
    for change in sorted(each.changes, key=lambda change: not change.governed):
        name = ".".join((f"{each.section}/{each.name}", *change.keys))
        yield RuleDetail(name, change.before, change.after)
