"""HCL text -> blocks and expressions with places. The only file that knows tree-sitter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from sovlint.frontends.terraform.limits import MAX_BYTES, MAX_DEPTH
from sovlint.frontends.terraform.nodes import (
    Attribute,
    Binary,
    Block,
    Body,
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
    Step,
    Template,
    TemplateFor,
    TemplateIf,
    Traversal,
    Unary,
    Unsupported,
)  # fmt: skip
from sovlint.frontends.terraform.quoting import dedent, heredoc_text, quoted_text
from sovlint.model.resource import Failure
from sovlint.model.source import SourceFile, Stretch
from sovlint.model.text import Note

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

EXACT_DIGITS = 30
"""Whole numbers of more digits are not exact."""
MAX_FAILURES = 5
"""Syntax errors reported per file; one mistake often makes several."""

_MARK = "SOVLINT_END_OF_TEMPLATE"
_EXPONENT = re.compile(rb"(?<![\w.])([0-9]+(?:\.[0-9]+)?)([eE][+-]?[0-9]+)")
_POSTFIX = frozenset({"get_attr", "index", "splat"})
_OPERATORS = frozenset({"+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "&&", "||", "!"})
_TOP_LEVEL = re.compile(rb"^[a-z_]+(?:[ \t]+(?:\"[^\"\n]*\"|[\w-]+))*[ \t]*\{", re.MULTILINE)


@lru_cache(maxsize=1)
def _parser() -> Parser:
    import tree_sitter_hcl
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_hcl.language()))


def parse(file: SourceFile) -> tuple[Body, list[Failure]]:
    """The body of a file, and a failure for each syntax error (at most ``MAX_FAILURES``); what is whole is kept."""
    if len(file.data) > MAX_BYTES:
        return Body(), [Failure(file.path, None, None, Note("discover.too-large", {"limit": MAX_BYTES >> 20}))]
    root = _parser().parse(file.data).root_node
    numbers: dict[int, float] = {}
    patched = file.data
    if root.has_error:
        patched, numbers = _without_exponents(file.data)
        root = _parser().parse(patched).root_node if numbers else root
    if not root.has_error:
        compiler, body = _Compiler(file, numbers), Body()
        compiler.file_body(body, root)
        if not compiler.strange:
            return body, []
    compiler, body = _Compiler(file, numbers), Body()
    broken: list[Node] = []
    for part in _apart(patched):
        compiler.file_body(body, part)
        broken.extend(_errors(part) if part.has_error else [])
    errors = [*broken, *compiler.strange][:MAX_FAILURES] or _errors(root)
    return body, [_failure(node, file) for node in sorted(errors, key=lambda node: node.start_byte)]


def comments(file: SourceFile) -> Iterator[Stretch]:
    """Every comment of a file, with its marks, in order; those beside a syntax error too."""
    if len(file.data) > MAX_BYTES:
        return
    stack = [_parser().parse(file.data).root_node]
    while stack:
        node = stack.pop()
        if node.type == "comment":
            yield Stretch(file, node.start_byte, node.end_byte)
        else:
            stack.extend(reversed(node.children))


def parse_expression(text: str, path: str) -> Expression | None:
    """An expression given outside a file (``--var``), or ``None`` where it isn't one."""
    file = SourceFile(path, b"v = " + text.encode() + b"\n")
    body, failures = parse(file)
    attribute = body.attributes.get("v")
    return (
        None if failures or attribute is None or len(body.attributes) + len(body.blocks) > 1 else attribute.expression
    )


def parse_template(text: str, path: str) -> Expression | None:
    """A template file, or a string of the JSON syntax, as an expression; ``None`` where it isn't one."""
    if "${" not in text and "%{" not in text:
        return Literal(text)
    found = parse_expression(f"<<{_MARK}\n{text}\n{_MARK}\n", path)
    if not isinstance(found, Template):
        return None
    pieces = list(found.pieces)
    last = pieces[-1]
    if isinstance(last, Literal) and isinstance(last.value, str):  # the line break that the heredoc adds
        pieces[-1:] = [Literal(last.value[:-1])] if last.value != "\n" else []
    return pieces[0] if len(pieces) == 1 else Template(tuple(pieces))


