"""Data classes that objects declare, kept where a kustomization changes their labels: whoever lays a word over one that
means something mustn't hide it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from sovlint.documents.tree import Node, ensured, get, is_map, text
from sovlint.frontends.cluster.kinds import KINDS
from sovlint.frontends.kubernetes.kustomize.names.items import Item
from sovlint.model.classrules import BEFORE, OWN_KEY

_KEPT = f"{OWN_KEY}{BEFORE}"
_NAMESPACE = "Namespace"
_PARTS = ("labels", "annotations")

_At = tuple[str, ...]


class _Declared(Struct, frozen=True):
    """What an object declared at a path, before anything was changed; or for it, the Namespace ``space``."""

    item: Item
    path: _At
    part: str
    label: Node
    space: Item | None = None


class Before(Struct, frozen=True):
    """What objects declared before anything was changed: they themselves, and the namespaces that they lay in."""

    own: tuple[_Declared, ...]
    of_namespaces: tuple[_Declared, ...]


def declared(items: Sequence[Item]) -> Before:
    """All labels and annotations of objects that declare a class."""
    own = tuple(_declared(items))
    spaces = _by_namespace(own)
    inherited = (
        _Declared(item, (), each.part, each.label, each.item)
        for item in items
        if item.kind.kind != _NAMESPACE
        for each in spaces.get(item.namespace, ())
    )
    return Before(own, tuple(inherited) if spaces else ())


def keep(before: Before, items: Sequence[Item]) -> None:
    """Put what was declared ``before``, and isn't any more as it was, beside what took its place.

    So with what a namespace declared that is deleted, or that an object doesn't lie in any more.
    """
    for each in before.own:
        now = get(each.item.node, *each.path, "metadata", each.part, OWN_KEY)
        if text(now) != text(each.label):
            _keep(each)
    there = set(items) if before.of_namespaces else set()
    for each in before.of_namespaces:
        space = each.space
        if space is None or space not in there or space.name != each.item.namespace:
            _keep(each)


def _keep(each: _Declared) -> None:
    where = each.label.where
    inner = each.item.node
    for key in (*each.path, "metadata", each.part):
        if not is_map(inner):
            return
        inner = ensured(inner, key, where)
    if is_map(inner):
        earlier = text(inner.value.get(_KEPT))
        joined = ",".join(filter(None, (text(each.label), earlier)))
        inner.value[_KEPT] = Node(joined, where)


def _by_namespace(found: Iterable[_Declared]) -> Mapping[str, list[_Declared]]:
    """What Namespaces declare, by their names."""
    spaces: dict[str, list[_Declared]] = {}
    for each in found:
        if each.item.kind.kind == _NAMESPACE:
            spaces.setdefault(each.item.name, []).append(each)
    return spaces


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
