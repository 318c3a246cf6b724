"""Statements of a shell that hold others: which of their parts run in turn, and which instead of each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from sovlint.frontends.shell.language.syntax import ShellSyntax

if TYPE_CHECKING:
    from tree_sitter import Node

_CLAUSES: Final = ("elif_clause", "else_clause")
_BROKEN: Final = "ERROR"
_PARTS: Final = frozenset({
    "concatenation", "string", "command_name", "file_redirect", "heredoc_redirect", "expansion", "command",
})  # fmt: skip
_WHOLE: Final = frozenset({"command", "redirected_statement", "variable_assignment"})
_NO_STATEMENTS: Final = frozenset({"comment"})


def arms(node: Node) -> list[list[Node]]:
    """The parts of an ``if``: its condition first, then what may run."""
    found: list[list[Node]] = [[]]
    for child in node.children:
        if child.type == "then":
            found.append([])
        elif child.type in _CLAUSES:
            found.append(without_comments(child))
        elif child.is_named and child.type not in _NO_STATEMENTS:
            found[-1].append(child)
    return found


def items_of(node: Node) -> list[list[Node]]:
    """What stands behind the patterns of each arm of a ``case``."""
    return [
        list(_behind(child)) for child in node.named_children if child.type == "case_item"
    ]


def _behind(item: Node) -> Iterator[Node]:
    is_open = False
    for child in item.children:
        if is_open and child.is_named:
            yield child
        is_open = is_open or child.type == ")"


def in_order(node: Node) -> Sequence[tuple[str, Node]]:
    """The commands of ``a && b || c`` and the sign before each; lists begin with lists, thousands deep."""
    found: list[tuple[str, Node]] = []
    while node.type == "list":
        left, right = node.named_children[0], node.named_children[-1]
        sign = next((child.type for child in node.children if not child.is_named), "&&")
        found.append((sign, right))
        node = left
    found.append(("", node))
    found.reverse()
    return found


def loop_parts(node: Node, syntax: ShellSyntax) -> tuple[str, list[Node], list[Node]]:
    """The variable of a loop over a list, the list, and what runs for each of its elements."""
    name = ""
    elements: list[Node] = []
    body: list[Node] = []
    for child in node.named_children:
        if child.type == "do_group" or body:
            body.append(child)
        elif child.type == "variable_name" and not name:
            name = syntax.of(child)
        elif child.type != "comment":
            elements.append(child)
    return name, elements, body


def is_test(node: Node, syntax: ShellSyntax) -> bool:
    """Whether a command does nothing but test, so that what follows may not run."""
    if node.type == "negated_command":
        return any(is_test(child, syntax) for child in node.named_children)
    return node.type == "test_command" or syntax.of(node).startswith("test ")


def is_export(node: Node, syntax: ShellSyntax) -> bool:
    """Whether programs get what a declaration sets."""
    kind = node.children[0].type
    return kind == "export" or (kind in ("declare", "typeset") and " -x" in syntax.of(node))


def whole_statements(nodes: Sequence[Node]) -> Iterator[tuple[Node, Node]]:
    """Statements, each by its first and its last node: what the parser made nothing of goes with its line."""
    at = 0
    while at < len(nodes):
        last = at
        while last + 1 < len(nodes) and _goes_with(nodes[last], nodes[last + 1]):
            last += 1
        yield nodes[at], nodes[last]
        at = last + 1


def _goes_with(node: Node, following: Node) -> bool:
    is_broken_here = node.type == _BROKEN or following.type == _BROKEN
    return is_broken_here and node.end_point[0] == following.start_point[0]


def is_broken(node: Node) -> bool:
    """Whether the parser made nothing of a word of a command."""
    if node.type not in _WHOLE and node.type not in _PARTS:
        return False
    return any(
        child.type == _BROKEN
        or (child.has_error and child.type in _PARTS and is_broken(child))
        for child in node.children
    )


def without_comments(node: Node) -> list[Node]:
    """The named children that aren't comments."""
    return [child for child in node.named_children if child.type != "comment"]
