"""HashiCorp's own parser (through pygohcl) as an independent reader: every file of the corpus, structure and values.

pygohcl gives blocks and literals as plain data, other expressions as their text; its check of a variable's validation
evaluates an expression, so that it can be asked whether an expression equals the value that was found here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pygohcl
import pytest

from sovlint.expressions.nodes import (
    Attribute,
    Body,
    Expression,
    ListOf,
    Literal,
    ObjectOf,
    Unary,
)
from sovlint.expressions.texts import text_of
from sovlint.frontends.terraform.syntax import hcl
from sovlint.model.source import SourceFile
from tests.frontends.terraform import house

pytestmark = pytest.mark.oracle

CORPUS = Path(__file__).parent / "corpus"
FILES = {
    str(path.relative_to(CORPUS).with_suffix("")): path
    for path in sorted(CORPUS.rglob("*.tf"))
}
REFUSED = {name for name in FILES if name.startswith("refused/")}
WITHOUT_NAMES = {
    name for name in FILES if not name.startswith(("refused/", "references/", "blocks/"))
}
"""Files whose attributes need nothing from outside, so that both readers can work them out."""

_AS_TEXT = "pygohcl hands on what stands in parentheses as text; the value is the same"
STRUCTURE = {
    "collections/list-of-parenthesised": _AS_TEXT,
    "collections/object-parenthesised-key": _AS_TEXT,
    "literals/nested-parentheses": _AS_TEXT,
    "literals/number-parenthesised": _AS_TEXT,
    "literals/string-parenthesised": _AS_TEXT,
}
"""Where the two read another structure, and why ours is right."""

_ONE_READING = "only one thing can be meant, and what stands there must not be lost to a comma or a line break"
_NO_VALUE = "what follows is read, and the value itself is unknown"
READ_HERE = {
    "refused/block-in-one-line-block": _ONE_READING,
    "refused/closing-brace-on-argument-line": _ONE_READING,
    "refused/conditional-on-next-line": _ONE_READING,
    "refused/empty-interpolation": _NO_VALUE,
    "refused/hexadecimal": _NO_VALUE,
    "refused/key-and-value-apart": _ONE_READING,
    "refused/legacy-index-nested": "Terraform 0.11 took it",
    "refused/object-two-on-a-line": _ONE_READING,
    "refused/operator-on-next-line": _ONE_READING,
}
"""What Terraform refuses and is read here all the same, and why that does no harm."""

NO_VALUE_HERE = {
    "literals/string-three-dollars": "the grammar takes `$$${` for `$$` and an interpolation: unknown"
}
"""What has a value there and none here."""


def source(name: str) -> str:
    return FILES[name].read_bytes().decode()


def ours(name: str) -> tuple[Body, bool]:
    """What is read here, and whether all of it could be."""
    body, failures = hcl.parse(
        SourceFile(name, FILES[name].read_bytes().removeprefix(b"\xef\xbb\xbf"))
    )
    return body, not failures


def shape(body: Body) -> dict[str, object]:
    """A body as pygohcl writes it: labels are nested keys, and what stands more than once is a list."""
    made: dict[str, object] = dict(body.attributes)
    for block in body.blocks:
        inside, key = made, block.kind
        for label in block.labels:
            inside = inside.setdefault(key, {})  # type: ignore[assignment]
            key = label
        if key not in inside:
            inside[key] = shape(block.body)
        elif isinstance(inside[key], list):
            inside[key].append(shape(block.body))  # type: ignore[union-attr]
        else:
            inside[key] = [inside[key], shape(block.body)]
    return made


def differences(mine: object, theirs: object, path: str = "") -> Iterator[str]:
    """Where what was read here isn't what the other reader read."""
    if isinstance(mine, Attribute):
        yield from expression(mine.expression, theirs, path)
    elif isinstance(mine, dict) and isinstance(theirs, dict):
        if list(mine) != list(theirs) and set(mine) != set(theirs):
            yield f"{path}: {sorted(mine)} here, {sorted(theirs)} there"
        for key in mine.keys() & theirs.keys():
            yield from differences(mine[key], theirs[key], f"{path}.{key}")
    elif isinstance(mine, list) and isinstance(theirs, list) and len(mine) == len(theirs):
        for position, (one, other) in enumerate(zip(mine, theirs, strict=True)):
            yield from differences(one, other, f"{path}[{position}]")
    else:
        yield f"{path}: {mine!r} here, {theirs!r} there"


