"""Custom resources that say whom they serve: what they name or select goes along to where they send it.

By field, whatever their kind: claims, objects by kind and name, labels, namespaces. Where nothing shows that data is sent,
only claims count. Of a kind that the catalogue knows, its rules say the rest, unless they say that it hands logs or backups
on; what is sent elsewhere is that of the pods that it selects, and of nobody in a namespace.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct, field

from sovlint.documents.cursor import Cursor
from sovlint.frontends.cluster.answering import answers_for
from sovlint.frontends.cluster.bound_volumes import CLAIM
from sovlint.frontends.cluster.kinds import KINDS, type_of
from sovlint.frontends.cluster.object_index import Objects, address_of, nearest
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.model.resources.sent import Link
from sovlint.rules.hints import Hints

_CLAIMS: Final = ("pvc", "persistentvolumeclaim", "claimname", "claimref", "volumeclaim")
"""What is in keys that name claims, in lower case."""
_LABELS: Final = ("matchlabels", "selector", "select.labels", "selector.labels")
"""How keys of labels end, the one above included."""
_OWN_NAME: Final = "kubernetes.io/metadata.name"
"""The label that each namespace has, which is its name ("Well-Known Labels, Annotations and Taints")."""
_REFERRING: Final = ("refs", "ref", "name", "s")
"""How keys end that name others, after what these are."""
_HANDED_ON: Final = ("backup", "logs")
_SPACE: Final = "namespace"
_SPACES: Final = frozenset({"namespaces", "includednamespaces", "matchnames", "scopes"})
_NEVER: Final = frozenset({
    "template", "affinity", "topologySpreadConstraints", "nodeSelector", "values", "podTemplate",
    "exclude",
})  # fmt: skip
"""Below these, something else is described, or where pods run."""
_KINDS: Final = frozenset({CLAIM, "Pod", *KINDS.pod_templates})
_DEEPEST: Final = 8

NamedObject = tuple[ManifestObject, Cursor]
"""What is served, and where it is named."""


class ServedObjects(Struct):
    """What serves whom, by the object: its links to what serves it, or that it hands that on to;
    and which are of kinds that nobody knows, and serve somebody."""

    links: dict[ManifestObject, list[Link]] = field(default_factory=dict)
    unknown: set[ManifestObject] = field(default_factory=set)


def served(
    objects: Objects, hints: Hints, sends: Callable[[ManifestObject], bool]
) -> ServedObjects:
    """All that is served. ``sends``: whether something shows that a custom resource sends data."""
    met = ServedObjects()
    for (kind, _), several in objects.by_name.items():
        if "." not in kind or kind in hints.copies or kind in hints.pods:
            continue
        for each in several:
            named = list(_named(each, each.get("spec"), objects, 0))
            if not named:
                continue
            onward = [] if kind in hints.refers else list(_onward(each, objects))
            counted = _counted(each, named, bool(onward), hints, sends)
            for other, where in counted:
                flow = "backup" if other.type == CLAIM else "export"
                link = Link(flow, address_of(each, other), where.where)
                met.links.setdefault(other, []).append(link)
            for other, where in onward:
                link = Link("export", address_of(other, each), where.where)
                met.links.setdefault(each, []).append(link)
            if counted and not _is_known(kind, hints):
                met.unknown.add(each)
    return met


def _is_known(kind: str, hints: Hints) -> bool:
    return kind in hints.ruled or kind in hints.no_settings


def _counted(
    found: ManifestObject,
    named: Sequence[NamedObject],
    hands_on: bool,
    hints: Hints,
    sends: Callable[[ManifestObject], bool],
) -> Sequence[NamedObject]:
    """What is really served of what an object names."""
    claims = [one for one in named if one[0].type == CLAIM and _names_claim(one[1])]
    known = _is_known(found.type, hints)
    others = [one for one in named if one not in claims and (not known or _selects(*one))]
    if hands_on or any(each.flow in _HANDED_ON for each in hints.refers.get(found.type, ())):
        return named
    is_sent = bool(others) and not (known and answers_for(found)) and sends(found)
    return [*claims, *others] if is_sent else claims


def _selects(other: ManifestObject, where: Cursor) -> bool:
    """Whether labels select the pods of an object, and no namespace of them."""
    is_space = any(_SPACE in str(key).lower() for key in where.path)
    return other.type != CLAIM and isinstance(where.data, Mapping) and not is_space


def _onward(found: ManifestObject, objects: Objects) -> Iterator[NamedObject]:
    """What an object names by keys that are called as a kind of its own group (``repository``, ``outputRefs``)."""
    for written in _each_below(found.get("spec"), 0):
        stem = str(written.path[-1]).lower()
        for ending in _REFERRING:
            stem = stem.removesuffix(ending)
        for called, kind in objects.kinds_of(found.type.partition(".")[2]):
            if stem.endswith(called) and kind != found.type:
                space = written.text(_SPACE) or found.namespace
                items = (written, *written.items())
                for each in (*items, *(item.at("name") for item in items)):
                    for other in objects.find(found, kind, each.text(), space):
                        yield other, each


def _each_below(written: Cursor, depth: int) -> Iterator[Cursor]:
    for each in (*written.items(), *(inner for _, inner in written.entries())):
        yield each
        if depth < _DEEPEST:
            yield from _each_below(each, depth + 1)


def _names_claim(written: Cursor) -> bool:
    keys = [str(key).lower() for key in written.path[-3:]]
    return any(part in key for key in keys for part in _CLAIMS)


def _named(
    found: ManifestObject, written: Cursor, objects: Objects, depth: int
) -> Iterator[NamedObject]:
    if depth >= _DEEPEST:
        return
    for each in written.items():
        yield from _named(found, each, objects, depth + 1)
    space = written.text(_SPACE) or found.namespace
    if kind := written.text("kind"):
        whole = type_of(written.text("apiVersion"), kind)
        for other in objects.find(found, whole, written.text("name"), space):
            if other is not found:
                yield other, written.at("name")
    for key, inner in written.entries():
        if key not in _NEVER:
            yield from _by_key(found, str(key).lower(), inner, objects, space)
            if not (_names_labels(inner) and _is_labels(inner)):
                yield from _named(found, inner, objects, depth + 1)


def _by_key(
    found: ManifestObject, key: str, inner: Cursor, objects: Objects, space: str
) -> Iterator[NamedObject]:
    if any(part in key for part in _CLAIMS):
        yield from _claims(found, inner, objects, space)
    elif key in _SPACES:
        for name in inner.items():
            yield from _in_namespace(found, name, objects)
    elif _names_labels(inner) and _is_labels(inner):
        yield from _labelled(found, inner, objects)


def _claims(
    found: ManifestObject, written: Cursor, objects: Objects, space: str
) -> Iterator[NamedObject]:
    for each in (written, *written.items(), written.at("name"), written.at("claimName")):
        if isinstance(each.data, str):
            for other in objects.find(found, CLAIM, each.data, space):
                yield other, each


def _names_labels(written: Cursor) -> bool:
    return ".".join(map(str, written.path[-2:])).lower().endswith(_LABELS)


def _is_labels(written: Cursor) -> bool:
    data = written.mapping()
    return (
        bool(data)
        and "kind" not in data
        and not any(isinstance(each, (dict, list)) for each in data.values())
    )


def _labelled(
    found: ManifestObject, written: Cursor, objects: Objects
) -> Iterator[NamedObject]:
    """What has such labels: namespaces where a key above says so, else pods and claims of its own namespace."""
    labels = written.mapping()
    if any(_SPACE in str(key).lower() for key in written.path[len(found.at) :]):
        names = [str(labels[_OWN_NAME])] if set(labels) == {_OWN_NAME} else []
        spaces = objects.of_type("Namespace")
        for name in names or [each.name for each in spaces if _has(each, labels)]:
            yield from _of_space(found, name, written, objects)
        return
    for other in nearest(found, list(objects.selected(found, labels))):
        yield other, written
    for other in _near(found, objects.of_type(CLAIM)):
        if other.namespace in (found.namespace, "") and _has(other, labels):
            yield other, written


def _has(found: ManifestObject, labels: Mapping[str, object]) -> bool:
    own = {_OWN_NAME: found.name, **found.get().mapping("metadata", "labels")}
    return all(str(own.get(key)) == str(text) for key, text in labels.items())


def _in_namespace(
    found: ManifestObject, name: Cursor, objects: Objects
) -> Iterator[NamedObject]:
    if text := name.text() or name.text(_SPACE):
        yield from _of_space(found, text, name, objects)


def _of_space(
    found: ManifestObject, space: str, where: Cursor, objects: Objects
) -> Iterator[NamedObject]:
    """What holds data in a namespace, and what the namespace declares itself."""
    for other in _near(found, objects.by_name.get(("Namespace", space), ())):
        yield other, where
    for kind in sorted(_KINDS):
        for other in _near(found, objects.of_type(kind)):
            if other.namespace == space:
                yield other, where


def _near(found: ManifestObject, among: Sequence[ManifestObject]) -> Iterator[ManifestObject]:
    return (
        each for each in among if found.scope is None or each.scope in (found.scope, None)
    )
