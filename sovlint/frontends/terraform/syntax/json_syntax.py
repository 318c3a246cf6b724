"""Terraform's JSON syntax (`.tf.json`) -> the same blocks that HCL gives; strings are templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sovlint.documents import Document, DocumentError, Path, load
from sovlint.expressions.nodes import (
    Attribute,
    Block,
    Body,
    Expression,
    ListOf,
    Literal,
    ObjectOf,
    Unsupported,
)
from sovlint.frontends.ignore_comments import JSON_KEY, MARK, ignores_in_json
from sovlint.frontends.terraform.syntax.blocks import BLOCKS, unknown_block
from sovlint.frontends.terraform.syntax.hcl import parse_expression, parse_template
from sovlint.model.exception import Ignore
from sovlint.model.resources.reading import Failure
from sovlint.model.source import SourceFile
from sovlint.model.text import Note

COMMENT = JSON_KEY
LABELS: Mapping[str, int] = {
    "terraform": 0, "locals": 0, "provider": 1, "variable": 1, "output": 1, "module": 1, "resource": 2, "data": 2,
}  # fmt: skip
"""Kinds of block that are read, and how many labels each has."""
INNER: Mapping[str, Mapping[str, int]] = {
    "terraform": {"backend": 1, "cloud": 0, "required_providers": 0},
    "variable": {"validation": 0},
    "resource": {"lifecycle": 0},
}
"""Nested blocks that must not be read as attributes. All others read alike either way, unless a dynamic one is in them."""
DYNAMIC: Mapping[str, int] = {"dynamic": 1, "content": 0}
"""Of a dynamic block, and of what it makes."""
PLAIN = ("terraform", "locals", "variable", "output", "module")
"""Kinds of block that hold no dynamic ones: a name of theirs may be the same word."""


def parse_as(file: SourceFile, labels: Mapping[str, int]) -> tuple[Body, list[Failure]]:
    """The body of a file of another tool in the same syntax: ``labels`` are its blocks, all else are arguments."""
    body = Body()
    document = _document(file)
    if isinstance(document, Failure):
        return body, [document]
    for path, kind, inner in _entries(document):
        if kind in labels:
            body.blocks.extend(_blocks(document, path, inner, kind, labels[kind], ()))
        else:
            body.attributes[kind] = _attribute(document, path, kind, inner, "")
    return body, []


def parse(file: SourceFile) -> tuple[Body, list[Failure]]:
    """The body of a file, and a failure where it isn't JSON or not an object."""
    body = Body()
    document = _document(file)
    if isinstance(document, Failure):
        return body, [document]
    unknown = []
    for path, kind, inner in _entries(document):
        if kind in LABELS:
            body.blocks.extend(_blocks(document, path, inner, kind, LABELS[kind], ()))
        elif kind not in BLOCKS:
            unknown.append(Failure.at(document.span(path), unknown_block(kind)))
    return body, unknown


def _entries(document: Document) -> Iterator[tuple[Path, str, Any]]:
    """What stands in a file, with its path and name; comments left out."""
    for at, part in _objects(document.data, ()):
        yield from (
            ((*at, kind), kind, inner) for kind, inner in part.items() if kind != COMMENT
        )


def json_ignores(file: SourceFile) -> list[Ignore]:
    """The ignores of a file: each covers the block that it stands in."""
    document = _document(file) if MARK in file.data else None
    if not isinstance(document, Document):
        return []
    return [
        ignore
        for at, part in _objects(document.data, ())
        for kind, labels in LABELS.items()
        for inner, item in _bodies(part.get(kind), (*at, kind), labels)
        for ignore in ignores_in_json(document, inner, item, document.span(inner))
    ]


