"""Mutations of YAML and JSON: of what is written, as nodes, so that one text is odd in one place and whole elsewhere."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tests.fuzz import odd

STR, INT, NULL = (f"tag:yaml.org,2002:{each}" for each in ("str", "int", "null"))
LARGEST = 200_000
Place = tuple[Node, int, int]
"""A parent, a position in it, and 0 for a key or 1 for a value."""


def parse(raw: bytes) -> list[Node] | None:
    """The documents of a text; nothing where it isn't YAML."""
    try:
        found = list(yaml.compose_all(raw.decode(), Loader=yaml.CSafeLoader))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        return None
    kept = [each for each in found if each is not None]
    return kept or None


def is_json(raw: bytes) -> bool:
    """Whether a text is to be written as JSON again."""
    return raw.lstrip()[:1] in (b"{", b"[") and raw.rstrip()[-1:] in (b"}", b"]")


def write(documents: list[Node], as_json: bool) -> bytes:
    """The text of documents."""
    if as_json:
        return "\n".join(_json(each, 0) for each in documents).encode(
            "utf-8", "surrogatepass"
        )
    text: str = yaml.serialize_all(
        documents, Dumper=yaml.SafeDumper, allow_unicode=True, width=1000
    )
    return text.encode("utf-8", "surrogatepass")


def _json(node: Node, depth: int) -> str:
    if depth > 200:
        return "null"
    match node:
        case MappingNode():
            inside = (
                f"{json.dumps(_scalar(key))}: {_json(value, depth + 1)}"
                for key, value in node.value
            )
            return "{" + ",\n".join(inside) + "}"
        case SequenceNode():
            return "[" + ", ".join(_json(each, depth + 1) for each in node.value) + "]"
    plain = isinstance(node, ScalarNode) and not node.style and node.tag != STR
    return (
        node.value
        if plain and node.value and node.value.isalnum()
        else json.dumps(node.value)
    )


def _scalar(node: Node) -> str:
    return node.value if isinstance(node, ScalarNode) else "x"


def places(documents: list[Node]) -> list[Place]:
    """Every key and value, in order; what several places share is met once."""
    return list(_places(documents, set()))


def _places(nodes: list[Node], met: set[int]) -> Iterator[Place]:
    for node in nodes:
        if id(node) in met:
            continue
        met.add(id(node))
        if isinstance(node, MappingNode):
            for at, pair in enumerate(node.value):
                yield node, at, 0
                yield node, at, 1
                yield from _places([pair[1]], met)
        elif isinstance(node, SequenceNode):
            for at, each in enumerate(node.value):
                yield node, at, 1
                yield from _places([each], met)


def at(place: Place) -> Node:
    """What stands at a place."""
    parent, position, side = place
    found = parent.value[position]
    node: Node = found[side] if isinstance(parent, MappingNode) else found
    return node


def put(place: Place, node: Node) -> None:
    """Let another node stand at a place."""
    parent, position, side = place
    if isinstance(parent, MappingNode):
        pair = list(parent.value[position])
        pair[side] = node
        parent.value[position] = tuple(pair)
    else:
        parent.value[position] = node


def scalar(text: str, tag: str = STR, style: str | None = None) -> ScalarNode:
    """A scalar; texts that look like something else are quoted."""
    quoted = tag == STR and style is None and not text.isidentifier()
    return ScalarNode(tag, text, style='"' if quoted else style)


def odd_node(dice: random.Random, depth: int = 0) -> Node:
    """Something that nobody expects."""
    kind = dice.randrange(10 if depth < 3 else 6)
    if kind < 4:
        return scalar(odd.text(dice))
    if kind == 4:
        return ScalarNode(INT, dice.choice(odd.NUMBERS))
    if kind == 5:
        return ScalarNode(NULL, "null")
    if kind < 8:
        return SequenceNode(
            "tag:yaml.org,2002:seq",
            [odd_node(dice, depth + 1) for _ in range(dice.randrange(3))],
        )
    pairs = [
        (scalar(odd.text(dice)), odd_node(dice, depth + 1)) for _ in range(dice.randrange(3))
    ]
    return MappingNode("tag:yaml.org,2002:map", pairs)