def expression(mine: Expression, theirs: object, path: str) -> Iterator[str]:
    """The same for an expression: literals and what is made of them are compared, others must be a text there."""
    if isinstance(mine, Literal):
        if mine.value != theirs or isinstance(mine.value, bool) != isinstance(theirs, bool):
            yield f"{path}: {mine.value!r} here, {theirs!r} there"
    elif isinstance(mine, ListOf) and isinstance(theirs, list):
        yield from items(mine, theirs, path)
    elif isinstance(mine, ObjectOf) and isinstance(theirs, dict):
        yield from entries(mine, theirs, path)
    elif not isinstance(mine, Unary) and not isinstance(theirs, str):
        yield f"{path}: {type(mine).__name__} here, {theirs!r} there"


def items(mine: ListOf, theirs: list[object], path: str) -> Iterator[str]:
    """The same for the items of a list."""
    if len(mine.items) != len(theirs):
        yield f"{path}: {len(mine.items)} elements here, {len(theirs)} there"
    for position, (item, other) in enumerate(zip(mine.items, theirs, strict=False)):
        yield from expression(item, other, f"{path}[{position}]")


def entries(mine: ObjectOf, theirs: dict[str, object], path: str) -> Iterator[str]:
    """The same for the entries of an object whose keys are written out."""
    if len(mine.pairs) != len(theirs):
        yield f"{path}: {len(mine.pairs)} entries here, {len(theirs)} there"
    literal = {
        str(text_of(key.value)): value
        for key, value in mine.pairs
        if isinstance(key, Literal)
    }
    for key, value in literal.items():
        if key not in theirs:
            yield f"{path}: {key} isn't there"
        else:
            yield from expression(value, theirs[key], f"{path}.{key}")


def literal(value: object) -> str:
    """A plain value in HCL's own syntax."""
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(literal, value)) + "]"
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{literal(key)} = {literal(item)}" for key, item in value.items())
            + "}"
        )
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")
    return json.dumps(value)


def equal_there(text: str, value: object) -> bool:
    """Whether the other reader finds that an expression has this value."""
    try:
        pygohcl.eval_var_condition(
            f"jsonencode({text}\n) == jsonencode({literal(value)})", "differs", "x", "v"
        )
    except pygohcl.UnknownFunctionError:
        raise
    except pygohcl.ValidationError as error:
        if str(error) == "differs":
            return False
        raise
    return True


def written(name: str, attribute: Attribute) -> str:
    """What stands behind the equals sign."""
    span = attribute.where.span()
    lines = (
        source(name)
        .removeprefix("\ufeff")
        .splitlines(keepends=True)[span.line - 1 : span.end_line]
    )
    whole = "".join(lines) if span.end_line > span.line else lines[0]
    return whole.split("=", 1)[1]


def test_structure() -> None:
    names = sorted(FILES.keys() - REFUSED)
    read = {name: ours(name) for name in names}
    assert [name for name in names if not read[name][1]] == []
    other = {
        name: list(differences(shape(read[name][0]), pygohcl.loads(source(name))))
        for name in names
    }
    assert {
        name: found for name, found in other.items() if found and name not in STRUCTURE
    } == {}
    assert {name for name in names if not other[name]} & set(STRUCTURE) == set()


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_refused_there_is_refused_here(name: str) -> None:
    with pytest.raises(pygohcl.HCLParseError):
        pygohcl.loads(source(name))
    assert ours(name)[1] is (name in READ_HERE)


def test_value() -> None:
    assert {
        name: found for name in sorted(WITHOUT_NAMES) if (found := other_values(name))
    } == {}


def other_values(name: str) -> list[str]:
    """What has another value there than here, in the file of a name."""
    other = []
    for attribute in ours(name)[0].attributes.values():
        text = written(name, attribute)
        if name in NO_VALUE_HERE:
            if house.is_known(house.value(text)):
                other.append(f"{text.strip()} is known here")
            continue
        found = house.known(text)
        if not equal_there(text, found):
            other.append(f"{text.strip()} is {literal(found)} here")
        assert not equal_there(text, [found]), "the other reader takes anything for equal"
    return other


def test_the_corpus_is_large() -> None:
    assert len(FILES) > 500
