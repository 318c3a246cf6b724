"""Compact HCL nodes: what `hcl` makes of a syntax tree, and `evaluate` walks. They know no library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass

from sovlint.model.source import Located


@dataclass(frozen=True, slots=True)
class Literal:
    """A string, number, bool or null."""

    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Template:
    """Pieces that make a string, in order."""

    pieces: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class TemplateIf:
    """A ``%{ if }`` directive; each arm is a template."""

    test: Expression
    yes: Template
    no: Template


@dataclass(frozen=True, slots=True)
class TemplateFor:
    """A ``%{ for }`` directive."""

    key: str | None
    value: str
    collection: Expression
    body: Template


@dataclass(frozen=True, slots=True)
class Index:
    """A step in brackets: ``[expression]``."""

    key: Expression


@dataclass(frozen=True, slots=True)
class Splat:
    """A step over all elements: ``[*]`` (``full``) or ``.*``, whose reach ends at the next index."""

    full: bool


Step = str | Index | Splat


@dataclass(frozen=True, slots=True)
class Traversal:
    """A name and the steps after it: ``var.region``, ``aws_x.y[0].id``."""

    root: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Postfix:
    """Steps after any other expression: ``merge(a, b).c``."""

    base: Expression
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function call; ``expand``: the last argument is followed by ``...``."""

    name: str
    arguments: tuple[Expression, ...]
    expand: bool


@dataclass(frozen=True, slots=True)
class Conditional:
    """``test ? yes : no``."""

    test: Expression
    yes: Expression
    no: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """An operator between two expressions."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Unary:
    """``-x`` or ``!x``."""

    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class ListOf:
    """``[a, b]``. ``places``: from where to where each item stands in its file, in bytes, where that is known."""

    items: tuple[Expression, ...]
    places: tuple[tuple[int, int], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class ObjectOf:
    """``{ key = value }``; a bare identifier key is a ``Literal``. ``places``: as of a list, from each key on."""

    pairs: tuple[tuple[Expression, Expression], ...]
    places: tuple[tuple[int, int], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class For:
    """A ``for`` expression; ``key_result`` is ``None`` for a list, ``group`` is the ``...`` of an object."""

    key: str | None
    value: str
    collection: Expression
    key_result: Expression | None
    result: Expression
    condition: Expression | None
    group: bool


@dataclass(frozen=True, slots=True)
class Unsupported:
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


def within(expression: Expression) -> Iterator[object]:
    """An expression and whatever it is made of."""
    stack: list[object] = [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, tuple):
            stack.extend(node)
        elif is_dataclass(node):
            yield node
            stack.extend(getattr(node, each.name) for each in fields(node))


class Attribute:
    """``name = expression``. The expression is made on first use."""

    __slots__ = ("_expression", "_make", "name", "where")

    def __init__(self, name: str, make: Callable[[], Expression], where: Located) -> None:
        self.name = name
        self.where = where
        self._make: Callable[[], Expression] | None = make
        self._expression: Expression | None = None

    @property
    def expression(self) -> Expression:
        """The expression, compiled once."""
        if self._expression is None:
            assert self._make is not None
            self._expression = self._make()
            self._make = None
        return self._expression


@dataclass(slots=True)
class Body:
    """What stands between braces, or a whole file."""

    attributes: dict[str, Attribute] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    def of(self, kind: str) -> list[Block]:
        """Its blocks of one kind, in order."""
        return [block for block in self.blocks if block.kind == kind]


@dataclass(slots=True)
class Block:
    """``kind "label" { body }``. ``where`` spans the whole block, ``head`` its first line up to the brace."""

    kind: str
    labels: tuple[str, ...]
    body: Body
    where: Located
    head: Located
