"""Custom resources that say whom they serve: what they name or select goes along to where they send it.

By field, whatever their kind: claims, objects by kind and name, labels, namespaces. Of a kind that the catalogue knows,
only claims count, since its rules say the rest; and where nothing shows that data is sent, only claims do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from sovlint.documents.cursor import Cursor
from sovlint.frontends.cluster.bound_volumes import CLAIM
from sovlint.frontends.cluster.kinds import KINDS, type_of
from sovlint.frontends.cluster.object_index import Objects, address_of, nearest
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.model.resources.sent import Link
from sovlint.rules.hints import Hints

_CLAIMS: Final = ("pvc", "persistentvolumeclaim", "claimname", "claimref", "volumeclaim")
"""What is in keys that name claims, in lower case."""
_LABELS: Final = ("matchlabels", "selector")
"""How keys of labels end."""
_SPACE: Final = "namespace"
_SPACES: Final = frozenset({"namespaces", "includednamespaces", "matchnames", "scopes"})
_NEVER: Final = frozenset({
    "template", "affinity", "topologySpreadConstraints", "nodeSelector", "values", "podTemplate",
})  # fmt: skip
"""Below these, something else is described, or where pods run."""
_KINDS: Final = frozenset({CLAIM, "Pod", *KINDS.pod_templates})
_DEEPEST: Final = 8

Named = tuple[ManifestObject, Cursor]
"""What is served, and where it is named."""


def served(
    objects: Objects, hints: Hints, sends: Callable[[ManifestObject], bool]
) -> dict[int, list[Link]]:
    """The links of objects to what serves them, by the number of the object in memory. ``sends``: whether something shows
    that a custom resource sends data."""
    met: dict[int, list[Link]] = {}
    for (kind, _), several in objects.by_name.items():
        if "." not in kind or kind in hints.copies or kind in hints.pods:
            continue
        unknown = kind not in hints.ruled and kind not in hints.no_settings
        for each in several:
            named = list(_named(each, each.get("spec"), objects, 0))
            claims = [one for one in named if one[0].type == CLAIM and _names_claim(one[1])]
            counted = (
                named if unknown and len(named) > len(claims) and sends(each) else claims
            )
            for other, where in counted:
                link = Link(
                    "backup" if other.type == CLAIM else "export",
                    address_of(each, other),
                    where.where,
                )
                met.setdefault(id(other), []).append(link)
    return met


def _names_claim(written: Cursor) -> bool:
    keys = [str(key).lower() for key in written.path[-3:]]
    return any(part in key for key in keys for part in _CLAIMS)


def _named(
    found: ManifestObject, written: Cursor, objects: Objects, depth: int
) -> Iterator[Named]:
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
            if not _is_labels(inner):
                yield from _named(found, inner, objects, depth + 1)


def _by_key(
    found: ManifestObject, key: str, inner: Cursor, objects: Objects, space: str
) -> Iterator[Named]:
    if any(part in key for part in _CLAIMS):
        yield from _claims(found, inner, objects, space)
    elif key in _SPACES:
        for name in inner.items():
            yield from _in_namespace(found, name, objects)
    elif key.endswith(_LABELS) and _is_labels(inner):
        yield from _labelled(found, inner, objects)


def _claims(
    found: ManifestObject, written: Cursor, objects: Objects, space: str
) -> Iterator[Named]:
    for each in (written, *written.items(), written.at("name"), written.at("claimName")):
        if isinstance(each.data, str):
            for other in objects.find(found, CLAIM, each.data, space):
                yield other, each


def _is_labels(written: Cursor) -> bool:
    data = written.mapping()
    return (
        bool(data)
        and "kind" not in data
        and not any(isinstance(each, (dict, list)) for each in data.values())
    )


def _labelled(found: ManifestObject, written: Cursor, objects: Objects) -> Iterator[Named]:
    """What has such labels: namespaces where a key above says so, else pods and claims of its own namespace."""
    labels = written.mapping()
    if any(_SPACE in str(key).lower() for key in written.path[len(found.at) :]):
        for space in objects.of_type("Namespace"):
            if _has(space, labels):
                yield from _of_space(found, space.name, written, objects)
        return
    for other in nearest(found, list(objects.selected(found, labels))):
        yield other, written
    for other in _near(found, objects.of_type(CLAIM)):
        if other.namespace in (found.namespace, "") and _has(other, labels):
            yield other, written


def _has(found: ManifestObject, labels: Mapping[str, object]) -> bool:
    own = found.get().mapping("metadata", "labels")
    return all(str(own.get(key)) == str(text) for key, text in labels.items())


def _in_namespace(found: ManifestObject, name: Cursor, objects: Objects) -> Iterator[Named]:
    if text := name.text() or name.text(_SPACE):
        yield from _of_space(found, text, name, objects)


def _of_space(
    found: ManifestObject, space: str, where: Cursor, objects: Objects
) -> Iterator[Named]:
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
