"""Paths of fields as Kustomize's configurations write them (``spec/template/metadata/labels``), and their values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from sovlint.documents.tree import Node, children, get, is_list, is_map, is_null, text
from sovlint.frontends.kubernetes.kustomize.names.identity import ANY, Gvk
from sovlint.frontends.kubernetes.kustomize.names.items import Item
from sovlint.model.source import Span

Setter = Callable[[Node, str], None]
"""Called with the mapping that holds a field and the key of the field, which may have been made just now."""


class Spec(Struct, frozen=True):
    """A field of the objects that ``kind`` selects; ``create``: whether it is made where it isn't there."""

    path: str
    kind: Gvk = ANY
    create: bool = False


def spec_of(node: Node) -> Spec:
    """A field as a configuration writes it."""
    create = get(node, "create")
    kind = Gvk(text(get(node, "group")), text(get(node, "version")), text(get(node, "kind")))
    return Spec(text(get(node, "path")), kind, create is not None and create.value is True)


def specs_of(node: Node | None) -> tuple[Spec, ...]:
    """A list of fields."""
    return tuple(spec_of(each) for each in children(node) if is_map(each)) if is_list(node) else ()


def split(path: str, delimiter: str = "/") -> list[str]:
    r"""The parts of a path; ``\`` before a delimiter makes it part of a name, a leading one is passed over."""
    pieces = path.split(delimiter)
    if len(pieces) > 1 and not pieces[0]:
        pieces = pieces[1:]
    parts = [pieces[0]]
    for piece in pieces[1:]:
        if parts[-1].endswith("\\"):
            parts[-1] = f"{parts[-1][:-1]}{delimiter}{piece}"
        else:
            parts.append(piece)
    return parts


def apply(item: Item, spec: Spec, setter: Setter, made_of: Any = None, where: Span | None = None) -> None:
    """Calls ``setter`` for every field that a spec names in an item; lists on the way are gone through.

    ``made_of``: what a field is made of where the spec says that it is to be made (``{}``, ``""``; None: nothing is
    made), at ``where``.
    """
    if item.kind.selected(spec.kind):
        parts = split(spec.path)
        making = spec.create and made_of is not None and where is not None
        _walk(item.node, parts, setter, made_of if making else None, where)


def _walk(node: Node, parts: list[str], setter: Setter, made_of: Any, where: Span | None) -> None:
    if isinstance(node.value, list):
        for each in node.value:
            _walk(each, parts, setter, made_of, where)
        return
    if not isinstance(node.value, dict):
        return
    name = parts[0].removesuffix("[]")
    making = made_of is not None and where is not None and name == parts[0]
    found = node.value.get(name)
    if making and is_null(found) and where is not None:
        fresh = type(made_of)() if len(parts) == 1 else {}
        found = node.value[name] = Node(fresh, where)
    if found is None:
        return
    if len(parts) > 1:
        _walk(found, parts[1:], setter, made_of, where)
    else:
        setter(node, name)
