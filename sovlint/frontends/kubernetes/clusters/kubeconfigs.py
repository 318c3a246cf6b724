"""Kubeconfig files: the API servers that they name. Nothing else in them is read: they hold credentials."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname

from sovlint.documents import Document
from sovlint.documents.cursor import Cursor
from sovlint.frontends.cluster.objects import WRITTEN
from sovlint.model.landing import Evidence, Level
from sovlint.model.text import Note

Served = tuple[str, str, Evidence]
"""The folder of a kubeconfig, what it calls a cluster, and the address of that."""


def servers(document: Document, path: str) -> Iterator[Served]:
    """What a kubeconfig says of the cluster of its current context; without one, of each cluster. Nothing, if it is
    none."""
    config = Cursor.of(document)
    if config.text("kind") != "Config":
        return
    chosen = _current(config)
    for entry in config.items("clusters"):
        server = entry.at("cluster", "server")
        if server.text() and chosen in (None, entry.data.get("name")):
            note = Note("kubernetes.shows.kubeconfig")
            seen = Evidence(Level.SERVER, server.where, note, host=server.value(WRITTEN))
            yield dirname(path), str(entry.data.get("name", "")), seen


def _current(config: Cursor) -> object:
    """The name of the cluster of the current context; ``None`` where that isn't told."""
    for each in config.mappings("contexts"):
        if each.data.get("name") == config.data.get("current-context"):
            return each.at("context", "cluster").data
    return None
