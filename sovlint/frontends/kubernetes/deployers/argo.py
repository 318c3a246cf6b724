"""Applications of Argo CD, and sets of these: their charts, with the values that they give.

Source: Argo CD, "Helm" (https://argo-cd.readthedocs.io/en/stable/user-guide/helm/).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from sovlint.documents.tree import Node, get, is_true, items, text
from sovlint.frontends.cluster.charts.merge import set_path
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.kubernetes.charts.releases import (
    DeployedChart,
    Release,
    laid_values,
    release_with,
)
from sovlint.frontends.kubernetes.deployers.applications import applications
from sovlint.frontends.kubernetes.deployers.neighbours import (
    Neighbours,
    inner_values,
    local_chart,
    unread_value,
    value_files,
)


def argo(each: ManifestObject, spec: Node | None, beside: Neighbours) -> Release:
    """What an Application installs."""
    charts = list(_argo_charts(spec, each.name, each, beside))
    return release_with(
        beside.trees,
        charts,
        _names_of(charts, each),
        text(get(spec, "destination", "namespace")),
    )


def _names_of(charts: Iterable[DeployedChart], each: ManifestObject) -> Iterator[str]:
    """What charts and their releases are called, but for what they are called after the object."""
    for chart in charts:
        yield chart.called if chart.called != each.name else ""
        yield chart.name


def _argo_charts(
    spec: Node | None, application: str, each: ManifestObject, beside: Neighbours
) -> Iterator[DeployedChart]:
    """The charts of an application."""
    single = get(spec, "source")
    for source in (*items(get(spec, "sources")), *([] if single is None else [single])):
        helm, path, name = (
            get(source, "helm"),
            text(get(source, "path")),
            text(get(source, "chart")),
        )
        folder = None if name else local_chart(beside.trees, path)
        unread = len(beside.unread)
        files = value_files(beside, path, helm, "valueFiles")
        values = laid_values(
            source,
            inner_values(get(helm, "values"), each.file, beside),
            get(helm, "valuesObject"),
        )
        for entry in items(get(helm, "parameters")):
            said = get(entry, "value")
            if said is not None:
                as_text = is_true(entry, "forceString")
                values = set_path(
                    values, text(get(entry, "name")), text(said), said.where, as_text
                )
        for entry in items(get(helm, "fileParameters")):
            held = unread_value(entry)
            values = set_path(values, text(get(entry, "name")), held, entry.where)
        name = name or posixpath.basename(folder or "")
        called = text(get(helm, "releaseName"))
        repository = text(get(source, "repoURL"))
        namespace = text(get(spec, "destination", "namespace"))
        yield DeployedChart(
            values,
            folder,
            name,
            repository,
            files,
            called or application,
            next(iter(beside.unread[unread:]), None),
            namespace,
        )


def _destinations(made: Node | None) -> frozenset[tuple[str, str]]:
    """Where an application goes."""
    at = get(made, "spec", "destination")
    return frozenset({(text(get(at, "server")), text(get(at, "name")))})


def argo_set(each: ManifestObject, spec: Node, beside: Neighbours) -> Release:
    """The charts of each application that its generators make; each once, where several are the same."""
    charts: dict[tuple[str, str, str | None, str, str], DeployedChart] = {}
    for made in applications(each, beside.parameters):
        name = text(get(made, "metadata", "name")) or each.name
        for chart in _argo_charts(get(made, "spec"), name, each, beside):
            said = repr((chart.files, chart.values))
            key = (chart.namespace, chart.called, chart.folder, chart.name, said)
            before = charts.get(key, chart).destinations
            charts[key] = replace(chart, destinations=before | _destinations(made))
    namespaces = {chart.namespace for chart in charts.values()}
    common = namespaces.pop() if len(namespaces) == 1 else ""
    found = list(charts.values())
    return release_with(beside.trees, found, _names_of(found, each), common)
