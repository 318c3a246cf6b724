"""Something new into an object, a list or a block, laid out as its neighbours are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sovlint.edit import hcl_draft
from sovlint.edit.hcl_syntax import Element, Syntax
from sovlint.edit.splice import (
    EditError,
    Splice,
    first_on_line,
    indent_at,
    insertion,
    line_end,
)
from sovlint.rules.tagging import Tag, TagForm

if TYPE_CHECKING:
    from tree_sitter import Node

STEP = b"  "
"""One level of indentation, where nothing there shows another."""


def into_object(syntax: Syntax, obj: Node, tag: Tag, form: TagForm) -> list[Splice]:
    """A new last element of an object."""
    data, end = syntax.data, line_end(syntax.data)
    elements = syntax.elements(obj)
    opened, closes = obj.children[0].end_byte, obj.children[-1].start_byte
    if not elements:
        text = b"%b = %b" % tuple(each.encode() for each in hcl_draft.element(tag, form))
        return [_only(data, opened, closes, text, end)]
    last = elements[-1]
    text = _element(syntax, elements, tag, form)
    comma = _comma(last.node)
    at, ends = syntax.after(last.node.end_byte, comma=True)
    if ends and at < closes:
        indent = _indent(data, last.node, closes, obj)
        return [insertion(at, end + indent + text + (b"," if comma else b""))]
    return [_beside(last.node, comma, _plain(text))]


def into_tuple(syntax: Syntax, sequence: Node, text: bytes) -> list[Splice]:
    """A new last item of a list."""
    data, end = syntax.data, line_end(syntax.data)
    items = syntax.items(sequence)
    opened, closes = sequence.children[0].end_byte, sequence.children[-1].start_byte
    if not items:
        if data[opened:closes].strip():
            raise EditError("edit.not-understood")
        return [Splice(opened, closes, text)]
    last = items[-1]
    comma = _comma(last)
    at, ends = syntax.after(last.end_byte, comma=True)
    if ends and at < closes:
        new = end + _indent(data, last, closes, sequence) + text
        if comma is not None:
            return [insertion(at, new + b",")]
        if at == last.end_byte:
            return [insertion(at, b"," + new)]
        return [insertion(last.end_byte, b","), insertion(at, new)]
    return [_beside(last, comma, text)]


def into_body(
    syntax: Syntax, block: Node, lines: list[str], after: Node | None = None
) -> list[Splice]:
    """An argument or a block behind the last argument of a block, else at its end; or ``after`` one of its blocks."""
    data, end = syntax.data, line_end(syntax.data)
    items = _within(syntax, block)
    opens, closes = _braces(block)
    outer = indent_at(data, block.start_byte)
    new = _laid(lines, outer + STEP, end)
    if not items:
        if not data[opens:closes].strip():
            return [Splice(opens, closes, end + new + end + outer)]
        if not first_on_line(data, closes):
            raise EditError("edit.not-understood")
        start = data.rfind(b"\n", 0, closes) + 1
        return [insertion(start, new + end)]
    arguments = [item for item in items if item.type == "attribute"]
    last = after or (arguments or items)[-1]
    at, ends = syntax.after(last.end_byte)
    if ends and at < closes:
        indent = (
            indent_at(data, last.start_byte)
            if first_on_line(data, last.start_byte)
            else outer + STEP
        )
        apart = end if last.type == "block" and after is None else b""
        return [insertion(at, end + apart + _laid(lines, indent, end))]
    if (
        len(items) > 1
        or data[opens : items[0].start_byte].strip()
        or data[last.end_byte : closes].strip()
    ):
        raise EditError("edit.not-understood")
    return [
        Splice(opens, items[0].start_byte, end + outer + STEP),
        Splice(last.end_byte, closes, end + new + end + outer),
    ]


def _within(syntax: Syntax, block: Node) -> list[Node]:
    """The arguments and blocks of a block."""
    body = syntax.body(block)
    children = body.children if body else ()
    return [child for child in children if child.type in ("attribute", "block")]


def _braces(block: Node) -> tuple[int, int]:
    """Where what a block holds begins and ends."""
    opens = next(child for child in block.children if child.type == "block_start")
    closes = next(child for child in block.children if child.type == "block_end")
    return opens.end_byte, closes.start_byte


def _laid(lines: Iterable[str], indent: bytes, end: bytes) -> bytes:
    """Lines with an indent before each."""
    return end.join(indent + line.encode() for line in lines)


def _only(data: bytes, opened: int, closes: int, text: bytes, end: bytes) -> Splice:
    """The first element of an object that is empty, but perhaps for comments."""
    inside = data[opened:closes]
    if not inside.strip():
        if b"\n" not in inside:
            return Splice(opened, closes, b" " + text + b" ")
        outer = indent_at(data, closes)
        return Splice(opened, closes, end + outer + STEP + text + end + outer)
    if b"\n" in inside and first_on_line(data, closes):
        start = data.rfind(b"\n", 0, closes) + 1
        return insertion(start, indent_at(data, closes) + STEP + text + end)
    if b"\n" in inside:
        raise EditError("edit.not-understood")
    return insertion(closes, text + b" ")


def _element(syntax: Syntax, elements: list[Element], tag: Tag, form: TagForm) -> bytes:
    """A new element with the sign of the last one, in its column where that is possible."""
    last = elements[-1]
    quoted = all(
        syntax.data[each.node.start_byte : each.node.start_byte + 1] == b'"'
        for each in elements
    )
    key, value = hcl_draft.element(tag, form, quote=quoted)
    sign = syntax.text(last.sign)
    if sign == ":":
        return f"{key}: {value}".encode()
    width = last.sign.start_point.column - last.node.start_point.column
    return f"{key.ljust(width - 1)} = {value}".encode()


def _beside(last: Node, comma: Node | None, text: bytes) -> Splice:
    """A new element on the line of the last one, whose comma it takes over."""
    if comma is not None:
        return insertion(comma.end_byte, b" " + text + b",")
    return insertion(last.end_byte, b", " + text)


def _plain(text: bytes) -> bytes:
    """An element on a line with others: without blanks that align its sign."""
    key, sign, value = text.partition(b" = ")
    return key.rstrip() + sign + value


def _indent(data: bytes, last: Node, closes: int, whole: Node) -> bytes:
    if first_on_line(data, last.start_byte):
        return indent_at(data, last.start_byte)
    return indent_at(data, closes if first_on_line(data, closes) else whole.start_byte) + STEP


def _comma(node: Node) -> Node | None:
    """The comma after an element or item, if one stands there."""
    after = node.next_sibling
    while after is not None and after.type == "comment":
        after = after.next_sibling
    return after if after is not None and after.type == "," else None
