"""Charts that a kustomization has Helm render (``helmCharts``)."""

from __future__ import annotations

from sovlint.documents.tree import Node, get, text
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.kubernetes.charts.releases import (
    DeployedChart,
    Release,
    laid_values,
    release_with,
)
from sovlint.frontends.kubernetes.deployers.neighbours import Neighbours, local_chart


def kustomize(each: ManifestObject, spec: Node, beside: Neighbours) -> Release:
    """What an entry of ``helmCharts`` installs."""
    name, folder = (
        text(get(spec, "chart")),
        local_chart(beside.trees, text(get(spec, "path"))),
    )
    values = get(spec, "values") or laid_values(spec)
    chart = DeployedChart(values, folder, name, text(get(spec, "repo")), (), each.name)
    return release_with(beside.trees, [chart], (name,), "")
