"""A template as a tree -> the same tree with what its functions give in their place, known or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from sovlint.documents.tree import Node, get, is_list, is_map
from sovlint.expressions.environment import Env
from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.lifting import because, hop
from sovlint.expressions.nodes import Traversal
from sovlint.expressions.operators import truth_of
from sovlint.expressions.texts import text_of
from sovlint.expressions.values import part_of
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Because, Known, Step, Unknown, Value, either
from sovlint.rules.keys import KeyPath
from sovlint.settings.stacks.calls import CHOICE, CONDITION, MAPPINGS, called, expression
from sovlint.settings.stacks.names import Exports, Stack

_OWN: Final = frozenset({"Parameters", MAPPINGS, "Conditions", "Rules", "Metadata"})
"""Sections that functions of others lead to, or that say nothing of what is deployed."""

_WRITTEN: Final = "settings.written"

NOTHING_KNOWN: Final[Mapping[str, str]] = {}
NOTHING_EXPORTED: Final[Exports] = {}

MAX_NODES: Final = 200_000
"""Of a template whose functions give more, the rest stays as it is written."""


def filled(
    tree: Node,
    answers: frozenset[str] = frozenset(),
    known: Mapping[str, str] = NOTHING_KNOWN,
    within: KeyPath = (),
    exports: Exports = NOTHING_EXPORTED,
) -> Node:
    """A template with what its functions give. ``answers``: attributes at which a thing answers itself; ``known``: what
    names are that nobody declares; ``within``: the key of the file at which the template stands, or several do;
    ``exports``: what other templates export."""
    if not is_map(tree):
        return tree
    filling = _Filling(Env(Stack(tuple(_templates(tree, within)), answers, known, exports)))
    try:
        sections = {
            key: item if key in _OWN else filling.node(item)
            for key, item in tree.value.items()
        }
    except RecursionError:
        return tree
    return Node(sections, tree.where, tree.end, tree.tag)


def _templates(tree: Node, within: KeyPath) -> Iterator[tuple[KeyPath, Node]]:
    """The templates of a file, with the keys that lead to each."""
    found = get(tree, *within)
    if found is not None and is_list(found):
        yield from (((*within, str(place)), each) for place, each in enumerate(found.value))
    elif found is not None:
        yield within, found


class _Filling(Struct, eq=False):
    _env: Env
    _left: int = MAX_NODES

    def node(self, node: Node) -> Node:
        """A node, and all that is in it."""
        call = called(node)
        if call is not None:
            return self._given(node, *call)
        if is_map(node):
            made = {key: self.node(item) for key, item in node.value.items()}
            return Node(made, node.where, node.end)
        if is_list(node):
            return Node([self.node(item) for item in node.value], node.where, node.end)
        return node

    def _given(self, node: Node, name: str, argument: Node) -> Node:
        """What a function gives; of a choice between things that hold others, each of these where it is written."""
        if name == CHOICE and is_list(argument) and len(argument.value) == 3:
            return self._chosen(*argument.value)
        return self._made(evaluate(expression(node), self._env), node.where, node.end)

    def _chosen(self, condition: Node, yes: Node, no: Node) -> Node:
        test = evaluate(Traversal(CONDITION, (text_of(condition.value) or "",)), self._env)
        if isinstance(test, Unknown):
            return _either([self.node(yes), self.node(no)], test)
        chosen = self.node(yes if truth_of(test.value) else no)
        return chosen if test.because is None else _led(chosen, test.because)

    def _made(self, value: Value, where: Span, end: Span) -> Node:
        """A value, all of it where it is used."""
        self._left -= 1
        members = (
            [each.value for each in value.among or ()] if isinstance(value, Unknown) else []
        )
        if isinstance(value, Unknown) and any(
            isinstance(each, (dict, tuple)) for each in members
        ):
            return _either(
                [self._made(part_of(Known(each), value), where, end) for each in members],
                value,
            )
        inner = value.value if isinstance(value, Known) else None
        if isinstance(inner, (dict, tuple)) and self._left > 0:
            return self._collection(inner, value, where, end)
        if isinstance(value, Known) and value.value is None:
            return Node(None, where, end)
        return Node(hop(value, where, Note(_WRITTEN)), where, end)

    def _collection(
        self,
        inner: dict[str, Value] | tuple[Value, ...],
        value: Value,
        where: Span,
        end: Span,
    ) -> Node:
        if isinstance(inner, dict):
            entries = {
                key: self._made(part_of(item, value), where, end)
                for key, item in inner.items()
            }
            return Node(entries, where, end)
        return Node(
            [self._made(part_of(item, value), where, end) for item in inner], where, end
        )


def _led(node: Node, cause: Because) -> Node:
    """A scalar that a condition led to; what holds others is as it is written."""
    if isinstance(node.value, (dict, list)) or node.value is None:
        return node
    return Node(because(_scalar(node), cause), node.where, node.end)


def _either(nodes: Sequence[Node], why: Unknown) -> Node:
    """One of several, not known which: a map has the entries of all, a list what is in any, a scalar is one of them."""
    there = [node for node in nodes if node.value is not None]
    if not there:
        return nodes[0]
    first = there[0]
    if all(map(is_map, there)):
        absent = Node(None, first.where)
        keys = dict.fromkeys(key for node in there for key in node.value)
        entries = {
            key: _either([(node.value or {}).get(key, absent) for node in nodes], why)
            for key in keys
        }
        return Node(entries, first.where, first.end)
    if any(isinstance(node.value, (dict, list)) for node in there):
        items = [item for node in there for item in (node.value if is_list(node) else [node])]
        return Node(items, first.where, first.end)
    return Node(either([_scalar(node) for node in nodes], why), first.where, first.end)


def _scalar(node: Node) -> Value:
    """What a scalar says, with where it stands."""
    inner = node.value
    if isinstance(inner, (Known, Unknown)):
        return inner
    return Known(None if inner is None else text_of(inner), Step(node.where, Note(_WRITTEN)))