def _apart(data: bytes) -> Iterator[Node]:
    """Trees of a broken file's blocks, each read by itself, so that one mistake doesn't swallow its neighbours."""
    import tree_sitter_hcl
    from tree_sitter import Language, Parser, Point, Range

    starts = sorted({0, *(match.start() for match in _TOP_LEVEL.finditer(data))})
    parser = Parser(Language(tree_sitter_hcl.language()))
    row = 0
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        after = row + data.count(b"\n", start, end)
        parser.included_ranges = [Range(Point(row, 0), Point(after, 0), start, end)]
        row = after
        yield parser.parse(data).root_node


def _errors(root: Node) -> list[Node]:
    found: list[Node] = []
    stack = [root]
    while stack and len(found) < MAX_FAILURES:
        node = stack.pop()
        if node.is_error or node.is_missing:
            found.append(node)
        elif node.has_error:
            stack.extend(reversed(node.children))
    return found


def _without_exponents(data: bytes) -> tuple[bytes, dict[int, float]]:
    """The grammar lacks numbers such as ``1e3``: make the exponent zeros and remember the number by its offset.

    That may hit text as well, and does no harm there: text is always taken from the file itself.
    """
    numbers: dict[int, float] = {}

    def zeros(match: re.Match[bytes]) -> bytes:
        numbers[match.start()] = float(match.group())
        return match.group(1) + b"0" * len(match.group(2))

    return _EXPONENT.sub(zeros, data), numbers


def _failure(node: Node, file: SourceFile) -> Failure:
    line, column = file.position(node.start_byte)
    if node.is_missing:
        note = Note("terraform.syntax-missing", {"what": node.type})
    else:
        text = file.data[node.start_byte : node.end_byte].decode("utf-8", "replace").strip().splitlines()
        note = Note("terraform.syntax-error", {"near": (text[0] if text else "")[:40]})
    return Failure(file.path, line, column, note)


