"""A HelmChart of K3s: its chart, with the values that it and its HelmChartConfig give.

Source: K3s, "Helm" (https://docs.k3s.io/add-ons/helm). Values of secrets win over those that are written, those of a
HelmChartConfig over both, and what is set one by one over all.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from typing import Final

from sovlint.documents.attributes import Evaluated
from sovlint.documents.tree import Node, entries, from_document, get, items, text
from sovlint.frontends.cluster.charts.merge import set_path
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.cluster.pods import keys_of
from sovlint.frontends.kubernetes.charts.chart_trees import Trees
from sovlint.frontends.kubernetes.charts.releases import (
    DeployedChart,
    Release,
    laid_values,
    release_with,
)
from sovlint.frontends.kubernetes.deployers.held_values import (
    SECRET,
    held_text,
    held_values,
)
from sovlint.frontends.kubernetes.deployers.kinds import K3S_CONFIG
from sovlint.frontends.kubernetes.deployers.neighbours import Neighbours, inner_values

_OWN: Final = re.compile(r".*/static/charts/(?P<name>[\w.-]+?)(?:-\d[\w.+-]*)?\.tgz")
"""The archive of a chart that somebody laid down on the server."""


def k3s(each: ManifestObject, spec: Node, beside: Neighbours) -> Release:
    """What a HelmChart installs."""
    unread = len(beside.unread)
    values = _given(spec, each, beside)
    config = beside.find(each, K3S_CONFIG, each.namespace, each.name)
    if config is not None:
        over = get(from_document(config.document, config.at), "spec")
        values = laid_values(
            spec, values, None if over is None else _given(over, config, beside)
        )
    for path, node in entries(get(spec, "set")).items():
        values = set_path(values, path, text(node), node.where)
    written, repository = text(get(spec, "chart")), text(get(spec, "repo"))
    folder = _here(beside.trees, written)
    name = posixpath.basename(folder or written)
    chart = DeployedChart(
        values,
        folder,
        name,
        repository or written,
        (),
        each.name,
        next(iter(beside.unread[unread:]), None),
    )
    return release_with(beside.trees, [chart], (name,), text(get(spec, "targetNamespace")))


def _given(spec: Node, by: ManifestObject, beside: Neighbours) -> Node:
    """The values that one object gives: those that are written, then those of secrets."""
    values = laid_values(spec, inner_values(get(spec, "valuesContent"), by.file, beside))
    for entry in items(get(spec, "valuesSecrets")):
        holder = beside.find(by, SECRET, by.namespace, text(get(entry, "name")))
        keys = [text(key) for key in items(get(entry, "keys"))]
        found = (
            [] if holder is None else _held(holder, keys or sorted(keys_of(holder)), beside)
        )
        if holder is None or None in found:
            beside.unread.append(entry)
        values = laid_values(spec, values, *found)
    return values


def _held(
    holder: ManifestObject, keys: Sequence[str], beside: Neighbours
) -> list[Node | None]:
    """The values under each key; ``None`` where they aren't known."""
    written = [held_text(holder, key) for key in keys]
    return [
        None
        if each is None or isinstance(each.value, Evaluated)
        else held_values(holder, each, beside)
        for each in written
    ]


def _here(trees: Trees, written: str) -> str | None:
    """The folder of a chart that is laid down on the server, if this repository has one of that name alone."""
    found = _OWN.fullmatch(written)
    if found is None:
        return None
    named = [
        folder
        for folder, files in trees.found.items()
        if text(get(trees.tree(files.chart), "name")) == found["name"]
    ]
    return named[0] if len(named) == 1 else None
