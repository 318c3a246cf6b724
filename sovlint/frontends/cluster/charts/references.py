"""Texts in values of a chart that are wholly another one of the same values (``{{ .Values.global.host }}``)."""

from __future__ import annotations

from typing import Final

from sovlint.documents.tree import Node, get, is_list, is_map
from sovlint.frontends.cluster.charts.values import MAX_DEPTH, walk
from sovlint.model.decoding import late_pattern
from sovlint.model.resources.sent import Sent
from sovlint.model.value import known_of
from sovlint.rules.repeats import first_of_each

_REFERENCE: Final = late_pattern(
    r"\{\{-?\s*(?:tpl\s+)?\$?\.Values\.([\w-]+(?:\.[\w-]+)*)(?:\s+[$.])?\s*-?\}\}"
)
"""Helm's documentation, "The tpl function" and "Values Files"."""


def with_referred(values: Node) -> Node:
    """The same values, where each such text is what it refers to, at the line of that."""
    written = (each.node.value for each in walk(values))
    if any(isinstance(text, str) and _REFERENCE.fullmatch(text.strip()) for text in written):
        return _filled(values, (values,))
    return values


def told_once(found: list[Sent]) -> list[Sent]:
    """Without what is told again where others refer to a value: the same address of one line, in one role."""
    return list(
        first_of_each(found, lambda sent: (sent.role, sent.where, repr(known_of(sent.value))))
    )


def _filled(node: Node, around: tuple[Node, ...]) -> Node:
    if len(around) > MAX_DEPTH:
        return node
    if is_map(node):
        held = {key: _filled(item, (*around, item)) for key, item in node.value.items()}
        return Node(held, node.where, node.end, node.tag)
    if is_list(node):
        listed = [_filled(item, (*around, item)) for item in node.value]
        return Node(listed, node.where, node.end, node.tag)
    return _referred(node, around)


def _referred(node: Node, around: tuple[Node, ...]) -> Node:
    """What a text refers to; itself where nothing has that path, or several things have it that differ: a chart reads its
    values from a block of its parent's, too."""
    text = node.value
    met = _REFERENCE.fullmatch(text.strip()) if isinstance(text, str) else None
    if met is None:
        return node
    found = [get(each, *met[1].split(".")) for each in around]
    texts = {each.value: each for each in found if each is not None and _is_plain(each)}
    return next(iter(texts.values())) if len(texts) == 1 else node


def _is_plain(node: Node) -> bool:
    """Whether a value is a text that refers to nothing itself."""
    return isinstance(node.value, str) and bool(node.value) and "{{" not in node.value
