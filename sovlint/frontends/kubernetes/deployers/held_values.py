"""Values that config maps and secrets hold for a release."""

from __future__ import annotations

from sovlint.documents import DocumentError, load
from sovlint.documents.attributes import Evaluated
from sovlint.documents.tree import Node, from_document, get, is_map, made, trees_in
from sovlint.frontends.cluster.made_secrets import NAME
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.cluster.pods import content
from sovlint.frontends.kubernetes.deployers.neighbours import Neighbours
from sovlint.model.value import Unknown

SECRET = "Secret"
HOLDERS = ("ConfigMap", SECRET)
"""Kinds of what holds values."""


def held_text(holder: ManifestObject, key: str) -> Node | None:
    """The text under a key, or why it isn't known; ``None`` where there is none. What a secret holds stands where its
    name does: its lines are never shown."""
    if holder.kind != SECRET:
        return get(from_document(holder.document, holder.at), "data", key)
    value, where = content(holder, key), holder.span(NAME)
    if isinstance(value, Unknown):
        return Node(Evaluated.of(value), where)
    return None if value.value is None else Node(str(value.value), where)


def held_values(holder: ManifestObject, written: Node, beside: Neighbours) -> Node | None:
    """The values that a text of a holder is; ``None``, with a remark, for one that can't be read."""
    try:
        trees = (
            _hidden(written, holder.file.path)
            if holder.kind == SECRET
            else trees_in(written, holder.file)
        )
    except DocumentError:
        beside.harvest.remark(written.where, "kubernetes.charts.inline-unreadable")
        return None
    return trees[0] if trees and is_map(trees[0]) else None


def _hidden(written: Node, path: str) -> list[Node]:
    return [made(each.data, written.where) for each in load(str(written.value), path)]
