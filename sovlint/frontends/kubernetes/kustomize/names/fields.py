"""Paths of fields as Kustomize's configurations write them (``spec/template/metadata/labels``), and their values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from sovlint.documents.tree import Node, get, is_map, is_null, is_true, items, text
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


def gvk_in(node: Node | None) -> Gvk:
    """The group, version and kind that a mapping names, each at a key of its own."""
    return Gvk(*(text(get(node, key)) for key in ("group", "version", "kind")))


def specs_of(node: Node | None) -> tuple[Spec, ...]:
    """A list of fields as a configuration writes them."""
    fields = (each for each in items(node) if is_map(each))
    return tuple(
        Spec(text(get(each, "path")), gvk_in(each), is_true(each, "create"))
        for each in fields
    )


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


def apply(
    item: Item, spec: Spec, setter: Setter, made_of: Any = None, where: Span | None = None
) -> None:
    """Calls ``setter`` for every field that a spec names in an item; lists on the way are gone through.

    ``made_of``: what a field is made of where the spec says that it is to be made (``{}``, ``""``; None: nothing is
    made), at ``where``.
    """
    if item.kind.selected(spec.kind):
        parts = split(spec.path)
        making = spec.create and made_of is not None and where is not None
        _walk(item.node, parts, setter, made_of if making else None, where)


def _walk(
    node: Node, parts: list[str], setter: Setter, made_of: Any, where: Span | None
) -> None:
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
