"""A HelmChart of K3s: its chart, with the values that it gives.

Source: K3s, "Helm" (https://docs.k3s.io/helm).
"""

from __future__ import annotations

import posixpath

from sovlint.documents.tree import Node, entries, get, text
from sovlint.frontends.cluster.charts.merge import set_path
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.kubernetes.charts.releases import (
    DeployedChart,
    Release,
    laid_values,
    release_with,
)
from sovlint.frontends.kubernetes.deployers.neighbours import Neighbours, inner_values


def k3s(each: ManifestObject, spec: Node, beside: Neighbours) -> Release:
    """What a HelmChart installs."""
    values = laid_values(spec, inner_values(get(spec, "valuesContent"), each.file, beside))
    for path, node in entries(get(spec, "set")).items():
        values = set_path(values, path, text(node), node.where)
    written, repository = text(get(spec, "chart")), text(get(spec, "repo"))
    name = posixpath.basename(written)
    chart = DeployedChart(values, None, name, repository or written, (), each.name)
    return release_with(beside.trees, [chart], (name,), text(get(spec, "targetNamespace")))
