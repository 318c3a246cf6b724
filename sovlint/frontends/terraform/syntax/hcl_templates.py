"""Templates of HCL: quoted ones and heredocs, interpolations, directives, and what strip markers take away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from sovlint.expressions.nodes import (
    Expression,
    Literal,
    Template,
    TemplateFor,
    TemplateIf,
    Unsupported,
)
from sovlint.expressions.texts import composed
from sovlint.frontends.terraform.syntax.quoting import Between, Heredoc, Quoted, indentation
from sovlint.model.source import SourceFile

if TYPE_CHECKING:
    from tree_sitter import Node

_MARKS = ("template_if", "template_else", "template_for")
_Ends = tuple[int, bool]
"""Where a mark ends or begins, and whether it has a strip marker there."""


class ExpressionCompiler(Protocol):
    """What turns the expressions inside a template into nodes (``hcl_expressions.Compiler``)."""

    file: SourceFile

    def text(self, node: Node) -> str:
        """What a node stands for, as written."""
        ...

    def expression(self, node: Node) -> Expression:
        """A whole expression."""
        ...

    def intro(self, node: Node) -> tuple[str | None, str, Expression]:
        """What a ``for`` begins with: the name of the key (or none), that of the value, and the collection."""
        ...

    def deeper(self, make: Callable[[Node], Expression], node: Node) -> Expression:
        """What ``make`` makes of a node one level down."""
        ...


def template(compiler: ExpressionCompiler, node: Node) -> Expression:
    """A template expression. A quoted one that is nothing but an interpolation is what stands in it, of any type."""
    inner, data = node.children[0], compiler.file.data
    if inner.type == "quoted_template":
        reader = _Reader(compiler, Quoted(data))
        parts = reader.parts(
            inner.children, (inner.start_byte + 1, False), (inner.end_byte - 1, False)
        )
        alone = len(parts) == 1 and any(
            child.type == "template_interpolation" for child in inner.children
        )
        return parts[0] if alone else Template(tuple(parts))
    start = data.index(b"\n", inner.start_byte) + 1
    end = data.rindex(b"\n", start - 1, inner.end_byte) + 1
    ends = [
        (start, False),
        *(at for mark in _marks(inner.children) for at in _ends(mark)),
        (end, False),
    ]
    gaps = [Between(*one, *other) for one, other in zip(ends[::2], ends[1::2], strict=True)]
    flush = compiler.text(inner.children[0]) == "<<-"
    text = Heredoc(data, *indentation(data, gaps)) if flush else Heredoc(data, 0, frozenset())
    return Template(
        tuple(_Reader(compiler, text).parts(inner.children, (start, False), (end, False)))
    )


def _marks(children: Sequence[Node]) -> Iterator[Node]:
    """Everything in braces, in the order in which it is written: interpolations, and each part of a directive."""
    for child in children:
        if child.type == "template_directive":
            yield from _marks(child.children[0].children)
        elif child.type == "template_interpolation" or child.type.startswith(_MARKS):
            yield child


def _ends(mark: Node) -> tuple[_Ends, _Ends]:
    return (mark.start_byte, _strips(mark, before=True)), (
        mark.end_byte,
        _strips(mark, before=False),
    )


def _strips(mark: Node, before: bool) -> bool:
    """Whether a mark has a strip marker (``~``) on its outer left (``before``) or right side."""
    side = mark.children[1:2] if before else mark.children[-2:-1]
    return any(child.type == "strip_marker" for child in side)


class _Reader(Struct, eq=False):
    """Turns what stands between two marks into pieces."""

    compiler: ExpressionCompiler
    text: Quoted | Heredoc

    def parts(self, children: Sequence[Node], start: _Ends, end: _Ends) -> list[Expression]:
        """The pieces between two places. Literals are what lies between marks: the grammar cuts their white space."""
        found: list[Expression] = []
        for child in children:
            if child.type == "template_interpolation":
                first, last, piece = child, child, self._interpolation(child)
            elif child.type == "template_directive":
                directive = child.children[0]
                first, last = directive.children[0], directive.children[-1]
                piece = self.compiler.deeper(self._directive, directive)
            else:
                continue
            found += self._literal(start, _ends(first)[0])
            found.append(piece)
            start = _ends(last)[1]
        return found + self._literal(start, end)

    def _literal(self, start: _Ends, end: _Ends) -> list[Expression]:
        text = self.text.read(Between(*start, *end))
        return [Literal(composed(text))] if text else []

    def _interpolation(self, node: Node) -> Expression:
        if self.compiler.file.data.endswith(b"$$", 0, node.start_byte):
            return Unsupported(
                "three dollar signs"
            )  # the grammar takes them otherwise than HCL does
        inner = next((part for part in node.children if part.type == "expression"), None)
        return (
            self.compiler.expression(inner) if inner else Unsupported("empty interpolation")
        )

    def _directive(self, node: Node) -> Expression:
        marks = [child for child in node.children if child.type.startswith(_MARKS)]
        arms = [
            Template(
                tuple(self.parts(_between(node, one, other), _ends(one)[1], _ends(other)[0]))
            )
            for one, other in pairwise(marks)
        ]
        if node.type == "template_for":
            key, value, collection = self.compiler.intro(marks[0])
            return TemplateFor(key, value, collection, arms[0])
        test = next(
            self.compiler.expression(child)
            for child in marks[0].children
            if child.type == "expression"
        )
        return TemplateIf(test, arms[0], arms[1] if len(arms) > 1 else Template(()))


def _between(node: Node, one: Node, other: Node) -> list[Node]:
    return [
        child
        for child in node.children
        if one.end_byte <= child.start_byte and child.end_byte <= other.start_byte
    ]
