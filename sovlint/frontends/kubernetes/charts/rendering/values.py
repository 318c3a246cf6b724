"""Values files -> what templates work on: each key and text remembers where it is written."""

from __future__ import annotations

from typing import Any, Final

from sovlint.documents import DocumentError, load
from sovlint.documents.attributes import Evaluated
from sovlint.documents.go_scalars import BOOLEANS, go_scalar
from sovlint.documents.tree import Node, OpenNode, from_document
from sovlint.expressions.templates.text import PlacedText, TemplateHole, without_holes
from sovlint.expressions.templates.values import List, Map
from sovlint.model.source import SourceFile, Span
from sovlint.model.value import Unknown

_QUOTES: Final = "\"'"


def read_tree(file: SourceFile) -> Node | None:
    """The first document of a file, as Go reads its scalars; ``None`` where it holds nothing. Raises
    ``DocumentError``."""
    found = next(iter(load(file.data, file.path, read=go_scalar)), None)
    if found is None or found.data is None:
        return None
    return from_document(found)


def read_values(file: SourceFile) -> Map:
    """The mapping that a values file holds. Raises ``DocumentError`` where it holds anything else."""
    tree = read_tree(file)
    if tree is None:
        return Map()
    if not isinstance(tree.value, dict):
        raise DocumentError("values must be a mapping", 1, 1)
    made: Map = values_of(tree, file)
    return made


def values_of(node: Node, file: SourceFile | None = None) -> Any:
    """A tree as templates see it. ``file``: the one that it was read of, in which it is looked up whether a key that
    reads like true or false is quoted."""
    value = node.value
    if isinstance(value, dict):
        made = Map()
        if isinstance(node, OpenNode) and node.open is not None:
            made.rest = TemplateHole(node.open, f"{node.where.path}:{node.where.line}")
        for key, child in value.items():
            name = _key(key, child.where, file) if key in BOOLEANS else without_holes(key)
            made[name] = values_of(child, file)
            made.places[name] = child.where
        return made
    if isinstance(value, list):
        return List(
            (values_of(child, file) for child in value), (child.where for child in value)
        )
    if isinstance(value, Evaluated) and isinstance(value.given, Unknown):
        span = node.where
        return TemplateHole(value.given, f"{span.path}:{span.line}:{span.column}:{value}")
    if isinstance(value, str):
        return PlacedText.written(without_holes(value), node.where)
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


def _key(key: str, where: Span, file: SourceFile | None) -> str:
    """A key that reads like true or false, which Go takes it for where it isn't quoted."""
    if file is None or file.line(where.line)[where.column - 1 : where.column] in _QUOTES:
        return key
    return str(BOOLEANS[key]).lower()


def copied(value: Any) -> Any:
    """The same values, which can be changed without changing these."""
    if isinstance(value, Map):
        made = Map()
        for key, item in value.items():
            made[key] = copied(item) if isinstance(item, (dict, list)) else item
        made.places = dict(value.places)
        made.rest = value.rest
        return made
    if isinstance(value, list):
        return List(map(copied, value), getattr(value, "places", ()))
    return value


def laid(under: Map, over: Map) -> Map:
    """Values files on each other, as a release names them: nulls stay, which take away what the chart says. Neither
    changes."""
    made = Map(under, under.places)
    made.rest = over.rest if over.rest is not None else under.rest
    for key, value in over.items():
        there = made.get(key)
        if isinstance(there, Map) and isinstance(value, Map):
            value = laid(there, value)
        put(made, key, value, over)
    return made


def open_all(values: Map, hole: TemplateHole) -> None:
    """Whatever mappings there are may have more keys than are known."""
    values.rest = hole
    for key, item in values.items():
        if isinstance(item, Map):
            open_all(item, TemplateHole(hole.unknown, f"{hole.key}.{key}"))


def without_nulls(value: Any) -> Any:
    """Values without the keys of mappings at which null stands; the mappings are other ones, lists are the same."""
    if not isinstance(value, Map):
        return value
    made = Map()
    for key, item in value.items():
        if item is not None:
            put(made, key, without_nulls(item), value)
    made.rest = value.rest
    return made


def put(into: Map, key: str, value: Any, source: Map) -> None:
    """Set a key to a value that stands at that key in ``source``."""
    into[key] = value
    place = source.places.get(key)
    if place is not None:
        into.places[key] = place


def drop(values: Map, key: str) -> None:
    """Take a key away."""
    values.pop(key, None)
    values.places.pop(key, None)


def at(values: Any, path: str) -> Any:
    """What stands at a path of keys with dots between them; ``None`` where there is nothing."""
    for key in path.split("."):
        if not isinstance(values, dict):
            return None
        values = values.get(key)
    return values


def table(values: Any, path: str) -> Map | None:
    """The mapping at a path of keys with dots between them."""
    found = at(values, path)
    return found if isinstance(found, Map) else None
