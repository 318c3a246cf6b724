"""What a resource says, as a tree like that of a YAML document: nested blocks, maps and lists, with where each stands.

A text is one that was worked out (``document_attributes.Evaluated``), so that what isn't known stays that, with why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, TypeGuard

from msgspec import Struct

from sovlint.documents.attributes import Evaluated
from sovlint.documents.tree import Node, OpenNode
from sovlint.expressions.environment import Env
from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.kinds import ENCODES, NULL, Thing, content, unsupported
from sovlint.expressions.lifting import plainly_unknown
from sovlint.expressions.nodes import (
    Block,
    Body,
    Call,
    Conditional,
    Expression,
    ListOf,
    Literal,
    ObjectOf,
    Template,
    Traversal,
    within,
)
from sovlint.expressions.texts import text_of
from sovlint.expressions.values import part_of
from sovlint.frontends.terraform.modules.attributes import BodyAttributes, blocks_of
from sovlint.frontends.terraform.workloads.united import perhaps, united
from sovlint.frontends.workloads.encoded import head, held, is_structured
from sovlint.model.attributes import Attributes
from sovlint.model.source import Located, Span, Stretch
from sovlint.model.value import Known, MayHold, Unknown, Value, either

_PACKS: Final = frozenset({"base64encode", "base64gzip", "textencodebase64"})

_TEXTS: Final = (
    ENCODES | _PACKS | {"file", "templatefile", "templatestring", "join", "format"}
)
"""Functions whose text may have a structure."""
_TOLD_ELSEWHERE: Final = ("var", "local", "data", "module", "each")
_OF_TERRAFORM: Final = ("provisioner", "connection", "lifecycle", "timeouts")
"""Blocks that say nothing of what a resource is."""

MAX_NODES: Final = 20_000
"""Of a resource that says more, the rest isn't known."""


def tree(
    attributes: Attributes, names: Iterable[str], encoded: Collection[str] = ()
) -> Node | None:
    """What a resource says under ``names``; of those that are ``encoded``, what their text (JSON, YAML) holds. ``None``
    where it says nothing."""
    maker = _Maker()
    try:
        if isinstance(attributes, BodyAttributes):
            body, env, where = attributes.written
            found = maker.body(body, env, set(names), encoded)
            return Node(found, where.span()) if found else None
        return _read(attributes, names, encoded, maker)
    except RecursionError:
        return None


def written_texts(
    attributes: Attributes, but: Collection[str] = ()
) -> Iterator[tuple[str, Node]]:
    """The arguments of a resource and of its nested blocks that may be JSON, YAML, XML or a script, with their names;
    JSON and YAML as what they hold. ``but``: arguments and blocks that are read otherwise."""
    if isinstance(attributes, BodyAttributes):
        body, env, _ = attributes.written
        try:
            yield from _Maker().texts(body, env, but)
        except RecursionError:
            return


def _read(
    attributes: Attributes, names: Iterable[str], encoded: Collection[str], maker: _Maker
) -> Node | None:
    """The same of what is read by paths alone: a plan, or what an override file may have changed."""
    entries: dict[str, Node] = {}
    for name in names:
        made = [
            maker.decoded(each.value, each.where)
            if name in encoded
            else maker.value(each.value, each.where.span())
            for each in attributes.read(name)
        ]
        if made:
            entries[name] = made[0] if len(made) == 1 else Node(made, made[0].where)
    return Node(entries, next(iter(entries.values())).where) if entries else None