class _Compiler:
    """Turns syntax nodes of one file into compact nodes.

    ``strange``: what the grammar lets pass and Terraform refuses: a block whose first line is broken off (a stray word
    takes the next block for its labels), and a file that is an object.
    """

    def __init__(self, file: SourceFile, numbers: dict[int, float]) -> None:
        self.file = file
        self.numbers = numbers
        self.depth = 0
        self.strange: list[Node] = []

    def text(self, node: Node) -> str:
        return self.file.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    # --- structure

    def file_body(self, body: Body, root: Node) -> None:
        for child in root.children:
            if child.type == "body":
                self.fill(body, child)
            elif child.type == "object":
                self.strange.append(child)

    def fill(self, body: Body, node: Node) -> None:
        for child in node.children:
            if child.type == "attribute":
                attribute = self.attribute(child)
                body.attributes[attribute.name] = attribute
            elif child.type == "block":
                body.blocks.append(self.block(child))

    def attribute(self, node: Node) -> Attribute:
        name = self.text(node.children[0])
        value = next((child for child in node.children if child.type == "expression"), None)
        where = Stretch(self.file, node.start_byte, node.end_byte)
        if value is None:
            return Attribute(name, lambda: Unsupported("syntax error"), where)
        return Attribute(name, lambda: self.expression(value), where)

    def block(self, node: Node) -> Block:
        kind, labels, body, head_end = "", [], Body(), node.end_byte
        self.depth += 1
        for child in node.children:
            if child.type == "identifier":
                if kind:
                    labels.append(self.text(child))
                else:
                    kind = self.text(child)
            elif child.type == "string_lit":
                labels.append(self.string(child))
            elif child.type == "block_start":
                head_end = child.start_byte
            elif child.type == "body" and self.depth <= MAX_DEPTH:  # no attribute that is asked for lies deeper
                self.fill(body, child)
        self.depth -= 1
        head = self.file.data[node.start_byte : head_end].rstrip()
        if b"\n" in head:
            self.strange.append(node)
        return Block(
            kind, tuple(labels), body,
            Stretch(self.file, node.start_byte, node.end_byte),
            Stretch(self.file, node.start_byte, node.start_byte + len(head)),
        )  # fmt: skip

    # --- expressions

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
        if self.depth > MAX_DEPTH:
            return Unsupported("nested too deeply")
        self.depth += 1
        try:
            if node.has_error:
                return Unsupported("syntax error")
            operands = self.operands([child for child in node.children if child.is_named and child.type != "comment"])
            return operands[0] if len(operands) == 1 else Unsupported(node.type)
        finally:
            self.depth -= 1

    def operands(self, nodes: list[Node]) -> list[Expression]:
        """Group each primary node with the steps that follow it."""
        found: list[Expression] = []
        at = 0
        while at < len(nodes):
            primary = nodes[at]
            at += 1
            steps: list[Step] = []
            while at < len(nodes) and nodes[at].type in _POSTFIX:
                steps.extend(self.steps(nodes[at]))
                at += 1
            found.append(self.primary(primary, tuple(steps)))
        return found

    def primary(self, node: Node, steps: tuple[Step, ...]) -> Expression:
        if node.type == "variable_expr":
            return Traversal(self.text(node), steps)
        handler = _PRIMARY.get(node.type)
        base: Expression = handler(self, node) if handler else Unsupported(node.type)
        return Postfix(base, steps) if steps else base

    def steps(self, node: Node) -> Iterator[Step]:
        if node.type == "get_attr":
            yield self.text(node.children[-1])
        elif node.type == "index":
            inner = node.children[0]
            if inner.type == "legacy_index":
                yield Index(Literal(_number(self.text(inner).lstrip("."))))
            else:
                key = next(child for child in inner.children if child.type == "expression")
                yield Index(self.expression(key))
        else:
            inner = node.children[0]
            yield Splat(inner.type == "full_splat")
            for child in inner.children:
                if child.type in _POSTFIX:
                    yield from self.steps(child)

    def literal(self, node: Node) -> Expression:
        inner = node.children[0]
        if inner.type == "string_lit":
            return Literal(self.string(inner))
        text = self.text(inner)
        if inner.type == "numeric_lit":
            return Literal(_number(self.numbers.get(inner.start_byte, text)))
        return Literal({"true": True, "false": False}.get(text))

    def string(self, node: Node) -> str:
        return quoted_text(self.file.data[node.start_byte + 1 : node.end_byte - 1].decode("utf-8", "replace"))

    def operation(self, node: Node) -> Expression:
        return self.deeper(self.operator, node)

    def operator(self, node: Node) -> Expression:
        inner = node.children[0]
        operator = next((child.type for child in inner.children if child.type in _OPERATORS), "")
        operands = self.operands([child for child in inner.children if child.is_named and child.type != "comment"])
        if inner.type == "unary_operation" and len(operands) == 1:
            return Unary(operator, operands[0])
        if len(operands) == 2:
            return Binary(operator, *operands)
        return Unsupported("operation")

    def conditional(self, node: Node) -> Expression:
        arms = [self.expression(child) for child in node.children if child.type == "expression"]
        return Conditional(*arms) if len(arms) == 3 else Unsupported("conditional")

    def call(self, node: Node) -> Expression:
        name = self.text(node.children[0])
        arguments: list[Expression] = []
        expand = False
        for child in node.children:
            if child.type == "function_arguments":
                arguments = [self.expression(part) for part in child.children if part.type == "expression"]
                expand = any(part.type == "ellipsis" for part in child.children)
        return Call(name, tuple(arguments), expand)

    def collection(self, node: Node) -> Expression:
        inner = node.children[0]
        if inner.type == "tuple":
            return ListOf(tuple(self.expression(child) for child in inner.children if child.type == "expression"))
        pairs = []
        for element in inner.children:
            if element.type == "object_elem":
                key, value = (child for child in element.children if child.type == "expression")
                pairs.append((self.key(key), self.expression(value)))
        return ObjectOf(tuple(pairs))

    def key(self, node: Node) -> Expression:
        """A key of an object: a bare name is text, anything else an expression."""
        expression = self.expression(node)
        if isinstance(expression, Traversal) and not expression.steps and self.text(node) == expression.root:
            return Literal(expression.root)
        return expression

    def for_expression(self, node: Node) -> Expression:
        inner = node.children[0]
        intro = next(child for child in inner.children if child.type == "for_intro")
        key, value, collection = self.intro(intro)
        results = [self.expression(child) for child in inner.children if child.type == "expression"]
        condition = next((child for child in inner.children if child.type == "for_cond"), None)
        test = (
            next((self.expression(c) for c in condition.children if c.type == "expression"), None)
            if condition
            else None
        )
        group = any(child.type == "ellipsis" for child in inner.children)
        key_result = results[0] if inner.type == "for_object_expr" else None
        return For(key, value, collection, key_result, results[-1], test, group)

    def intro(self, node: Node) -> tuple[str | None, str, Expression]:
        names = [self.text(child) for child in node.children if child.type == "identifier"]
        collection = next(self.expression(child) for child in node.children if child.type == "expression")
        return (names[0], names[1], collection) if len(names) == 2 else (None, names[0], collection)

    # --- templates

    def template(self, node: Node) -> Expression:
        inner = node.children[0]
        if inner.type == "quoted_template":
            parts = self.parts(inner.children, inner.start_byte + 1, inner.end_byte - 1, quoted_text)
            return parts[0] if len(parts) == 1 and not isinstance(parts[0], Literal) else Template(tuple(parts))
        flush = self.text(inner.children[0]) == "<<-"
        start = self.file.data.index(b"\n", inner.start_byte) + 1
        end = self.file.data.rindex(b"\n", start - 1, inner.end_byte) + 1
        parts = self.parts(inner.children, start, end, heredoc_text)
        return Template(tuple(dedent(parts) if flush else parts))

    def parts(self, children: list[Node], start: int, end: int, unescape: object) -> list[Expression]:
        """Literals are what lies between the interpolations: the grammar leaves out their outer white space."""
        assert callable(unescape)
        found: list[Expression] = []
        at, strip = start, False

        def literal(upto: int, strip_end: bool) -> None:
            text = unescape(self.file.data[at:upto].decode("utf-8", "replace"))
            text = text.lstrip() if strip else text
            text = text.rstrip() if strip_end else text
            if text:
                found.append(Literal(text))

        for child in children:
            if child.type == "template_interpolation":
                literal(child.start_byte, _stripped(child, first=True))
                inner = next((part for part in child.children if part.type == "expression"), None)
                found.append(self.expression(inner) if inner else Unsupported("empty interpolation"))
            elif child.type == "template_directive":
                inner = child.children[0]
                literal(child.start_byte, _stripped(inner.children[0], first=True))
                found.append(self.deeper(lambda part: self.directive(part, unescape), inner))
                at, strip = child.end_byte, _stripped(inner.children[-1], first=False)
                continue
            else:
                continue
            at, strip = child.end_byte, _stripped(child, first=False)
        literal(end, False)
        return found

    def directive(self, node: Node, unescape: object) -> Expression:
        marks = [
            child for child in node.children if child.type.startswith(("template_if", "template_else", "template_for"))
        ]
        arms = [
            Template(tuple(self.parts(_between(node, one, other), one.end_byte, other.start_byte, unescape)))
            for one, other in pairwise(marks)
        ]
        if node.type == "template_for":
            key, value, collection = self.intro(marks[0])
            return TemplateFor(key, value, collection, arms[0])
        test = next(self.expression(child) for child in marks[0].children if child.type == "expression")
        return TemplateIf(test, arms[0], arms[1] if len(arms) > 1 else Template(()))


def _between(node: Node, one: Node, other: Node) -> list[Node]:
    return [child for child in node.children if one.end_byte <= child.start_byte and child.end_byte <= other.start_byte]


def _stripped(node: Node, first: bool) -> bool:
    """Whether a mark has a strip marker (``~``) on its outer left (``first``) or right side."""
    named = node.children
    side = named[1:2] if first else named[-2:-1]
    return any(child.type == "strip_marker" for child in side)


def _number(written: str | float) -> int | float:
    if isinstance(written, str) and written.isdecimal() and len(written) <= EXACT_DIGITS:
        return int(written)
    number = float(written)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


_PRIMARY = {
    "literal_value": _Compiler.literal,
    "template_expr": _Compiler.template,
    "operation": _Compiler.operation,
    "conditional": _Compiler.conditional,
    "function_call": _Compiler.call,
    "collection_value": _Compiler.collection,
    "for_expr": _Compiler.for_expression,
    "expression": _Compiler.expression,
}
