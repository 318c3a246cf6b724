"""A block's attributes on demand: nested and dynamic blocks, maps and lists, by dotted path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from msgspec import Struct

from sovlint.cache.answered import AnsweredAttributes
from sovlint.expressions.environment import NOWHERE, Env
from sovlint.expressions.evaluate import evaluate, follow
from sovlint.expressions.kinds import content, pairs_of, unsupported
from sovlint.expressions.lifting import because, plainly_unknown
from sovlint.expressions.limits import MAX_BLOCKS, NESTED_BLOCK
from sovlint.expressions.nodes import Block, Body, Index, Literal, Traversal
from sovlint.expressions.values import element_of, opened, part_of
from sovlint.model.attributes import Found
from sovlint.model.source import Located
from sovlint.model.value import Known, MayHold, Unknown, Value
from sovlint.rules.keys import path_parts


class BodyAttributes(Struct, eq=False):
    """What a block says (implements ``model.attributes.Attributes``). Each path is read at most once.

    What a value says that is met again while it is being read (it refers to itself) is unknown, and so is one that
    leads through too many others.
    """

    _body: Body
    _env: Env
    _where: Located
    _read: dict[str, tuple[Found, ...]] = {}

    def read(self, path: str) -> Sequence[Found]:
        """All values at a dotted path, in source order; ``*`` stands for any index, key or block.

        In the name of an attribute or block it stands for any part of it (``*_endpoint``).
        """
        if path not in self._read:
            self._read[path] = (
                Found(unsupported(f"{path} refers to itself"), self._where, False),
            )
            try:
                self._read[path] = tuple(
                    _read(self._body, list(path_parts(path)), self._env, True)
                )
            except RecursionError:
                self._read[path] = (
                    Found(unsupported(f"{path} leads too far"), self._where, False),
                )
        return self._read[path]

    def __reduce__(self) -> tuple[type[AnsweredAttributes], tuple[Mapping[str, object]]]:
        """What is kept of it: what was asked of it."""
        return AnsweredAttributes, (dict(self._read),)

    @property
    def written(self) -> tuple[Body, Env, Located]:
        """The block itself, the names that it is read with, and where it stands."""
        return self._body, self._env, self._where


class Unsettled(Struct, eq=False):
    """Attributes of a block of which nothing can be told."""

    _doubt: Unknown
    _where: Located

    def read(self, path: str) -> Sequence[Found]:
        """One value that isn't known, whatever the path."""
        return (Found(self._doubt, self._where),)


def overridden(where: Located) -> Unsettled:
    """Attributes of a block that an unreadable override file may have given other values."""
    return Unsettled(unsupported("an override file that can't be read"), where)


def _read(body: Body, path: Sequence[str], env: Env, sure: bool) -> Iterator[Found]:
    name, rest = path[0], path[1:]
    if "*" in name:
        for each in _names(body, name):
            yield from _read(body, (each, *rest), env, sure)
        return
    attribute = body.attributes.get(name)
    if attribute is not None:
        for value in inside(evaluate(attribute.expression, env), rest):
            yield Found(value, attribute.where, sure)
        return
    blocks = list(blocks_of(body, name, env, sure))
    if rest and rest[0].isdigit():
        blocks = blocks[int(rest[0]) : int(rest[0]) + 1]
    yield from _in_blocks(
        blocks, rest[1:] if rest[:1] == ["*"] or (rest and rest[0].isdigit()) else rest
    )


def _in_blocks(
    blocks: Iterable[tuple[Block, Env, bool]], rest: Sequence[str]
) -> Iterator[Found]:
    for block, block_env, block_sure in blocks:
        if not rest:
            said = {
                name: evaluate(each.expression, block_env)
                for name, each in block.body.attributes.items()
            }
            yield Found(Known(said), block.head, block_sure)
        elif rest == ["*"]:
            for inner in block.body.attributes.values():
                yield Found(evaluate(inner.expression, block_env), inner.where, block_sure)
        else:
            yield from _read(block.body, rest, block_env, block_sure)


def _names(body: Body, pattern: str) -> list[str]:
    """The names of attributes and of nested blocks that a pattern with ``*`` tells apart, each once."""
    names = dict.fromkeys((*body.attributes, *(block.makes for block in body.blocks)))
    return [name for name in names if fnmatchcase(name, pattern)]