class _Maker(Struct, eq=False):
    """Makes nodes, no more than there may be."""

    _left: int = MAX_NODES

    def body(
        self,
        body: Body,
        env: Env,
        names: Collection[str] | None = None,
        encoded: Collection[str] = (),
    ) -> dict[str, Node]:
        """The arguments and nested blocks of a block, ``names`` alone where they are given; blocks are lists."""
        found: dict[str, Node] = {}
        for name, attribute in body.attributes.items():
            if names is None or name in names:
                found[name] = self.expression(
                    attribute.expression, env, attribute.where, name in encoded
                )
        for kind in dict.fromkeys(block.makes for block in body.blocks):
            if names is None or kind in names:
                doubt = _doubt(body, kind, env)
                blocks = [
                    self._block(block, inner, None if sure else doubt)
                    for block, inner, sure in blocks_of(body, kind, env, True)
                ]
                if blocks:
                    found[kind] = Node(blocks, blocks[0].where)
        return found

    def texts(self, body: Body, env: Env, but: Collection[str]) -> Iterator[tuple[str, Node]]:
        """The arguments of a block, and of those in it, that may be texts with a structure."""
        for name, attribute in body.attributes.items():
            if name not in but:
                yield from self._texts_of(name, attribute.expression, env, attribute.where)
        for kind in dict.fromkeys(block.makes for block in body.blocks):
            if kind not in but and kind not in _OF_TERRAFORM:
                for block, inner, _ in blocks_of(body, kind, env, True):
                    yield from self.texts(block.body, inner, ())

    def _texts_of(
        self, name: str, expression: Expression, env: Env, where: Located
    ) -> Iterator[tuple[str, Node]]:
        """The texts of an argument: of a map each value, of a list each item that is no text itself."""
        if not _may_be_text(expression, env):
            return
        if isinstance(expression, ObjectOf):
            inner = [value for _, value in expression.pairs]
        elif isinstance(expression, ListOf) and not all(map(_is_text, expression.items)):
            inner = list(expression.items)
        else:
            node = self.expression(expression, env, where, True)
            if _is_text(expression) or not isinstance(node.value, dict):
                yield name, node
            return
        places = _places(expression.places, where) or [where] * len(inner)
        for each, at in zip(inner, places, strict=True):
            yield from self._texts_of(name, each, env, at)

    def _block(self, block: Block, env: Env, doubt: Unknown | None) -> Node:
        """A nested block; one of a dynamic block may not be there."""
        made = Node(self.body(block.body, env), block.head.span(), block.where.span())
        return made if doubt is None else perhaps(made, doubt)

    def expression(
        self, expression: Expression, env: Env, where: Located, decode: bool = False
    ) -> Node:
        """What an expression gives, each part where it is written; ``decode``: a text, as what it holds."""
        self._left -= 1
        if (
            decode
            and isinstance(expression, Call)
            and expression.name in ENCODES
            and len(expression.arguments) == 1
        ):
            return self.expression(expression.arguments[0], env, where)
        if self._left > 0 and isinstance(expression, ListOf):
            places = _places(expression.places, where)
            items = zip(
                expression.items, places or [where] * len(expression.items), strict=True
            )
            return Node(
                [self.expression(item, env, at, decode) for item, at in items], head(where)
            )
        if self._left > 0 and isinstance(expression, ObjectOf):
            entries = self._object(expression, env, where)
            if entries is not None:
                return Node(entries, head(where), where.span())
        value = evaluate(expression, env)
        if isinstance(value, Unknown) and _is_wrapped(expression):
            return self.expression(expression.arguments[0], env, where, decode)
        if self._left > 0 and isinstance(value, Unknown):
            several = self._several(expression, value, env, where, decode)
            if several is not None:
                return several
        return (
            self.decoded(value, where)
            if decode
            else self.value(value, head(where), where.span())
        )

    def _several(
        self, expression: Expression, value: Unknown, env: Env, where: Located, decode: bool
    ) -> Node | None:
        """What is known of an expression whose value isn't: both arms of a condition, and all parts of a list that is
        put together."""
        if isinstance(expression, Conditional):
            arms = [
                self.expression(arm, env, where, decode)
                for arm in (expression.yes, expression.no)
            ]
            return (
                united(arms, value)
                if any(isinstance(arm.value, (dict, list)) for arm in arms)
                else None
            )
        if isinstance(expression, Call) and expression.name == "concat":
            parts = [
                self.expression(each, env, where, decode) for each in expression.arguments
            ]
            items = [
                item
                for part in parts
                for item in (part.value if isinstance(part.value, list) else [part])
            ]
            return Node(items, head(where))
        return None

    def _object(
        self, expression: ObjectOf, env: Env, where: Located
    ) -> dict[str, Node] | None:
        """The entries of an object whose keys are all known."""
        places = _places(expression.places, where) or [where] * len(expression.pairs)
        found: dict[str, Node] = {}
        for (key_node, value), at in zip(expression.pairs, places, strict=True):
            key = evaluate(key_node, env)
            text = (
                text_of(key.value) if isinstance(key, Known) and not key.sensitive else None
            )
            if text is None:
                return None
            found[text] = self.expression(value, env, at)
        return found

    def value(self, value: Value, where: Span, end: Span | None = None) -> Node:
        """A value, all of it where it was used."""
        self._left -= 1
        if self._left < 0:
            return Node(Evaluated.of(unsupported("more than is read")), where)
        if isinstance(
            content(value), Thing
        ):  # what it has isn't a setting of whoever gets it
            return Node(Evaluated.of(unsupported("a whole resource")), where)
        if isinstance(value, Unknown):
            return self._unknown(value, where)
        inner = value.value
        if isinstance(inner, dict):
            return Node(
                {
                    key: self.value(part_of(item, value), where, end)
                    for key, item in inner.items()
                },
                where,
                end,
            )
        if isinstance(inner, tuple):
            return Node(
                [self.value(part_of(item, value), where, end) for item in inner], where, end
            )
        return Node(Evaluated.of(value) if isinstance(inner, str) else inner, where, end)

    def _unknown(self, value: Unknown, where: Span) -> Node:
        """What isn't known, with the entries that are; what may be one of a few objects has those of each."""
        members = [each.value for each in value.among or ()]
        if any(isinstance(each, (dict, tuple)) for each in members):
            return united(
                [self.value(part_of(Known(each), value), where) for each in members], value
            )
        if value.holds is not None:
            return self._held(value, value.holds, where)
        if value.entries is not None:
            entries = {key: self.value(item, where) for key, item in value.entries.items()}
            return OpenNode(entries, where, plainly_unknown(value))
        if value.each is not None:
            return Node([self.value(value.each, where)], where)
        return Node(Evaluated.of(value), where)

    def _held(self, value: Unknown, holds: Sequence[MayHold], where: Span) -> Node:
        """A collection of which it isn't known of each thing that it is in it."""
        made = [
            (
                each.key,
                self.value(each.value, where)
                if each.sure
                else self._perhaps(value, each, where),
            )
            for each in holds
        ]
        if value.entries is None:
            return Node([node for _, node in made], where)
        return Node({str(content(key)): node for key, node in made}, where)

    def _perhaps(self, value: Unknown, held: MayHold, where: Span) -> Node:
        """What may be in a collection: a scalar may be null, as an argument that nobody gives is."""
        node = self.value(held.value, where)
        if isinstance(node.value, (dict, list)):
            return perhaps(node, value)
        return Node(Evaluated.of(either([held.value, NULL], plainly_unknown(value))), where)

    def decoded(self, value: Value, where: Located) -> Node:
        """What a text holds that is JSON or YAML; the text itself where that can't be told."""
        if isinstance(value, Unknown) and value.encodes is not None:
            return self.value(part_of(value.encodes, value), head(where))
        if isinstance(value, Unknown) and value.among:
            return united(
                [self.decoded(part_of(each, value), where) for each in value.among], value
            )
        if isinstance(value, Unknown) and value.may_be:
            return self._one_of(value, value.may_be, where)
        inner = content(value)
        if isinstance(inner, tuple):
            return Node(
                [self.decoded(part_of(item, value), where) for item in inner], head(where)
            )
        found = held(value, where)
        if found is None:
            return self.value(value, head(where))
        if isinstance(found.value, list):
            found.value = [self._inner(item, where) for item in found.value]
        return found

    def _one_of(self, value: Unknown, may_be: Sequence[Value], where: Located) -> Node:
        """What a text holds that may be one of a few, or another one."""
        node = united([self.decoded(part_of(each, value), where) for each in may_be], value)
        if not isinstance(node.value, dict):
            return perhaps(node, value)
        return perhaps(OpenNode(node.value, node.where, plainly_unknown(value)), value)

    def _inner(self, item: Node, where: Located) -> Node:
        """An item of a list that is put together as text, as what was encoded for it: `"[${local.a}, ${local.b}]"`."""
        given = item.value.given if isinstance(item.value, Evaluated) else None
        is_encoded = isinstance(given, Unknown) and given.encodes is not None
        return self.decoded(given, where) if is_encoded and given is not None else item