def _bodies(data: Any, at: Path, labels: int) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The bodies of the blocks below a kind, past its labels."""
    for inner, item in _objects(data, at):
        if not labels:
            yield inner, item
            continue
        for name, value in item.items():
            if name != COMMENT:
                yield from _bodies(value, (*inner, name), labels - 1)


def _document(file: SourceFile) -> Document | Failure:
    """The one document of a file, an object or a list of them, or why it isn't that."""
    try:
        documents = list(load(file.data, file.path))
    except DocumentError as error:
        return Failure(file.path, error.line, error.column, Note("terraform.not-json-syntax"))
    if len(documents) != 1 or not isinstance(documents[0].data, (dict, list)):
        return Failure(file.path, 1, 1, Note("terraform.not-json-syntax"))
    return documents[0]


def _objects(data: Any, at: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """An object, or each object of a list: where one may stand, several may."""
    if isinstance(data, dict):
        yield at, data
    elif isinstance(data, list):
        for index, item in enumerate(data):
            if isinstance(item, dict):
                yield (*at, index), item


def _blocks(
    document: Document, at: Path, data: Any, kind: str, labels: int, named: tuple[str, ...]
) -> Iterator[Block]:
    for inner, item in _objects(data, at):
        if labels:
            for name, value in item.items():
                if name != COMMENT:
                    yield from _blocks(
                        document, (*inner, name), value, kind, labels - 1, (*named, name)
                    )
        else:
            yield Block(
                kind,
                named,
                _body(document, inner, item, kind),
                document.whole(inner),
                document.span(inner),
            )


def _body(document: Document, at: Path, data: Mapping[str, Any], kind: str) -> Body:
    body = Body()
    nested = INNER.get(kind, {})
    if kind not in PLAIN:
        nested = {**nested, "dynamic": DYNAMIC["dynamic"]}
    if kind == "dynamic":
        nested = DYNAMIC
    for name, value in data.items():
        path = (*at, name)
        if name in nested or (kind not in PLAIN and _holds_dynamic(value)):
            labels = nested.get(name, 0)
            body.blocks.extend(_blocks(document, path, value, name, labels, ()))
        elif name != COMMENT:
            body.attributes[name] = _attribute(document, path, name, value, kind)
    return body


def _holds_dynamic(value: Any) -> bool:
    """Whether a value is a nested block, or several, in which a dynamic one stands, at whatever depth."""
    return any(
        isinstance(item.get("dynamic"), (dict, list))
        or any(map(_holds_dynamic, item.values()))
        for _, item in _objects(value, ())
    )


def _attribute(document: Document, path: Path, name: str, value: Any, kind: str) -> Attribute:
    if kind == "dynamic" and name == "iterator" and isinstance(value, str):
        named = parse_expression(value, name) or Unsupported("a name that can't be read")
        return Attribute(name, lambda: named, document.whole(path))
    if kind == "variable":
        return Attribute(name, lambda: _of_variable(name, value), document.whole(path))
    return Attribute(name, lambda: expression(value), document.whole(path))


def _of_variable(name: str, value: Any) -> Expression:
    """A variable's type is an expression in a string; its default is taken as it stands."""
    if name == "type" and isinstance(value, str):
        return parse_expression(value, "type") or Unsupported("a type that can't be read")
    return _plain(value)


def _plain(value: Any) -> Expression:
    if isinstance(value, dict):
        return ObjectOf(tuple((Literal(key), _plain(item)) for key, item in value.items()))
    return ListOf(tuple(map(_plain, value))) if isinstance(value, list) else Literal(value)


def expression(value: Any) -> Expression:
    """The expression that a JSON value stands for: strings and keys are templates."""
    if isinstance(value, str):
        return _template(value)
    if isinstance(value, dict):
        pairs = (
            (_template(key), expression(item))
            for key, item in value.items()
            if key != COMMENT
        )
        return ObjectOf(tuple(pairs))
    return (
        ListOf(tuple(map(expression, value))) if isinstance(value, list) else Literal(value)
    )


def _template(text: str) -> Expression:
    return parse_template(text, "string") or Unsupported("a string that can't be read")
