"""What answers at a host inside a cluster: services, and objects by which a mesh or a gateway leads a name elsewhere.

Those are known by their structure: names in one place, and, below a word for where things lead, a service or a host of
the internet. No kind is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from ipaddress import ip_address
from typing import Final

from msgspec import Struct, field

from sovlint.documents.cursor import Cursor
from sovlint.frontends.addresses import hosts_in
from sovlint.frontends.cluster.links import SERVICE
from sovlint.frontends.cluster.object_index import Objects, nearest, selects
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.rules.domains import is_public

_NAMES: Final = (
    "spec.hosts.*", "spec.host", "spec.hostnames.*", "spec.hostname", "spec.addresses.*", "spec.service",
)  # fmt: skip
"""Where an object says which names it answers for; one that says none, and leads outside, has its own."""
_ROUTED: Final = "spec.parentRefs.*"
"""Where a route says that it is a service's (Gateway API, GAMMA)."""
_LEADING: Final = frozenset({
    "endpoints", "destination", "backends", "backendRefs", "backendRef", "redirect", "failover", "services", "targets",
    "dstOverrides", "upstreams", "upstream", "mirrors", "mirror", "networking", "static",
})  # fmt: skip
"""Keys below which it says where they lead."""
_NEVER: Final = frozenset({"headers", "match", "matches", "tls", "template", "values"})
_ENDS: Final = frozenset({
    "address", "addresses", "host", "hosts", "hostname", "fqdn", "authority", "addr", "service",
})  # fmt: skip
_NAME: Final = "name"
_CHOOSING: Final = ("spec.workloadSelector.labels", "spec.workloadSelector.matchLabels", "spec.workloadSelector",
    "spec.selector")  # fmt: skip
"""Where an object says by labels who answers for its names."""
_DEEPEST: Final = 12


class LeadingElsewhere(Struct):
    """Objects that lead names elsewhere, by the name; those of patterns apart."""

    by_name: dict[str, list[ManifestObject]] = field(default_factory=dict)
    by_pattern: list[tuple[str, ManifestObject]] = field(default_factory=list)
    all: set[ManifestObject] = field(default_factory=set)
    labelled: list[ManifestObject] = field(default_factory=list)
    """Custom resources that stand for a workload elsewhere: an address, and labels by which it is chosen."""


def answering(found: ManifestObject, host: str, objects: Objects) -> Sequence[ManifestObject]:
    """All objects at which a host is answered, as ``found`` would have it."""
    return (*services_of(found, host, objects), *leading(found, host, objects))


def leading(found: ManifestObject, host: str, objects: Objects) -> Sequence[ManifestObject]:
    """The nearest objects that lead a host elsewhere; a host of the internet, only those that lead out of the cluster."""
    index = _index(objects)
    if not index.by_name and not index.by_pattern:
        return ()
    name = _whole(host, found.namespace)
    met = [*index.by_name.get(name, ())]
    known = is_public(host)
    met += [
        each
        for pattern, each in index.by_pattern
        if fnmatchcase(name, pattern) and not (known and pattern.endswith("*"))
    ]
    scopes = (found.scope, None)
    return nearest(
        found,
        [
            each
            for each in met
            if each is not found
            if found.scope is None or each.scope in scopes
            if not known or _leaves(each, objects)
        ],
    )


def leads(found: ManifestObject, objects: Objects) -> bool:
    """Whether an object leads any name elsewhere."""
    return found in _index(objects).all


def answers_for(found: ManifestObject) -> bool:
    """Whether an object says which names it answers for."""
    return any(True for path in _NAMES for _ in found.get().every(path))


def ends_of(found: ManifestObject, index: LeadingElsewhere) -> Iterator[Cursor]:
    """Where an object says that names lead: hosts, addresses, and names of services; of a service, at those workloads
    elsewhere that it chooses."""
    if "." in found.type:
        yield from _below(found.get("spec"), False, 0)
    for each in _chosen(found, index):
        yield from _below(each.get("spec"), True, 0)


def _chosen(found: ManifestObject, index: LeadingElsewhere) -> Iterator[ManifestObject]:
    if not index.labelled or not (found.type == SERVICE or answers_for(found)):
        return
    for wanted in (each.data for path in _CHOOSING for each in found.get().every(path)):
        for each in index.labelled if wanted and isinstance(wanted, dict) else ():
            near = found.scope is None or each.scope in (found.scope, None)
            if (
                near
                and each is not found
                and each.namespace == found.namespace
                and selects(wanted, each.get().mapping("spec", "labels"))
            ):
                yield each


def outside_of(found: ManifestObject, objects: Objects) -> Iterator[Cursor]:
    """Those ends that are hosts of the internet, and no addresses: those are settings, with roles of their own."""
    yield from _outside(found, _index(objects))


