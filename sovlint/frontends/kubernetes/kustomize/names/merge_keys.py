"""By which keys the elements of a list are told apart when a strategic merge patch is laid over it.

Facts of the Kubernetes API (``merge_keys.json``, with what they were read in). A list that isn't there is replaced as
a whole. A kind of which nothing but the metadata has such lists is ``plain``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct, field

from sovlint.files.package_data import decoded
from sovlint.frontends.kubernetes.kustomize.names.identity import FOLDER, Gvk


class Shape(Struct, frozen=True):
    """``fields``: the shape of what stands at a key, or of each element of the list there. ``keys``: by the key of a
    list, what tells its elements apart (empty: they are plain values)."""

    fields: Mapping[str, Shape] = field(default_factory=dict)
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class WrittenShape(Struct):
    """A shape as it is written: ``fields`` names other shapes."""

    fields: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class ShapesFile(Struct):
    """What ships: by version and kind the name of the object's shape, and shapes by name."""

    source: str
    date: str
    kinds: Mapping[str, Mapping[str, str]]
    shapes: Mapping[str, WrittenShape]


@cache
def _file() -> ShapesFile:
    return decoded(f"{FOLDER}/merge_keys.json", ShapesFile)


@cache
def _shape(name: str) -> Shape:
    written = _file().shapes[name]
    return Shape({key: _shape(inner) for key, inner in written.fields.items()}, written.keys)


def shape_of(kind: Gvk) -> Shape | None:
    """The shape of an object; ``None`` for a kind that isn't known, such as a custom resource."""
    name = _file().kinds.get(kind.api_version, {}).get(kind.kind)
    return _shape(name) if name is not None else None