def _may_be_text(expression: Expression, env: Env) -> bool:
    """Whether an expression may give a text with a structure: by what is written, else by its value."""
    if isinstance(expression, Traversal):
        if expression.root not in _TOLD_ELSEWHERE:
            return False
        value = evaluate(expression, env)
        if isinstance(value, Unknown):
            return value.encodes is not None or is_structured(
                "".join(filter(None, value.parts or ()))
            )
        return is_structured(value.value)
    return any(
        is_structured(each.value) if isinstance(each, Literal) else each.name in _TEXTS
        for each in within(expression)
        if isinstance(each, (Literal, Call))
    )


def _is_text(expression: Expression) -> bool:
    """Whether an expression gives a text, and no map or list."""
    if isinstance(expression, Call):
        return expression.name in _TEXTS
    return isinstance(expression, (Literal, Template, Traversal))


def _is_wrapped(expression: Expression) -> TypeGuard[Call]:
    """Whether a text is only packed: whoever gets it has it again."""
    return (
        isinstance(expression, Call)
        and expression.name in _PACKS
        and bool(expression.arguments)
    )


def _doubt(body: Body, kind: str, env: Env) -> Unknown | None:
    """Why a dynamic block of a kind may not be there."""
    for block in body.blocks:
        for_each = block.expression("for_each")
        if block.kind == "dynamic" and block.labels == (kind,) and for_each is not None:
            over = evaluate(for_each, env)
            if isinstance(over, Unknown):
                return plainly_unknown(over)
    return None


def _places(places: Sequence[tuple[int, int]], where: Located) -> list[Located] | None:
    """Where parts of an expression stand; ``None`` where its file isn't the one that they were counted in."""
    if not isinstance(where, Stretch) or not places:
        return None
    if places[0][0] < where.start or places[-1][1] > where.end:
        return None
    return [Stretch(where.file, start, end) for start, end in places]
