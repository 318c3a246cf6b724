"""Compact HCL nodes: what `hcl` makes of a syntax tree, and `evaluate` walks. They know no library."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from sovlint.model.source import Located


class Literal(Struct, frozen=True):
    """A string, number, bool or null."""

    value: str | int | float | bool | None


class Template(Struct, frozen=True):
    """Pieces that make a string, in order."""

    pieces: tuple[Expression, ...]


class TemplateIf(Struct, frozen=True):
    """A ``%{ if }`` directive; each arm is a template."""

    test: Expression
    yes: Template
    no: Template


class TemplateFor(Struct, frozen=True):
    """A ``%{ for }`` directive."""

    key: str | None
    value: str
    collection: Expression
    body: Template


class Index(Struct, frozen=True):
    """A step in brackets: ``[expression]``."""

    key: Expression


class Splat(Struct, frozen=True):
    """A step over all elements: ``[*]`` (``full``) or ``.*``, whose reach ends at the next index."""

    full: bool


TraversalStep = str | Index | Splat


class Traversal(Struct, frozen=True):
    """A name and the steps after it: ``var.region``, ``aws_x.y[0].id``."""

    root: str
    steps: tuple[TraversalStep, ...]


class Postfix(Struct, frozen=True):
    """Steps after any other expression: ``merge(a, b).c``."""

    base: Expression
    steps: tuple[TraversalStep, ...]


class Call(Struct, frozen=True):
    """A function call; ``expand``: the last argument is followed by ``...``."""

    name: str
    arguments: tuple[Expression, ...]
    expand: bool


class Conditional(Struct, frozen=True):
    """``test ? yes : no``."""

    test: Expression
    yes: Expression
    no: Expression


class Binary(Struct, frozen=True):
    """An operator between two expressions."""

    operator: str
    left: Expression
    right: Expression


class Unary(Struct, frozen=True):
    """``-x`` or ``!x``."""

    operator: str
    operand: Expression


class ListOf(Struct, frozen=True):
    """``[a, b]``. ``places``: from where to where each item stands in its file, in bytes, where that is known."""

    items: tuple[Expression, ...]
    places: tuple[tuple[int, int], ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ListOf) and self.items == other.items

    def __hash__(self) -> int:
        return hash(self.items)


class ObjectOf(Struct, frozen=True):
    """``{ key = value }``; a bare identifier key is a ``Literal``. ``places``: as of a list, from each key on."""

    pairs: tuple[tuple[Expression, Expression], ...]
    places: tuple[tuple[int, int], ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ObjectOf) and self.pairs == other.pairs

    def __hash__(self) -> int:
        return hash(self.pairs)


class For(Struct, frozen=True):
    """A ``for`` expression; ``key_result`` is ``None`` for a list, ``group`` is the ``...`` of an object."""

    key: str | None
    value: str
    collection: Expression
    key_result: Expression | None
    result: Expression
    condition: Expression | None
    group: bool


class Unsupported(Struct, frozen=True):
    """An expression that couldn't be read; it evaluates to an unknown that says so."""

    detail: str


Expression = (
    Literal
    | Template
    | TemplateIf
    | TemplateFor
    | Traversal
    | Postfix
    | Call
    | Conditional
    | Binary
    | Unary
    | ListOf
    | ObjectOf
    | For
    | Unsupported
)


def written_text(expression: Expression | None) -> str | None:
    """The text that an expression is, where it is written out as one."""
    return (
        expression.value
        if isinstance(expression, Literal) and isinstance(expression.value, str)
        else None
    )


def within(expression: Expression) -> Iterator[object]:
    """An expression and whatever it is made of."""
    stack: list[object] = [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, tuple):
            stack.extend(node)
        elif isinstance(node, Struct):
            yield node
            stack.extend(getattr(node, name) for name in node.__struct_fields__)


class Attribute(Struct, eq=False):
    """``name = expression``. The expression is made on first use."""

    name: str
    _make: Callable[[], Expression] | None
    where: Located
    _expression: Expression | None = None

    @property
    def is_made(self) -> bool:
        """Whether anybody has asked for the expression."""
        return self._expression is not None

    @property
    def expression(self) -> Expression:
        """The expression, compiled once."""
        if self._expression is None:
            assert self._make is not None
            self._expression = self._make()
            self._make = None
        return self._expression


class Body(Struct):
    """What stands between braces, or a whole file."""

    attributes: dict[str, Attribute] = {}
    blocks: list[Block] = []

    def of(self, kind: str) -> list[Block]:
        """Its blocks of one kind, in order."""
        return [block for block in self.blocks if block.kind == kind]


class Block(Struct, eq=False):
    """``kind "label" { body }``. ``where`` spans the whole block, ``head`` its first line up to the brace.

    ``torn``: what is in it isn't all that there is, or not as it is; ``perhaps``: whether it may not be there.
    """

    kind: str
    labels: tuple[str, ...]
    body: Body
    where: Located
    head: Located
    torn: bool = False
    perhaps: bool = False

    @property
    def name(self) -> str:
        """Its first label, by which most blocks are called; its kind where it has none."""
        return self.labels[0] if self.labels else self.kind

    @property
    def makes(self) -> str:
        """The kind of nested block that it stands for: dynamic and static ones are alike."""
        return self.name if self.kind == "dynamic" else self.kind

    @property
    def is_repeated(self) -> bool:
        """Whether it stands for as many instances as ``count`` or ``for_each`` says."""
        return "count" in self.body.attributes or "for_each" in self.body.attributes

    def attribute(self, name: str) -> Attribute | None:
        """One of its arguments."""
        return self.body.attributes.get(name)

    def expression(self, name: str) -> Expression | None:
        """The expression of one of its arguments; ``None`` where that isn't written."""
        attribute = self.attribute(name)
        return None if attribute is None else attribute.expression
