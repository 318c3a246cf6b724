"""Data classes that objects declare, kept where a kustomization changes their labels: whoever lays a word over one that
means something mustn't hide it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from sovlint.documents.tree import Node, ensured, get, is_map, text
from sovlint.frontends.cluster.kinds import KINDS
from sovlint.frontends.kubernetes.kustomize.names.items import Item
from sovlint.model.classrules import BEFORE, OWN_KEY

_KEPT = f"{OWN_KEY}{BEFORE}"
_PARTS = ("labels", "annotations")

_At = tuple[str, ...]


class _Declared(Struct, frozen=True):
    """What an object declared at a path, before anything was changed."""

    item: Item
    path: _At
    part: str
    label: Node


def declared(items: Sequence[Item]) -> list[_Declared]:
    """All labels and annotations of objects that declare a class."""
    return list(_declared(items))


def keep(before: Iterable[_Declared]) -> None:
    """Put what was declared ``before``, and isn't any more as it was, beside what took its place."""
    for each in before:
        now = get(each.item.node, *each.path, "metadata", each.part, OWN_KEY)
        if text(now) == text(each.label) or not is_map(each.item.node):
            continue
        where = each.label.where
        inner = each.item.node
        for key in (*each.path, "metadata", each.part):
            inner = ensured(inner, key, where)
            if not is_map(inner):
                break
        else:
            earlier = text(inner.value.get(_KEPT))
            joined = ",".join(filter(None, (text(each.label), earlier)))
            inner.value[_KEPT] = Node(joined, where)


def _declared(items: Sequence[Item]) -> Iterator[_Declared]:
    for item in items:
        for path in _holders(item):
            for part in _PARTS:
                label = get(item.node, *path, "metadata", part, OWN_KEY)
                if label is not None and text(label):
                    yield _Declared(item, path, part, Node(label.value, label.where))


def _holders(item: Item) -> Iterator[_At]:
    """Where an object has ``metadata`` whose labels count: its own, and that of its templates."""
    yield ()
    kind = item.kind.kind
    for templates in (KINDS.pod_templates, KINDS.enclosing_templates):
        if templates.get(kind):
            yield templates[kind]