def blocks_of(
    body: Body, name: str, env: Env, sure: bool
) -> Iterator[tuple[Block, Env, bool]]:
    """The nested blocks of a kind, static and dynamic; those of a dynamic one over an unknown may not exist."""
    for block in body.blocks:
        if block.kind == name:
            yield block, env, sure
        elif block.kind == "dynamic" and block.labels == (name,):
            yield from _dynamic(block, name, env, sure)


def _dynamic(
    block: Block, name: str, env: Env, sure: bool
) -> Iterator[tuple[Block, Env, bool]]:
    contents = block.body.of("content")
    for_each = block.expression("for_each")
    if not contents or for_each is None:
        return
    made = Block(name, (), contents[0].body, contents[0].where, block.head)
    named = block.expression("iterator")
    iterator = named.root if isinstance(named, Traversal) else name
    over = opened(evaluate(for_each, env))
    held = _held(over)
    if held is not None and (
        len(held) > MAX_BLOCKS or not env.scope.work.spend(NESTED_BLOCK * len(held))
    ):
        over, held = unsupported("more blocks than are read"), None
    if held is not None:
        for each in held:
            names = {"key": each.key, "value": because(each.value, over.because)}
            yield made, env.bind({iterator: Known(names)}), sure and each.sure
    elif isinstance(over, Unknown):
        names = {"key": plainly_unknown(over), "value": element_of(over)}
        yield made, env.bind({iterator: Known(names)}), False


def _held(over: Value) -> Sequence[MayHold] | None:
    """All that is, or may be, in a collection; ``None`` where nobody knows that."""
    if isinstance(over, Unknown):
        return over.holds
    return [MayHold(key, value) for key, value in pairs_of(over.value)]


def inside(value: Value, path: Sequence[str]) -> Iterator[Value]:
    """The values at the rest of a path, inside an attribute's value."""
    if not path:
        yield value
        return
    name, rest = path[0], path[1:]
    if isinstance(value, Unknown):
        yield from _inside_unknown(value, path)
        return
    inner = value.value
    if isinstance(inner, dict):
        if _is_one_block(inner, path):
            yield from inside(value, rest)
        chosen = _of_object(inner, path)
    elif isinstance(inner, tuple):
        if name == "*":
            chosen = list(inner)
        elif name.isdigit():
            chosen = list(inner[int(name) : int(name) + 1])
        else:  # a block written as a list of objects
            chosen = [
                unsupported("a list in a list") if isinstance(content(item), tuple) else item
                for item in inner
            ]
            rest = path
    else:
        chosen = []
    for item in chosen:
        yield from inside(part_of(item, value), rest)


def _inside_unknown(value: Unknown, path: Sequence[str]) -> Iterator[Value]:
    """What is known all the same at a path inside a value that isn't."""
    name, rest = path[0], path[1:]
    if value.entries and name != "*" and name in value.entries and not value.overridable:
        yield from inside(value.entries[name], rest)
    elif value.each is not None and not value.among:
        yield from inside(element_of(value), rest if name == "*" or name.isdigit() else path)
    else:
        yield plainly_unknown(value) if not value.among else _among(value, path)


def _is_one_block(inner: Mapping[str, Value], path: Sequence[str]) -> bool:
    """Whether an object is the only block of its kind, as the JSON syntax writes one, and not a list of them."""
    if path[0] == "*":
        return path[1:2] != ["*"] and any(name in inner for name in path[1:2])
    return path[0] == "0" and path[0] not in inner


def _of_object(inner: Mapping[str, Value], path: Sequence[str]) -> list[Value]:
    """The values of an object that a path leads to."""
    if path[0] != "*":
        return [inner[path[0]]] if path[0] in inner else []
    if not _is_one_block(inner, path):
        return list(inner.values())
    return [item for item in inner.values() if isinstance(content(item), (dict, tuple))]


def _among(value: Unknown, path: Sequence[str]) -> Value:
    """The values at the rest of a path inside a value that is one of a few."""
    if "*" in path:
        return plainly_unknown(value)
    return follow(
        value,
        [Index(Literal(int(step))) if step.isdigit() else step for step in path],
        NOWHERE,
    )
