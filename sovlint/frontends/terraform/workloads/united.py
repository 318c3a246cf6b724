"""Trees of which one counts, not known which: one tree that says what each may."""

from __future__ import annotations

from collections.abc import Sequence

from sovlint.documents.attributes import Evaluated
from sovlint.documents.tree import (
    Node,
    OpenNode,
    PerhapsNode,
    is_list,
    is_map,
    plain,
    text_of,
)
from sovlint.expressions.lifting import plainly_unknown
from sovlint.model.value import Known, Unknown, Value, either


def united(nodes: Sequence[Node], why: Unknown) -> Node:
    """One of ``nodes``: a map has the entries of all, a list what is in any; a text is one of those that there are."""
    there = [node for node in nodes if node.value is not None]
    if not there or len(nodes) == 1:
        return nodes[0]
    if all(map(is_map, there)):
        absent = Node(None, there[0].where)
        keys = dict.fromkeys(key for node in there for key in node.value)
        entries = {
            key: united([(node.value or {}).get(key, absent) for node in nodes], why)
            for key in keys
        }
        return OpenNode(entries, there[0].where, plainly_unknown(why))
    if all(map(is_list, there)):
        return _listed(nodes, there, why)
    if any(isinstance(node.value, (dict, list)) for node in there):
        return Node([perhaps(node, why) for node in there], there[0].where)
    return Node(Evaluated.of(either([_scalar(node) for node in nodes], why)), there[0].where)


def _listed(nodes: Sequence[Node], there: Sequence[Node], why: Unknown) -> Node:
    """What is in any of several lists; what isn't in all of them may not be there."""
    items: list[Node] = []
    held = [{repr(plain(item)) for item in node.value or ()} for node in nodes]
    met: set[str] = set()
    for node in there:
        for item in node.value:
            shown = repr(plain(item))
            if shown not in met:
                met.add(shown)
                items.append(
                    item if all(shown in each for each in held) else perhaps(item, why)
                )
    return Node(items, there[0].where)


def perhaps(node: Node, why: Unknown) -> Node:
    """The same tree, which may not be there."""
    if is_list(node):
        return Node([perhaps(item, why) for item in node.value], node.where, node.end)
    if not is_map(node):
        return node
    inner = {key: perhaps(item, why) for key, item in node.value.items()}
    given = node.open if isinstance(node, OpenNode) else None
    return PerhapsNode(OpenNode(inner, node.where, given), plainly_unknown(why))


def _scalar(node: Node) -> Value:
    inner = node.value
    if isinstance(inner, Evaluated):
        return inner.given
    return Known(None if inner is None else text_of(inner))
