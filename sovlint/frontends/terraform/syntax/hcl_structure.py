"""HCL's syntax tree -> bodies and blocks, and what the grammar lets pass although Terraform refuses it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from sovlint.expressions.limits import MAX_DEPTH
from sovlint.expressions.nodes import Attribute, Block, Body, Unsupported
from sovlint.frontends.terraform.syntax.hcl_expressions import Compiler
from sovlint.model.source import SourceFile, Stretch

if TYPE_CHECKING:
    from tree_sitter import Node

_TEMPLATE_IN_LABEL = re.compile(rb"(?<![$%])[$%]\{")
_IN_QUOTES = frozenset({"string_lit", "quoted_template"})


class Structure(Struct, eq=False):
    """Reads the blocks of one file.

    ``strange``: nodes that the grammar lets pass and Terraform refuses: a block whose first line is broken off (a stray
    word takes the next block for its labels), a file that is an object, an argument set twice, two things on one line,
    a template as a label, a quoted text over several lines (a quote that is missing swallows what follows).
    ``broken``: blocks in which something isn't HCL.
    """

    compiler: Compiler
    depth: int = 0
    strange: list[Node] = []
    broken: list[Block] = []

    @property
    def file(self) -> SourceFile:
        """The file that is read."""
        return self.compiler.file

    def file_body(self, body: Body, root: Node) -> None:
        """Add what a file's tree holds to a body."""
        for child in root.children:
            if child.type == "body":
                self._fill(body, child)
            elif child.type == "object":
                self.strange.append(child)

    def _fill(self, body: Body, node: Node) -> None:
        last = -1
        for child in node.children:
            if child.type == "attribute":
                attribute = self._attribute(child)
                if attribute.name in body.attributes:
                    self.strange.append(child)
                body.attributes[attribute.name] = attribute
            elif child.type == "block":
                body.blocks.append(self._block(child))
                self.broken.extend(body.blocks[-1:] if child.has_error else [])
            else:
                continue
            if child.start_point.row == last:
                self.strange.append(child)
            last = child.end_point.row

    def _attribute(self, node: Node) -> Attribute:
        name = self.compiler.text(node.children[0])
        value = next((child for child in node.children if child.type == "expression"), None)
        where = Stretch(self.file, node.start_byte, node.end_byte)
        if value is None:
            return Attribute(name, lambda: Unsupported("syntax error"), where)
        if node.end_point.row > node.start_point.row:
            self.strange.extend(self._broken_texts(value))
        return Attribute(name, lambda: self.compiler.expression(value), where)

    def _broken_texts(self, node: Node) -> list[Node]:
        """Quoted texts that go over the end of a line. Only where a line has an odd quote can there be one."""
        lines = self.file.data[node.start_byte : node.end_byte].split(b"\n")
        if not any(line.count(b'"') % 2 for line in lines):
            return []
        found, stack = [], [node]
        while stack:
            inner = stack.pop()
            if inner.type in _IN_QUOTES and inner.end_point.row > inner.start_point.row:
                at = inner.start_byte
                for (
                    child
                ) in inner.children:  # what stands in an interpolation may go over lines
                    if child.type in ("template_interpolation", "template_directive"):
                        found.extend(
                            [inner] if b"\n" in self.file.data[at : child.start_byte] else []
                        )
                        at = child.end_byte
                found.extend([inner] if b"\n" in self.file.data[at : inner.end_byte] else [])
            stack.extend(inner.children)
        return found[:1]

    def _block(self, node: Node) -> Block:
        kind, labels, body, head_end = "", [], Body(), node.end_byte
        self.depth += 1
        for child in node.children:
            if child.type == "identifier":
                if kind:
                    labels.append(self.compiler.text(child))
                else:
                    kind = self.compiler.text(child)
            elif child.type == "string_lit":
                if _TEMPLATE_IN_LABEL.search(
                    self.file.data, child.start_byte, child.end_byte
                ):
                    self.strange.append(child)
                labels.append(self.compiler.string(child))
            elif child.type == "block_start":
                head_end = child.start_byte
            elif (
                child.type == "body" and self.depth <= MAX_DEPTH
            ):  # no attribute that is asked for lies deeper
                self._fill(body, child)
        self.depth -= 1
        head = self.file.data[node.start_byte : head_end].rstrip()
        if b"\n" in head:
            self.strange.append(node)
        return Block(
            kind, tuple(labels), body,
            Stretch(self.file, node.start_byte, node.end_byte),
            Stretch(self.file, node.start_byte, node.start_byte + len(head)),
        )  # fmt: skip
