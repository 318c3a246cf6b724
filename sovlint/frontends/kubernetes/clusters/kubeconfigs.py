"""Kubeconfig files: the API servers that they name. Nothing else in them is read: they hold credentials."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname
from typing import Any

from sovlint.documents import Document
from sovlint.documents.attributes import text_value
from sovlint.frontends.cluster.objects import WRITTEN
from sovlint.model.landing import Evidence, Level
from sovlint.model.text import Note

Served = tuple[str, str, Evidence]
"""The folder of a kubeconfig, what it calls a cluster, and the address of that."""


def servers(document: Document, path: str) -> Iterator[Served]:
    """What a kubeconfig says of the cluster of its current context; without one, of each cluster. Nothing, if it is
    none."""
    data = document.data
    if not isinstance(data, dict) or data.get("kind") != "Config" or not isinstance(data.get("clusters"), list):
        return
    chosen = _current(data)
    for index, entry in enumerate(data["clusters"]):
        cluster = entry.get("cluster") if isinstance(entry, dict) else None
        server = cluster.get("server") if isinstance(cluster, dict) else None
        if isinstance(server, str) and server and chosen in (None, entry.get("name")):
            where = document.span(("clusters", index, "cluster", "server"))
            host = text_value(server, where, WRITTEN)
            seen = Evidence(Level.SERVER, where, Note("kubernetes.shows.kubeconfig"), host=host)
            yield dirname(path), str(entry.get("name", "")), seen


def _current(data: dict[str, Any]) -> object:
    """The name of the cluster of the current context; ``None`` where that isn't told."""
    contexts = data.get("contexts")
    for each in contexts if isinstance(contexts, list) else ():
        if isinstance(each, dict) and each.get("name") == data.get("current-context"):
            context = each.get("context")
            return context.get("cluster") if isinstance(context, dict) else None
    return None
