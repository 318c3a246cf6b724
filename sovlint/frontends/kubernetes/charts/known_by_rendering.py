"""What is known of charts by what they render to, and what of a release that leaves to its values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents.tree import Node
from sovlint.frontends.cluster.charts.merge import GLOBAL
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.kubernetes.charts.releases import Release


class ChartsRendered(Protocol):
    """What is known of charts by what they render to."""

    @property
    def whole(self) -> Collection[tuple[str, str | None]]:
        """The charts, by folder and variant, of which what they render to is all."""
        ...

    @property
    def lacking(self) -> Mapping[tuple[str, str | None], Collection[str]]:
        """The names in values of what each of them depends on and isn't here."""
        ...

    @property
    def unjudged(self) -> Mapping[tuple[str, str | None], tuple[str, ...]]:
        """The templates of each of whose objects nothing is known."""
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
    whole: frozenset[tuple[str, str | None]] = frozenset()
    lacking: Mapping[tuple[str, str | None], Collection[str]] = {}
    installed: frozenset[str] = frozenset()
    changed: frozenset[int] = frozenset()
    unjudged: Mapping[tuple[str, str | None], tuple[str, ...]] = {}
    named: frozenset[str] = frozenset()


def not_rendered(
    release: Release, by: ManifestObject, rendered: ChartsRendered
) -> Release | None:
    """A release without the charts that are rendered as a whole; ``None`` where nothing of it is left. Of one that
    depends on charts that aren't here the values for these are left."""
    values: list[Node] = []
    lacks = list(release.lacks)
    for inner, folder in zip(release.values, release.folders, strict=True):
        keys = [
            (folder, f"{each.namespace or by.namespace or '-'}/{each.name}")
            for each in release.installed
            if each.folder == folder
        ]
        lacks.extend(each for key in keys for each in rendered.unjudged.get(key, ()))
        if not keys or not all(key in rendered.whole for key in keys):
            values.append(inner)
            continue
        if lacking := rendered.lacking.get(keys[0]):
            values.append(of_lacking(inner, lacking))
    nothing_left = bool(release.values) and not values and not release.lacks
    if nothing_left:
        return None
    return replace(release, values=tuple(values), lacks=tuple(dict.fromkeys(lacks)))


def of_lacking(values: Node, lacking: Collection[str]) -> Node:
    """Values for the charts that aren't here alone."""
    kept = {
        key: node for key, node in values.value.items() if key in lacking or key == GLOBAL
    }
    return Node(kept, values.where, values.end)
