"""HCL's concrete syntax, for edits: where blocks, arguments and elements stand in the bytes. Nothing is evaluated.

The front end's nodes keep no places within an expression; these are the grammar's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from sovlint.edit.splice import EditError

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

MOST_BYTES: Final = 1_000_000
"""Larger files aren't edited: the second reader takes about five seconds for as many."""
_LITERAL: Final = frozenset(
    {"template_literal", "quoted_template_start", "quoted_template_end"}
)


@lru_cache(maxsize=1)
def _parser() -> Parser:
    import tree_sitter_hcl
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_hcl.language()))


class Element(Struct, frozen=True):
    """An element of an object: its key as text (``None`` where that is an expression), and where its parts stand."""

    node: Node
    key: str | None
    sign: Node
    value: Node


class Syntax:
    """One file, read for editing. Raises ``EditError`` where it is too large, or isn't understood."""

    def __init__(self, data: bytes) -> None:
        if len(data) > MOST_BYTES:
            raise EditError("edit.too-large", limit=MOST_BYTES // 1000)
        self.data = data
        self.root = _parser().parse(data).root_node
        if self.root.has_error:
            raise EditError("edit.not-understood")

    def text(self, node: Node) -> str:
        """A node as it is written."""
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def block(self, start: int) -> Node:
        """The block that begins at an offset."""
        for node in self.blocks(self.root):
            if node.start_byte == start:
                return node
        raise EditError("edit.not-understood")

    def blocks(self, parent: Node) -> Iterator[Node]:
        """The blocks in a file or a block."""
        body = self.body(parent)
        yield from (
            child for child in (body.children if body else ()) if child.type == "block"
        )

    def body(self, parent: Node) -> Node | None:
        """What stands between the braces; ``None`` where nothing does."""
        return next((child for child in parent.children if child.type == "body"), None)

    def kind(self, block: Node) -> str:
        """The first word of a block."""
        return self.text(block.children[0])

    def labels(self, block: Node) -> tuple[str, ...]:
        """The words and texts after it."""
        found = (
            child
            for child in block.children[1:]
            if child.type in ("identifier", "string_lit")
        )
        return tuple(self.text(child).strip('"') for child in found)

    def inner(self, block: Node, kind: str) -> list[Node]:
        """The blocks of a kind in a block, ``dynamic`` ones left out."""
        return [each for each in self.blocks(block) if self.kind(each) == kind]

    def attribute(self, block: Node, name: str) -> Node | None:
        """The argument of a block, if it stands there."""
        body = self.body(block)
        for child in body.children if body else ():
            if child.type == "attribute" and self.text(child.children[0]) == name:
                return child
        return None

    def value(self, attribute: Node) -> Node:
        """The expression of an argument."""
        return next(child for child in attribute.children if child.type == "expression")

    def core(self, expression: Node) -> Node:
        """What an expression is at heart, where it is only that: an object, a tuple, a call, a literal."""
        node = expression
        while (
            node.type in ("expression", "collection_value", "literal_value")
            and len(node.named_children) == 1
        ):
            if node.child_count > 1:  # parentheses, an operator
                return node
            node = node.named_children[0]
        return node

    def elements(self, obj: Node) -> list[Element]:
        """The elements of an object."""
        found = []
        for node in obj.children:
            if node.type == "object_elem":
                key, sign, value = (
                    child for child in node.children if child.type != "comment"
                )
                found.append(Element(node, self._key(key), sign, value))
        return found

    def items(self, sequence: Node) -> list[Node]:
        """The items of a tuple, or the arguments of a call."""
        return [child for child in sequence.children if child.type == "expression"]

    def call(self, node: Node) -> tuple[str, Node | None] | None:
        """The name of a function that is called, and its arguments (``None``: without any)."""
        if node.type != "function_call":
            return None
        arguments = next(
            (child for child in node.children if child.type == "function_arguments"), None
        )
        return self.text(node.children[0]), arguments

    def literal(self, expression: Node) -> str | None:
        """The text of a quoted literal without escapes and templates; ``None`` for anything else."""
        node = self.core(expression)
        if node.type != "string_lit" or not all(
            child.type in _LITERAL for child in node.children
        ):
            return None
        inside = self.text(node)[1:-1]
        return None if "\\" in inside or "$${" in inside or "%%{" in inside else inside

    def _key(self, expression: Node) -> str | None:
        node = self.core(expression)
        if node.type == "variable_expr" and expression.named_child_count == 1:
            return self.text(node)
        return self.literal(expression)

    def comments(self) -> list[Node]:
        """All comments of the file, in order."""
        found, stack = [], [self.root]
        while stack:
            node = stack.pop()
            if node.type == "comment":
                found.append(node)
            else:
                stack.extend(node.children)
        return sorted(found, key=lambda node: node.start_byte)

    def after(self, offset: int, comma: bool = False) -> tuple[int, bool]:
        """Past what belongs to the thing that ends at an offset: blanks, a comma, comments that begin on its line.

        Gives the offset, and whether the line ends there.
        """
        begins = {node.start_byte: node.end_byte for node in self.comments()}
        while True:
            while self.data[offset : offset + 1] in (b" ", b"\t") or (
                comma and self.data[offset : offset + 1] == b","
            ):
                offset += 1
            if offset not in begins:
                break
            offset = begins[offset]
        while offset > 0 and self.data[offset - 1 : offset] in (
            b"\r",
            b"\n",
        ):  # of a comment that ends with its line
            offset -= 1
        rest = self.data[offset : offset + 2]
        return offset, rest[:1] == b"\n" or rest == b"\r\n" or not rest
