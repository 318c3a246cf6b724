"""HCL's syntax tree -> compact expression nodes, made on first use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from sovlint.expressions.kinds import NotKnown
from sovlint.expressions.limits import MAX_DEPTH
from sovlint.expressions.nodes import (
    Binary,
    Call,
    Conditional,
    Expression,
    For,
    Index,
    ListOf,
    Literal,
    ObjectOf,
    Postfix,
    Splat,
    Traversal,
    TraversalStep,
    Unary,
    Unsupported,
)
from sovlint.expressions.numerals import read
from sovlint.expressions.texts import composed
from sovlint.frontends.terraform.syntax import hcl_templates
from sovlint.frontends.terraform.syntax.quoting import quoted_text
from sovlint.model.decoding import late_pattern
from sovlint.model.source import SourceFile

if TYPE_CHECKING:
    from tree_sitter import Node

_NUMBER = late_pattern(r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_POSTFIX = frozenset({"get_attr", "index", "splat"})
_OPERATORS = frozenset(
    {"+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "&&", "||", "!"}
)


class Compiler(Struct, eq=False):
    """Turns the expressions of one file into nodes (implements ``hcl_templates.ExpressionCompiler``).

    ``numbers``: those whose text was changed, by their offset."""

    file: SourceFile
    numbers: Mapping[int, str]
    depth: int = 0

    def text(self, node: Node) -> str:
        """What a node stands for, as written."""
        return self.file.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def deeper(self, make: Callable[[Node], Expression], node: Node) -> Expression:
        """What ``make`` makes of a node one level down, as far as anybody follows."""
        if self.depth > MAX_DEPTH:
            return Unsupported("nested too deeply")
        self.depth += 1
        try:
            return make(node)
        finally:
            self.depth -= 1

    def expression(self, node: Node) -> Expression:
        """A whole expression; ``Unsupported`` where it can't be read."""
        return self.deeper(self._whole, node)

    def _whole(self, node: Node) -> Expression:
        if node.has_error:
            return Unsupported("syntax error")
        operands = self._operands(node)
        return operands[0] if len(operands) == 1 else Unsupported(node.type)

    def _operands(self, node: Node) -> list[Expression]:
        """What stands in a node, each primary one with the steps that follow it."""
        nodes = [
            child for child in node.children if child.is_named and child.type != "comment"
        ]
        found: list[Expression] = []
        at = 0
        while at < len(nodes):
            primary = nodes[at]
            at += 1
            steps: list[TraversalStep] = []
            while at < len(nodes) and nodes[at].type in _POSTFIX:
                steps.extend(self._steps(nodes[at]))
                at += 1
            found.append(self._primary(primary, tuple(steps)))
        return found

    def _primary(self, node: Node, steps: tuple[TraversalStep, ...]) -> Expression:
        if node.type == "variable_expr":
            return Traversal(self.text(node), steps)
        handler = _PRIMARY.get(node.type)
        base: Expression = handler(self, node) if handler else Unsupported(node.type)
        return Postfix(base, steps) if steps else base

    def _steps(self, node: Node) -> Iterator[TraversalStep]:
        if node.type == "get_attr":
            yield self.text(node.children[-1])
        elif node.type == "index":
            inner = node.children[0]
            if inner.type == "legacy_index":
                yield Index(_number(self.text(inner).lstrip(".")))
            else:
                yield Index(self._inside(inner)[0])
        else:
            inner = node.children[0]
            yield Splat(inner.type == "full_splat")
            for child in inner.children:
                if child.type in _POSTFIX:
                    yield from self._steps(child)

    def _literal(self, node: Node) -> Expression:
        inner = node.children[0]
        if inner.type == "string_lit":
            return Literal(composed(self.string(inner)))
        text = self.text(inner)
        if inner.type == "numeric_lit":
            return _number(self.numbers.get(inner.start_byte, text))
        return Literal({"true": True, "false": False}.get(text))

    def string(self, node: Node) -> str:
        """The text of a quoted string without interpolations."""
        return quoted_text(
            self.file.data[node.start_byte + 1 : node.end_byte - 1].decode("utf-8", "replace")
        )

    def _operator(self, node: Node) -> Expression:
        inner = node.children[0]
        operator = next(
            (child.type for child in inner.children if child.type in _OPERATORS), ""
        )
        operands = self._operands(inner)
        if inner.type == "unary_operation" and len(operands) == 1:
            return Unary(operator, operands[0])
        if len(operands) == 2:
            return Binary(operator, *operands)
        return Unsupported("operation")

    def _conditional(self, node: Node) -> Expression:
        arms = self._inside(node)
        return Conditional(*arms) if len(arms) == 3 else Unsupported("conditional")

    def _call(self, node: Node) -> Expression:
        name = self.text(node.children[0])
        arguments: list[Expression] = []
        expand = False
        for child in node.children:
            if child.type == "function_arguments":
                arguments = self._inside(child)
                expand = _has_ellipsis(child)
        return Call(name, tuple(arguments), expand)

    def _collection(self, node: Node) -> Expression:
        inner = node.children[0]
        if inner.type == "tuple":
            items = [child for child in inner.children if child.type == "expression"]
            return ListOf(tuple(map(self.expression, items)), _places(items))
        elements = [child for child in inner.children if child.type == "object_elem"]
        pairs = []
        for element in elements:
            key, value = (child for child in element.children if child.type == "expression")
            pairs.append((self._key(key), self.expression(value)))
        return ObjectOf(tuple(pairs), _places(elements))

    def _key(self, node: Node) -> Expression:
        """A key of an object: a bare name is text, anything else an expression."""
        expression = self.expression(node)
        if (
            isinstance(expression, Traversal)
            and not expression.steps
            and self.text(node) == expression.root
        ):
            return Literal(expression.root)
        return expression

    def _for_expression(self, node: Node) -> Expression:
        inner = node.children[0]
        intro = next(child for child in inner.children if child.type == "for_intro")
        key, value, collection = self.intro(intro)
        results = self._inside(inner)
        tests = [
            test
            for child in inner.children
            if child.type == "for_cond"
            for test in self._inside(child)
        ]
        key_result = results[0] if inner.type == "for_object_expr" else None
        test = tests[0] if tests else None
        return For(
            key, value, collection, key_result, results[-1], test, _has_ellipsis(inner)
        )

    def _inside(self, node: Node) -> list[Expression]:
        return [
            self.expression(child) for child in node.children if child.type == "expression"
        ]

    def intro(self, node: Node) -> tuple[str | None, str, Expression]:
        """What a ``for`` begins with: the name of the key (or none), that of the value, and the collection."""
        names = [self.text(child) for child in node.children if child.type == "identifier"]
        collection = self._inside(node)[0]
        return (
            (names[0], names[1], collection)
            if len(names) == 2
            else (None, names[0], collection)
        )


def _has_ellipsis(node: Node) -> bool:
    return any(child.type == "ellipsis" for child in node.children)


def _places(nodes: Iterable[Node]) -> tuple[tuple[int, int], ...]:
    return tuple((node.start_byte, node.end_byte) for node in nodes)


def _number(written: str) -> Expression:
    """A number; what the grammar takes for one and HCL doesn't (``0x10``) isn't read."""
    if not _NUMBER.fullmatch(written):
        return Unsupported("not a number")
    try:
        number = read(written)
    except NotKnown:
        number = None
    return (
        Unsupported("a number past what is counted with")
        if number is None
        else Literal(number)
    )


_PRIMARY: Mapping[str, Callable[[Compiler, Node], Expression]] = {
    "literal_value": Compiler._literal,
    "template_expr": hcl_templates.template,
    "operation": lambda compiler, node: compiler.deeper(compiler._operator, node),
    "conditional": Compiler._conditional,
    "function_call": Compiler._call,
    "collection_value": Compiler._collection,
    "for_expr": Compiler._for_expression,
    "expression": Compiler.expression,
}
