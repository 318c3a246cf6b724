"""A HelmRelease of Flux: its chart, with the values that it gives.

Source: Flux, "Helm Releases" (https://fluxcd.io/flux/components/helm/helmreleases/).
"""

from __future__ import annotations

import posixpath

from sovlint.documents.attributes import Evaluated
from sovlint.documents.tree import Node, from_document, get, items, text
from sovlint.frontends.cluster.charts.merge import set_path
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.kubernetes.charts.releases import (
    DeployedChart,
    Release,
    laid_values,
    release_with,
)
from sovlint.frontends.kubernetes.deployers.held_values import (
    HOLDERS,
    held_text,
    held_values,
)
from sovlint.frontends.kubernetes.deployers.neighbours import (
    Neighbours,
    local_chart,
    unread_value,
    value_files,
)

_SOURCES = "source.toolkit.fluxcd.io"
_WITH_FOLDERS = ("GitRepository", "Bucket")
"""Sources of Flux in which a chart is a folder; in others it is known by its name."""
_DEFAULT_KEY = "values.yaml"


def flux(each: ManifestObject, spec: Node, beside: Neighbours) -> Release:
    """What a HelmRelease installs."""
    values = laid_values(spec)
    unread = len(beside.unread)
    for entry in items(get(spec, "valuesFrom")):
        values = _with_reference(values, entry, each, beside)
    written, repository = _flux_chart(each, spec, beside)
    source = text(get(spec, "chart", "spec", "sourceRef", "kind"))
    is_path = source in _WITH_FOLDERS or "/" in written or written.startswith(".")
    folder = local_chart(beside.trees, written) if is_path else None
    files = value_files(beside, "", get(spec, "chart", "spec"), "valuesFiles")
    name = posixpath.basename(written.rstrip("/"))
    namespace = text(get(spec, "targetNamespace"))
    called = text(get(spec, "releaseName"))
    chart = DeployedChart(
        laid_values(spec, values, get(spec, "values")),
        folder,
        name,
        repository,
        files,
        called or "-".join(filter(None, (namespace, each.name))),
        next(iter(beside.unread[unread:]), None),
    )
    return release_with(beside.trees, [chart], (called, name), namespace)


def _flux_chart(each: ManifestObject, spec: Node, beside: Neighbours) -> tuple[str, str]:
    """Name (or path) and repository of the chart."""
    inner = get(spec, "chart", "spec")
    reference = get(inner, "sourceRef") or get(spec, "chartRef")
    kind, name = text(get(reference, "kind")), text(get(reference, "name"))
    namespace = text(get(reference, "namespace")) or each.namespace
    source = (
        beside.find(each, f"{kind}.{_SOURCES}", namespace, name) if kind and name else None
    )
    url = (
        text(get(from_document(source.document, source.at), "spec", "url")) if source else ""
    )
    chart = text(get(inner, "chart"))
    return (chart, url) if chart else (posixpath.basename(url.rstrip("/")), url)


def _with_reference(
    values: Node, entry: Node, each: ManifestObject, beside: Neighbours
) -> Node:
    """Values with those that a config map or secret holds. One value of what isn't here, or is encrypted, isn't known; it
    is surely laid over what the chart says."""
    name, kind = text(get(entry, "name")), text(get(entry, "kind"))
    holder = (
        beside.find(each, kind, each.namespace, name) if kind in HOLDERS and name else None
    )
    key = text(get(entry, "valuesKey")) or _DEFAULT_KEY
    target = text(get(entry, "targetPath"))
    written = None if holder is None else held_text(holder, key)
    if holder is None or isinstance(getattr(written, "value", None), Evaluated):
        beside.unread.append(entry)
        return (
            set_path(values, target, unread_value(entry), entry.where) if target else values
        )
    if written is None:
        return values
    if target:
        return set_path(values, target, text(written), written.where)
    return laid_values(values, values, held_values(holder, written, beside))
