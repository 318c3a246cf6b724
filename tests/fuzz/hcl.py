"""Mutations of HCL: blocks, attributes and expressions change places, go, or become something else."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

import tree_sitter
import tree_sitter_hcl

from tests.fuzz import odd
from tests.oracle.expressions import expression

KINDS = (
    "block",
    "attribute",
    "expression",
    "identifier",
    "string_lit",
    "template_literal",
    "body",
)
REFERENCES, BLOCKS = odd.table("hcl expressions"), odd.table("hcl blocks")
AROUND = tuple(each.encode() for each in odd.table("hcl around expressions"))
Stretch = tuple[int, int, str]


@cache
def _parser() -> tree_sitter.Parser:
    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_hcl.language()))


def tree(raw: bytes) -> tree_sitter.Node:
    """The root of a text's syntax."""
    return _parser().parse(raw).root_node


def stretches(raw: bytes, kinds: tuple[str, ...] = KINDS) -> list[Stretch]:
    """Where each thing of these kinds stands, by bytes."""
    return [
        (node.start_byte, node.end_byte, node.type)
        for node in walk(tree(raw))
        if node.type in kinds
    ]


def walk(node: tree_sitter.Node) -> Iterator[tree_sitter.Node]:
    """A node and all in it."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(reversed(found.named_children))


def odd_of(dice: random.Random, kind: str) -> bytes:
    """Something odd of a kind."""
    if kind in ("block", "attribute", "body"):
        return dice.choice(BLOCKS).encode()
    if kind == "expression":
        made = dice.randrange(3)
        if made == 0:
            return expression(dice, depth=dice.randint(1, 4)).encode("utf-8", "surrogatepass")
        return (dice.choice(REFERENCES) if made == 1 else _quoted(odd.text(dice))).encode(
            "utf-8", "surrogatepass"
        )
    return odd.text(dice).encode("utf-8", "surrogatepass")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def mutate(dice: random.Random, raw: bytes, other: bytes) -> bytes | None:
    """A text with a change in one place; nothing where it has no parts."""
    found = stretches(raw)
    if not found:
        return None
    start, end, kind = dice.choice(found)
    old = raw[start:end]
    match dice.randrange(8):
        case 0:
            new = b""
        case 1:
            new = old + b"\n" + old
        case 2 | 3:
            new = odd_of(dice, kind)
        case 4 | 5:
            new = _of_kind(dice, other, kind) or odd_of(dice, kind)
        case 6:
            new = _of_kind(dice, raw, kind) or old
        case _:
            new = _wrapped(dice, old, kind)
    return raw[:start] + new + raw[end:]


def _of_kind(dice: random.Random, raw: bytes, kind: str) -> bytes:
    same = stretches(raw, (kind,))
    if not same:
        return b""
    start, end, _ = dice.choice(same)
    return raw[start:end]


def _wrapped(dice: random.Random, old: bytes, kind: str) -> bytes:
    if kind == "expression":
        return dice.choice(AROUND).replace(b"%s", old)
    if kind in ("block", "attribute"):
        return b'dynamic "x" {\n for_each = [1]\n content {\n' + old + b"\n}\n}"
    return old + old