# --- what may be done


def _replace(dice: random.Random, found: list[Place], pool: list[Place]) -> None:
    put(dice.choice(found), odd_node(dice))


def _graft(dice: random.Random, found: list[Place], pool: list[Place]) -> None:
    """What stands in another file, here."""
    put(dice.choice(found), copy.deepcopy(at(dice.choice(pool or found))))


def _swap(dice: random.Random, found: list[Place], pool: list[Place]) -> None:
    one, other = dice.choice(found), dice.choice(found)
    here, there = copy.deepcopy(at(one)), copy.deepcopy(at(other))
    put(one, there)
    put(other, here)


def _delete(dice: random.Random, found: list[Place], pool: list[Place]) -> None:
    parent, position, _ = dice.choice(found)
    del parent.value[position]


def _repeat(dice: random.Random, found: list[Place], pool: list[Place]) -> None:
    parent, position, _ = dice.choice(found)
    more = [copy.deepcopy(parent.value[position]) for _ in range(dice.choice((1, 1, 2, 30)))]
    parent.value[position:position] = more


def _share(dice: random.Random, found: list[Place], pool: list[Place]) -> None:
    """An anchor here, and an alias there."""
    put(dice.choice(found), at(dice.choice(found)))


def _merge(dice: random.Random, found: list[Place], pool: list[Place]) -> None:
    mappings = [at(each) for each in found if isinstance(at(each), MappingNode)]
    if mappings:
        key = ScalarNode("tag:yaml.org,2002:merge", "<<")
        dice.choice(mappings).value.append((key, dice.choice(mappings)))


def _wrap(dice: random.Random, found: list[Place], pool: list[Place]) -> None:
    place = dice.choice(found)
    node = at(place)
    for _ in range(dice.choice((1, 1, 1, 3, 60))):
        node = SequenceNode("tag:yaml.org,2002:seq", [node])
    put(place, node)


def _unwrap(dice: random.Random, found: list[Place], pool: list[Place]) -> None:
    place = dice.choice(found)
    node = at(place)
    inner = node.value if isinstance(node.value, list) else []
    if inner:
        first = dice.choice(inner)
        put(place, first[1] if isinstance(first, tuple) else first)


def _tag(dice: random.Random, found: list[Place], pool: list[Place]) -> None:
    at(dice.choice(found)).tag = dice.choice(odd.TAGS)


def _edit(dice: random.Random, found: list[Place], pool: list[Place]) -> None:
    """A text with something odd in it."""
    texts = [node for node in map(at, found) if isinstance(node, ScalarNode)]
    if texts:
        node = dice.choice(texts)
        cut = dice.randint(0, len(node.value))
        put_in = odd.text(dice)
        node.value = node.value[:cut] + put_in + node.value[cut + dice.choice((0, 0, 1, 5)) :]
        node.style = '"'


CHANGES: tuple[Callable[[random.Random, list[Place], list[Place]], None], ...] = (
    _replace, _replace, _graft, _graft, _swap, _delete, _repeat, _share, _merge, _wrap, _unwrap, _tag, _edit, _edit,
)  # fmt: skip


def mutate(dice: random.Random, raw: bytes, other: bytes) -> bytes | None:
    """A text with a change in one place; nothing where it can't be."""
    documents = parse(raw)
    found = places(documents) if documents else []
    if not documents or not found:
        return None
    grafts = parse(other)
    pool = places(grafts) if grafts else []
    dice.choice(CHANGES)(dice, found, pool)
    try:
        changed = write(documents, is_json(raw))
    except (yaml.YAMLError, RecursionError, TypeError, ValueError):
        return None  # a mapping that holds itself, or a key that is one
    return changed if len(changed) < LARGEST else None
