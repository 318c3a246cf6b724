"""The tree of a template. Positions are offsets of characters in its text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Union

from msgspec import Struct


class ConstantNode(Struct, frozen=True, eq=False):
    """A string, a number, a bool or ``nil`` as it is written."""

    value: Any
    start: int


class DotNode(Struct, frozen=True, eq=False):
    """``.``"""

    start: int


class FieldNode(Struct, frozen=True, eq=False):
    """``.a.b``"""

    names: tuple[str, ...]
    start: int


class VariableNode(Struct, frozen=True, eq=False):
    """``$x.a.b``; ``name`` begins with the dollar sign."""

    name: str
    names: tuple[str, ...]
    start: int


class FunctionNode(Struct, frozen=True, eq=False):
    """The name of a function."""

    name: str
    start: int


class ChainNode(Struct, frozen=True, eq=False):
    """``(...).a.b``, or fields of what a function gives."""

    of: OperandNode
    names: tuple[str, ...]
    start: int


class CommandNode(Struct, frozen=True, eq=False):
    """What stands between two bars: operands, of which the first may be called with the others."""

    operands: tuple[OperandNode, ...]
    start: int


class PipelineNode(Struct, frozen=True, eq=False):
    """Commands, each of which gets what the one before it gives; and the variables that are declared, or assigned, with
    what the last one gives."""

    commands: tuple[CommandNode, ...]
    variables: tuple[str, ...]
    assigns: bool
    start: int


OperandNode = Union[  # noqa: UP007
    ConstantNode, DotNode, FieldNode, VariableNode, FunctionNode, ChainNode, PipelineNode
]


class TextNode(Struct, frozen=True, eq=False):
    """Text that stands as it is."""

    text: str
    start: int


class ActionNode(Struct, frozen=True, eq=False):
    """``{{ pipeline }}``, from its first brace to behind its last one."""

    pipeline: PipelineNode
    start: int
    end: int


class Arm(Struct, frozen=True, eq=False):
    """``if``, ``else if``, ``with`` or ``else with``, and what follows it."""

    pipeline: PipelineNode
    body: TemplateBody
    start: int


class ChoiceNode(Struct, frozen=True, eq=False):
    """``if`` or ``with``: the first arm whose value is true, or else ``otherwise``. ``with`` makes that value the dot."""

    arms: tuple[Arm, ...]
    otherwise: TemplateBody | None
    sets_dot: bool
    start: int


class LoopNode(Struct, frozen=True, eq=False):
    """``range``"""

    pipeline: PipelineNode
    body: TemplateBody
    otherwise: TemplateBody | None
    start: int


class JumpNode(Struct, frozen=True, eq=False):
    """``break`` or ``continue``"""

    breaks: bool
    start: int


class InvocationNode(Struct, frozen=True, eq=False):
    """``template``, or what a ``block`` leaves in its place."""

    name: str
    pipeline: PipelineNode | None
    start: int


StatementNode = Union[  # noqa: UP007
    TextNode, ActionNode, ChoiceNode, LoopNode, JumpNode, InvocationNode
]

TemplateBody = tuple[StatementNode, ...]


class Definition(Struct, frozen=True, eq=False):
    """A template by its name: one that is defined in a text, or the whole text."""

    name: str
    body: TemplateBody
    start: int

    @property
    def is_empty(self) -> bool:
        """Whether it is made of blanks alone: Go keeps another one of the same name then."""
        return all(isinstance(node, TextNode) and not node.text.strip() for node in self.body)


class ParsedTemplate(Struct, frozen=True, eq=False):
    """A text that was read: its own template, those that it defines, and which functions it calls (with the place where
    each is called first)."""

    text: str
    main: Definition
    definitions: tuple[Definition, ...]
    functions: Mapping[str, int]
