"""Volumes of pods that the values of a chart describe: entries of ``extraVolumes`` and the like, and ``volumeSpec``.

They are told by what they hold: a source of a pod's volume (Kubernetes API, ``Volume``) that isn't on the node. What is
under ``enabled: false`` is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from sovlint.documents.cursor import Cursor
from sovlint.documents.tree import Node, get, text, to_document
from sovlint.frontends.cluster.charts.values import is_open, maps
from sovlint.frontends.cluster.kinds import KINDS
from sovlint.frontends.kubernetes.volumes import Described, keeps, linked, numbered
from sovlint.model.resources.resource import Resource
from sovlint.model.resources.sent import Sent
from sovlint.model.source import Located, Span
from sovlint.rules.hints import ClusterHints

_LISTED = re.compile(r"volumes$", re.IGNORECASE)
"""What lists of volumes are called by convention."""
_ALONE = "volumeSpec"
"""A volume without its name, which is that of the mapping around it."""


def with_volumes(
    resource: Resource, values: Sequence[Node], hints: ClusterHints
) -> Iterator[Resource]:
    """What installs a chart, linked to a resource for each volume that its values describe; then these.

    What was told of the address of such a volume by a rule on keys is told by the volume.
    """
    found = numbered(each for tree in values for each in _described(tree, hints))
    if not found:
        yield resource
        return
    sends = tuple(each for each in resource.sends if not _is_in(each, found))
    yield from linked(replace(resource, sends=sends), found)


def _described(values: Node, hints: ClusterHints) -> Iterator[Described]:
    for path, node, off in maps(values):
        key = path[-1] if path else ""
        alone = key == _ALONE and len(path) > 1
        name = path[-2] if alone else text(get(node, "name"))
        if off or not name or not (alone or _LISTED.search(key)):
            continue
        if not KINDS.sources_elsewhere.intersection(node.value):
            continue
        written = Cursor.of(to_document(node))
        if keeps(written, hints):
            yield Described(name if not is_open(name) else "*", written, _span(node))


def _span(node: Node) -> Span:
    start, end = node.where, node.end
    return (
        Span(start.path, start.line, start.column, end.end_line, end.end_column)
        if end.path == start.path
        else start
    )


def _is_in(sent: Sent, volumes: Iterable[Described]) -> bool:
    return any(_holds(each.where, sent.where) for each in volumes)


def _holds(outer: Located, inner: Located) -> bool:
    around, at = outer.span(), inner.span()
    starts = (around.line, around.column) <= (at.line, at.column)
    return (
        around.path == at.path
        and starts
        and (at.line, at.column) <= (around.end_line, around.end_column)
    )
