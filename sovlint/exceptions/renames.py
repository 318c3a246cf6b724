"""Files that a change only renames: what they declare is what it was, and what holds for the one path holds for both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from msgspec.structs import replace

from sovlint.files.globs import Matches
from sovlint.model.exception import Answered
from sovlint.model.findings.finding import Finding, Report
from sovlint.model.placement import Placed
from sovlint.model.resources.resource import Resource

Covering = TypeVar("Covering", bound=Answered)


def as_renamed(
    before: Report, renames: Mapping[str, str], were: Collection[str], are: Collection[str]
) -> Report:
    """What stood before, by where its files are now. ``renames``: old paths to new ones; ``were`` and ``are``: all
    paths of both states."""
    if not renames:
        return before
    folders = _folders(renames, were, are)

    def moved(resource: Resource) -> Resource:
        span = resource.span
        path, root = renames.get(span.path), folders.get(resource.root or "")
        if path is None and root is None:
            return resource
        where = span if path is None else replace(span, path=path)
        return replace(resource, where=where, root=resource.root if root is None else root)

    def placed(each: Placed) -> Placed:
        return replace(each, resource=moved(each.resource))

    def found(each: Finding) -> Finding:
        return replace(each, resource=moved(each.resource))

    return replace(
        before,
        placed=tuple(map(placed, before.placed)),
        findings=tuple(map(found, before.findings)),
    )


def _folders(
    renames: Mapping[str, str], were: Collection[str], are: Collection[str]
) -> dict[str, str]:
    """Folders that are another now: nothing is left in them, and what was went to one that wasn't there."""
    old, new = ({path.rpartition("/")[0] for path in paths} for paths in (were, are))
    goals: dict[str, set[str]] = defaultdict(set)
    for before, after in renames.items():
        goals[before.rpartition("/")[0]].add(after.rpartition("/")[0])
    return {
        folder: goal
        for folder, found in goals.items()
        for goal in found
        if len(found) == 1 and folder not in new and goal not in old
    }


def covering(entries: Iterable[Covering], renames: Mapping[str, str]) -> tuple[Covering, ...]:
    """Waivers and attestations whose globs of paths hold for a file by the name that it had as well."""
    old = {after: before for before, after in renames.items()}
    if not old:
        return tuple(entries)
    return tuple(
        each
        if each.matches_path is None
        else replace(each, matches_path=_either(each.matches_path, old))
        for each in entries
    )


def _either(matches: Matches, old: Mapping[str, str]) -> Matches:
    return lambda path: matches(path) or (path in old and matches(old[path]))
