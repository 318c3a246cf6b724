"""Where a tag goes in a Terraform block, in the file's own layout: one or two stretches of bytes, nothing else touched.

What may hold the tag: the literal object of a map, the last object of a ``merge``, a list, blocks; any other map is
merged with an object of its own, any other list put together with a list of its own (``concat``); where there is
nothing, an argument or a block is added.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sovlint.edit import hcl_draft
from sovlint.edit.hcl_layout import into_body, into_object, into_tuple
from sovlint.edit.hcl_syntax import Element, Syntax
from sovlint.edit.splice import EditError, Splice, insertion, replacing
from sovlint.rules.tagging import Tag, TagForm

if TYPE_CHECKING:
    from tree_sitter import Node

_NO_MAP: Final = frozenset(
    {"tuple", "for_expr", "template_expr", "string_lit", "numeric_lit", "bool_lit"}
)
_NO_LIST: Final = frozenset(
    {"object", "template_expr", "string_lit", "numeric_lit", "bool_lit"}
)


def splices(
    syntax: Syntax, block: Node, tag: Tag, forms: Sequence[TagForm], added: TagForm | None
) -> tuple[TagForm, list[Splice]]:
    """The edits that give a block the tag, and the form that was met. Raises ``EditError``.

    ``forms``: those that the plug-in may have, in the order in which they are looked for; ``added`` is the one to write
    where none is there (``None``: it takes no tags, or nobody knows which).
    """
    for form in forms:
        holder = _holder(syntax, block, form)
        if holder is None:
            continue
        name = form.path.rpartition(".")[2]
        attribute = syntax.attribute(holder, name)
        if attribute is not None:
            return form, _in_attribute(syntax, attribute, tag, form)
        if any(syntax.kind(each) == name for each in syntax.blocks(holder)):
            return form, _in_blocks(syntax, holder, name, tag, form)
    if added is None:
        raise EditError("edit.takes-no-tags")
    holder = _holder(syntax, block, added)
    if holder is None:
        raise EditError("edit.no-holder", block=added.path.rpartition(".")[0])
    return added, into_body(
        syntax, holder, hcl_draft.whole(added.path.rpartition(".")[2], tag, added)
    )


def _holder(syntax: Syntax, block: Node, form: TagForm) -> Node | None:
    """The block in which the tags of a form stand, if there is just one."""
    for step in form.path.split(".")[:-1]:
        found = syntax.inner(block, step)
        if len(found) != 1:
            return None
        block = found[0]
    return block


def _in_attribute(syntax: Syntax, attribute: Node, tag: Tag, form: TagForm) -> list[Splice]:
    expression = syntax.value(attribute)
    node = syntax.core(expression)
    there = [each for each in _elements(syntax, node) if tag.declares(each.key)]
    if there:
        return [_replaced(syntax, there, tag)]
    if node.type == "object" and form.kind == "map":
        return into_object(syntax, node, tag, form)
    if node.type == "null_lit":
        text = "\n".join(hcl_draft.whole("t", tag, form)).partition(" = ")[2]
        return [replacing(node, _laid(syntax, attribute, text))]
    if form.kind == "map":
        return _in_map(syntax, expression, node, tag, form)
    return _in_list(syntax, node, tag, form)


def _elements(syntax: Syntax, node: Node) -> list[Element]:
    """The elements of a literal object, or of those that a ``merge`` puts together."""
    if node.type == "object":
        return syntax.elements(node)
    called = syntax.call(node)
    if called is None or called[0] != "merge" or called[1] is None:
        return []
    return [
        each
        for item in syntax.items(called[1])
        for each in _elements(syntax, syntax.core(item))
    ]


def _replaced(syntax: Syntax, there: Sequence[Element], tag: Tag) -> Splice:
    """Another value for the tag that declares a class already."""
    if len(there) > 1:
        raise EditError("edit.two-tags", keys=tuple(each.key or "" for each in there))
    found = there[0]
    if syntax.literal(found.value) is None:
        raise EditError("edit.tag-not-literal", key=found.key or "")
    written = hcl_draft.element(tag, TagForm(""))[1]
    return replacing(found.value, written.encode())


def _in_map(
    syntax: Syntax, expression: Node, node: Node, tag: Tag, form: TagForm
) -> list[Splice]:
    """Into the last object of a ``merge``, where nothing after it may override it; else an object of its own."""
    if node.type in _NO_MAP and not _makes_object(node):
        raise EditError("edit.not-a-map")
    own = "{ %s = %s }" % hcl_draft.element(tag, form)  # noqa: UP031
    called = syntax.call(node)
    if called is not None and called[0] == "merge" and called[1] is not None:
        arguments = called[1]
        items = syntax.items(arguments)
        last = syntax.core(items[-1])
        if last.type == "object":
            return into_object(syntax, last, tag, form)
        if not any(child.type == "ellipsis" for child in arguments.children):
            return [insertion(items[-1].end_byte, f", {own}".encode())]
    return [
        insertion(expression.start_byte, b"merge("),
        insertion(expression.end_byte, f", {own})".encode()),
    ]


def _makes_object(node: Node) -> bool:
    return node.type == "for_expr" and any(
        child.type == "for_object_expr" for child in node.children
    )


def _in_list(syntax: Syntax, node: Node, tag: Tag, form: TagForm) -> list[Splice]:
    called = syntax.call(node)
    while (
        called is not None
        and called[0] in ("concat", "toset", "tolist")
        and called[1] is not None
    ):
        last = syntax.items(called[1])[-1]
        node = syntax.core(last)
        if called[0] == "concat" and node.type != "tuple" and syntax.call(node) is None:
            return _in_concat(called[1], last, tag, form)
        called = syntax.call(node)
    if node.type != "tuple":
        return _concatenated(node, tag, form)
    for each in syntax.items(node):
        inside = syntax.core(each)
        if inside.type == "object":
            pair = {element.key: element for element in syntax.elements(inside)}
            key, value = pair.get("key"), pair.get("value")
            if key and value and tag.declares(syntax.literal(key.value)):
                return [_replaced(syntax, [value], tag)]
        else:
            text = syntax.literal(each)
            if text and tag.declares(text.replace(":", "=", 1).partition("=")[0].strip()):
                return [replacing(each, hcl_draft.item(tag, form).encode())]
    return into_tuple(syntax, node, hcl_draft.item(tag, form).encode())


def _in_concat(arguments: Node, last: Node, tag: Tag, form: TagForm) -> list[Splice]:
    """A list of its own behind the last argument of a ``concat``."""
    if any(child.type == "ellipsis" for child in arguments.children):
        raise EditError("edit.list-not-literal")
    return [insertion(last.end_byte, f", [{hcl_draft.item(tag, form)}]".encode())]


def _concatenated(node: Node, tag: Tag, form: TagForm) -> list[Splice]:
    """A list that stands elsewhere, put together with one of its own; a scan then tells whether that is a list."""
    if node.type in _NO_LIST or _makes_object(node):
        raise EditError("edit.list-not-literal")
    return [
        insertion(node.start_byte, b"concat("),
        insertion(node.end_byte, f", [{hcl_draft.item(tag, form)}])".encode()),
    ]


def _in_blocks(
    syntax: Syntax, holder: Node, name: str, tag: Tag, form: TagForm
) -> list[Splice]:
    if form.kind != "blocks":
        raise EditError("edit.not-a-map")
    found = syntax.inner(holder, name)
    for each in found:
        key, value = syntax.attribute(each, "key"), syntax.attribute(each, "value")
        if key and value and tag.declares(syntax.literal(syntax.value(key))):
            if syntax.literal(syntax.value(value)) is None:
                raise EditError("edit.tag-not-literal", key=tag.key)
            node = syntax.value(value)
            return [replacing(node, hcl_draft.element(tag, form)[1].encode())]
    return into_body(syntax, holder, hcl_draft.whole(name, tag, form), after=found[-1])


def _laid(syntax: Syntax, attribute: Node, text: str) -> bytes:
    from sovlint.edit.splice import indent_at, line_end

    indent, end = indent_at(syntax.data, attribute.start_byte), line_end(syntax.data)
    return (end + indent).join(line.encode() for line in text.split("\n"))
