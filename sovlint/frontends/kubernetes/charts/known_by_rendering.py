"""What is known of charts by what they render to, and what of a release that leaves to its values."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents.tree import Node
from sovlint.frontends.cluster.charts.merge import GLOBAL
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.kubernetes.charts.chart_variants import ChartKey
from sovlint.frontends.kubernetes.charts.releases import Release
from sovlint.model.text import Note
from sovlint.model.value import Reason, Unknown, UnknownKind


class ChartsRendered(Protocol):
    """What is known of charts by what they render to."""

    @property
    def whole(self) -> Collection[ChartKey]:
        """The charts, by folder and variant, of which what they render to is all."""
        ...

    @property
    def lacking(self) -> Mapping[ChartKey, Collection[str]]:
        """The names in values of what each of them depends on and isn't here."""
        ...

    @property
    def unjudged(self) -> Mapping[ChartKey, tuple[str, ...]]:
        """The templates of each of whose objects nothing is known."""
        ...

    @property
    def unfilled(self) -> Mapping[ChartKey, tuple[str, ...]]:
        """The templates of each that may make more, by values that nobody here knows."""
        ...

    @property
    def named(self) -> Collection[str]:
        """The files of values that releases name: each of those is rendered with them."""
        ...

    @property
    def installed(self) -> Collection[str]:
        """The folders of charts that releases install."""
        ...


class NoneRendered(Struct, frozen=True):
    """Where there are no templates."""

    objects: tuple[ManifestObject, ...] = ()
    whole: frozenset[ChartKey] = frozenset()
    lacking: Mapping[ChartKey, Collection[str]] = {}
    installed: frozenset[str] = frozenset()
    changed: frozenset[ManifestObject] = frozenset()
    unjudged: Mapping[ChartKey, tuple[str, ...]] = {}
    unfilled: Mapping[ChartKey, tuple[str, ...]] = {}
    named: frozenset[str] = frozenset()


def untold_templates(keys: Sequence[ChartKey], rendered: ChartsRendered) -> Unknown | None:
    """Why charts may make, and so send, what nobody knows: ``None`` where all that they make is known."""
    broken = [path for key in keys for path in rendered.unjudged.get(key, ())]
    if broken:
        paths = tuple(dict.fromkeys(broken))
        note = Note("kubernetes.charts.templates-untold", {"paths": paths})
        return Unknown(Reason.TEMPLATED, broken[0], note=note)
    for path in (path for key in keys for path in rendered.unfilled.get(key, ())):
        note = Note("kubernetes.charts.template-unfilled", {"path": path})
        return Unknown(Reason.TEMPLATED, path, note=note, kind=UnknownKind.VALUES_UNTOLD)
    return None


def not_rendered(
    release: Release, by: ManifestObject, rendered: ChartsRendered
) -> Release | None:
    """A release without the charts that are rendered as a whole; ``None`` where nothing of it is left. Of one that
    depends on charts that aren't here the values for these are left."""
    values: list[Node] = []
    installed: list[ChartKey] = []
    for inner, folder in zip(release.values, release.folders, strict=True):
        keys = [
            (folder, f"{each.namespace or by.namespace or '-'}/{each.name}")
            for each in release.installed
            if each.folder == folder
        ]
        installed += keys
        if not keys or not all(key in rendered.whole for key in keys):
            values.append(inner)
            continue
        if lacking := rendered.lacking.get(keys[0]):
            values.append(of_lacking(inner, lacking))
    nothing_left = bool(release.values) and not values and not release.lacks
    if nothing_left:
        return None
    return replace(
        release, values=tuple(values), unsaid=untold_templates(installed, rendered)
    )


def of_lacking(values: Node, lacking: Collection[str]) -> Node:
    """Values for the charts that aren't here alone."""
    kept = {
        key: node for key, node in values.value.items() if key in lacking or key == GLOBAL
    }
    return Node(kept, values.where, values.end)