def _outside(found: ManifestObject, index: LeadingElsewhere) -> Iterator[Cursor]:
    for each in ends_of(found, index):
        text = each.text()
        if "://" not in text and any(map(_is_outside, hosts_in(text, bare=True))):
            yield each


def inside_of(
    found: ManifestObject, objects: Objects
) -> Iterator[tuple[ManifestObject, Cursor]]:
    """The objects here that its ends are, each with where it is named."""
    for each in ends_of(found, _index(objects)):
        for host in _hosts(each):
            for other in answering(found, host, objects):
                yield other, each


def _hosts(end: Cursor) -> Iterator[str]:
    space = end.parent.text("namespace")
    for host in hosts_in(end.text(), bare=True):
        yield f"{host}.{space}" if space and "." not in host else host


def _leaves(found: ManifestObject, objects: Objects) -> bool:
    """Whether it leads out of the cluster, by a service of another name too."""
    ends = ends_of(found, _index(objects))
    hosts = (host for each in ends for host in _hosts(each))
    return any(outside_of(found, objects)) or any(
        service.get().text("spec", "externalName")
        for host in hosts
        for service in services_of(found, host, objects)
    )


def _index(objects: Objects) -> LeadingElsewhere:
    if objects.leading is None:
        objects.leading = _all(objects)
    index: LeadingElsewhere = objects.leading
    return index


def _all(objects: Objects) -> LeadingElsewhere:
    custom = [
        each
        for (kind, _), several in objects.by_name.items()
        for each in (several if "." in kind else ())
    ]
    index = LeadingElsewhere()
    index.labelled = [
        each for each in custom if each.get().mapping("spec", "labels") and _is_end(each)
    ]
    for each in custom:
        if next(ends_of(each, index), None):
            for name in _names(each, index):
                index.all.add(each)
                if "*" in name:
                    index.by_pattern.append((name, each))
                else:
                    index.by_name.setdefault(name, []).append(each)
    return index


def _is_end(found: ManifestObject) -> bool:
    return any(isinstance(found.get("spec", key).data, str) for key in _ENDS)


def _names(found: ManifestObject, index: LeadingElsewhere) -> Iterator[str]:
    """The names that an object leads, whole; a pattern says something besides its star."""
    written = found.get()
    said = [text for path in _NAMES for each in written.every(path) if (text := each.text())]
    for parent in written.every(_ROUTED):
        if parent.text("kind") == SERVICE:
            said.append(
                f"{parent.text('name')}.{parent.text('namespace') or found.namespace}"
            )
    if not said and any(_outside(found, index)):
        said = [found.name, f"{found.name}.*.*"]
    for text in said:
        if text.strip("*. "):
            yield _whole(text, found.namespace)


def _whole(host: str, namespace: str) -> str:
    """A name as others have it who are elsewhere: ``name.namespace`` of a service."""
    labels = host.rstrip(".").lower().split(".")
    if "svc" in labels[1:]:
        labels = labels[: len(labels) - labels[::-1].index("svc") - 1]
    return f"{labels[0]}.{namespace}" if len(labels) == 1 and namespace else ".".join(labels)


def _below(written: Cursor, leads: bool, depth: int) -> Iterator[Cursor]:
    if depth > _DEEPEST:
        return
    keys = written.data if isinstance(written.data, Mapping) else ()
    for key in keys:
        below, inner = leads or key in _LEADING, written.at(key)
        if key in _NEVER:
            continue
        is_end = (
            key in _ENDS
            or key in _LEADING
            or (key == _NAME and "destination" not in written.path)
        )
        for each in (inner, *inner.items()) if below and is_end else ():
            if isinstance(each.data, str):
                yield each
        yield from _below(inner, below, depth + 1)
    for inner in written.items():
        yield from _below(inner, leads, depth + 1)


def _is_outside(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and is_public(host)


def services_of(
    found: ManifestObject, host: str, objects: Objects
) -> Sequence[ManifestObject]:
    """The services that answer at a host, as the cluster's DNS would tell ("DNS for Services and Pods"): ``name``,
    ``name.namespace``, with ``.svc`` and the domain of the cluster; a pod's own name may stand before that."""
    labels = host.split(".")
    full = "svc" in labels[1:]
    if full:
        labels = labels[: len(labels) - labels[::-1].index("svc") - 1]
    for name, namespace in _readings(labels, full):
        met = objects.find(found, SERVICE, name, namespace)
        if (
            namespace is not None
        ):  # one that names no namespace may be applied to any, but isn't surely in this one
            met = [each for each in met if full or each.namespace == namespace]
        if met:
            return met
    return ()


def _readings(labels: Sequence[str], full: bool) -> Iterator[tuple[str, str | None]]:
    """Name and namespace that a host may mean; ``None``: that of whoever asks."""
    if len(labels) == 1:
        yield labels[0], None
    elif len(labels) == 2:
        yield labels[0], labels[1]
        if not full:
            yield labels[1], None
    elif len(labels) == 3:
        yield labels[1], labels[2]
