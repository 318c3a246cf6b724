"""Values as helmfiles put them together: maps of what templates work on, with holes for what isn't known."""

from __future__ import annotations

import re
from typing import Any, Final

from sovlint.documents import scalar
from sovlint.documents.attributes import Evaluated
from sovlint.documents.tree import Node, text
from sovlint.expressions.templates.text import PlacedText, TemplateHole, without_holes
from sovlint.expressions.templates.values import List, Map
from sovlint.frontends.cluster.charts.values import ENCRYPTED
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Reason, Step, Unknown

_KEPT: Final = (ENCRYPTED, "ref+", "secretref+")
"""How texts begin that SOPS has encrypted, or that Helmfile looks up in a store of secrets (vals)."""
_KEYS: Final = re.compile(r"(?:\\.|[^.\\])+")


def plain(value: object) -> object:
    """A scalar as it is written, without what else is known of it."""
    return str.__str__(value) if isinstance(value, Evaluated) else value


def unknown_of(node: Node | None) -> Unknown | None:
    """Why a scalar isn't known; ``None`` for one that is."""
    value = None if node is None else node.value
    given = value.given if isinstance(value, Evaluated) else value
    return given if isinstance(given, Unknown) else None


def evaluated(node: Node, path: str = ".Values") -> Any:
    """A tree that a template was rendered to, as templates see it."""
    value = node.value
    unknown = unknown_of(node)
    if unknown is not None:
        return TemplateHole(unknown, path)
    if isinstance(value, dict):
        made = Map()
        for key, child in value.items():
            name = without_holes(str.__str__(key))
            made[name] = evaluated(child, f"{path}.{name}")
            made.places[name] = child.where
        return made
    if isinstance(value, list):
        return List(
            (evaluated(child, f"{path}[{at}]") for at, child in enumerate(value)),
            (child.where for child in value),
        )
    if isinstance(value, str) and value.startswith(_KEPT):
        return open_at(node.where, path, path)
    if isinstance(value, str):
        return PlacedText.written(without_holes(str.__str__(value)), node.where)
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


def tree_of(value: Any, where: Span) -> Node:
    """Values as a tree again: what isn't known is a text of which that is known."""
    if isinstance(value, TemplateHole):
        return Node(Evaluated.of(value.unknown), where)
    if isinstance(value, Map):
        places = value.places
        made = {key: tree_of(item, places.get(key, where)) for key, item in value.items()}
        return Node(made, where)
    if isinstance(value, list):
        places_of = dict(enumerate(getattr(value, "places", ())))
        return Node(
            [tree_of(item, places_of.get(at, where)) for at, item in enumerate(value)], where
        )
    if isinstance(value, str):
        return Node(str(value), where)
    is_whole = isinstance(value, float) and value.is_integer()
    return Node(int(value) if is_whole else value, where)


def open_at(where: Span, detail: str, key: str) -> TemplateHole:
    """What isn't here and may say anything: where it is named, and how."""
    step = Step(where, Note("kubernetes.written"))
    return TemplateHole(Unknown(Reason.FROM_ENVIRONMENT, detail, step), key)


def with_set(values: Map, path: str, node: Node, as_text: bool = False) -> None:
    """What ``set`` puts at a path, as it reads, or ``as_text``. Into a list nothing is put: then it isn't known at all."""
    keys = [key.replace("\\", "") for key in _KEYS.findall(path)]
    if not keys:
        return
    at = values
    for key in keys[:-1]:
        if "[" in key:
            break
        inner = at.get(key)
        if not isinstance(inner, Map):
            inner = at[key] = Map()
        at = inner
    else:
        if "[" not in keys[-1]:
            at[keys[-1]] = _as_text(node) if as_text else _typed(node)
            at.places[keys[-1]] = node.where
            return
        key = keys[-1]
    at[key.partition("[")[0]] = open_at(node.where, path, f".Values.{path}")


def _as_text(node: Node) -> Any:
    if unknown_of(node) is not None or isinstance(node.value, (dict, list)):
        return evaluated(node)
    return evaluated(Node(text(node), node.where))


def _typed(node: Node) -> Any:
    value = plain(node.value)
    if unknown_of(node) is not None or not isinstance(value, str):
        return evaluated(node)
    typed = scalar(value)
    return evaluated(Node(value if isinstance(typed, (dict, list)) else typed, node.where))
