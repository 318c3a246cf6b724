"""Pipelines, commands and operands -> closures that give their values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sovlint.expressions.templates import fields
from sovlint.expressions.templates.calls import called, method_called, shortcut
from sovlint.expressions.templates.running import TemplateError, TemplateFunction
from sovlint.expressions.templates.scopes import ROOT, RUN, Frame, VariableScope
from sovlint.expressions.templates.syntax.nodes import (
    ChainNode,
    CommandNode,
    ConstantNode,
    DotNode,
    FieldNode,
    FunctionNode,
    OperandNode,
    PipelineNode,
    VariableNode,
)
from sovlint.expressions.templates.syntax.positions import TextLines
from sovlint.expressions.templates.values import Map

Evaluator = Callable[[Frame, Any], Any]
"""Gives a value of a frame and the dot."""


class PipelineCompiler:
    """Compiles the pipelines of one template."""

    def __init__(
        self, path: str, lines: TextLines, functions: Mapping[str, TemplateFunction]
    ) -> None:
        self.path = path
        self.lines = lines
        self.functions = functions
        self.scope = VariableScope()
        self.dot_is_element = False

    def place(self, start: int) -> tuple[str, int, int]:
        """File, line and column of an offset."""
        return self.path, *self.lines.position(start)

    def pipeline(self, node: PipelineNode) -> Evaluator:
        """The value of a pipeline, which its variables have from then on."""
        value = self.value(node)
        if not node.variables:
            return value
        if node.assigns:
            return self._assigning(value, node)
        return _storing(value, self.scope.declare(node.variables[0]))

    def value(self, node: PipelineNode) -> Evaluator:
        """The value of a pipeline, whatever variables it has."""
        value = self._command(node.commands[0], None)
        for command in node.commands[1:]:
            value = self._command(command, value)
        if len(node.commands) == 1 and isinstance(node.commands[0].operands[0], ConstantNode):
            return value
        return _forgiven(value, culprit(node))

    def assigned(self, name: str, start: int) -> int:
        """The place of a variable that is assigned. Raises ``TemplateError`` where there is none."""
        found = self.scope.find(name)
        if found is None:
            path, line, column = self.place(start)
            raise TemplateError(f"undefined variable: {name}", line, column, path)
        return found

    def _assigning(self, value: Evaluator, node: PipelineNode) -> Evaluator:
        return _storing(value, self.assigned(node.variables[0], node.start))

    def _command(self, node: CommandNode, last: Evaluator | None) -> Evaluator:
        """What a command gives, ``last`` being what the one before it gave."""
        first, rest = node.operands[0], node.operands[1:]
        if isinstance(first, FunctionNode):
            return self._call(first, rest, last)
        if rest or last is not None:
            arguments = [self.operand(each) for each in rest]
            if last is not None:
                arguments.append(last)
            return self._method(first, arguments)
        if isinstance(first, ConstantNode) and first.value is None:
            return self._failing("nil is not a command", first.start)
        return self.operand(first)

    def operand(self, node: OperandNode) -> Evaluator:
        """The value of an operand."""
        if isinstance(node, ConstantNode):
            return _constant(node.value)
        if isinstance(node, DotNode):
            return _dot
        if isinstance(node, FieldNode):
            return self._field(node.names, node.start)
        if isinstance(node, VariableNode):
            return self._variable(node)
        if isinstance(node, FunctionNode):
            return self._call(node, (), None)
        if isinstance(node, ChainNode):
            of = self._receiver(node.of)
            return self._chain(of, node.names, node.start)
        return self.pipeline(node)

    def _receiver(self, node: OperandNode) -> Evaluator:
        if isinstance(node, ConstantNode):
            return self._failing("indirection through explicit nil", node.start)
        return self.operand(node)

    def _field(self, names: tuple[str, ...], start: int) -> Evaluator:
        if self.dot_is_element:
            return self._chain(_dot, names, start, nil_fails=True)
        if len(names) == 1:
            return _field_of_dot(names[0], self.place(start))
        return self._chain(_dot, names, start)

    def _variable(self, node: VariableNode) -> Evaluator:
        place = self.scope.find(node.name)
        if place is None:
            return self._failing(f"undefined variable: {node.name}", node.start)
        of = _variable(place)
        if not node.names:
            return of
        return self._chain(of, node.names, node.start, nil_fails=place in self.scope.elements)

    def _chain(
        self, of: Evaluator, names: tuple[str, ...], start: int, nil_fails: bool = False
    ) -> Evaluator:
        return _chain(of, names, nil_fails, self.place(start))

    def _call(
        self, node: FunctionNode, rest: tuple[OperandNode, ...], last: Evaluator | None
    ) -> Evaluator:
        arguments = [self.operand(each) for each in rest]
        if node.name in ("and", "or"):
            return shortcut(node.name, arguments, last, self.place(node.start))
        return called(self.functions[node.name], arguments, last, self.place(node.start))

    def _method(self, node: OperandNode, arguments: list[Evaluator]) -> Evaluator:
        """A field that gets arguments has to be a method."""
        of: Evaluator = _dot
        if isinstance(node, FieldNode):
            names = node.names
        elif isinstance(node, ChainNode):
            names, of = node.names, self._receiver(node.of)
        elif isinstance(node, VariableNode) and node.names:
            names = node.names
            of = self.operand(VariableNode(node.name, (), node.start))
        else:
            return self._failing("can't give argument to non-function", node.start)
        if len(names) > 1:
            of = self._chain(of, names[:-1], node.start)
        return method_called(of, names[-1], arguments, self.place(node.start))

    def _failing(self, message: str, start: int) -> Evaluator:
        path, line, column = self.place(start)

        def fail(frame: Frame, dot: Any) -> Any:
            raise TemplateError(message, line, column, path)

        return fail


def culprit(node: PipelineNode) -> str:
    """What a pipeline that fails for want of a value most likely wants: the first field of all values that it names."""
    operands = [each for command in node.commands for each in command.operands]
    fields_named = (
        each.names for each in operands if isinstance(each, (FieldNode, VariableNode))
    )
    names = next((each for each in fields_named if each[:1] == ("Values",)), ("Values",))
    return "".join(f".{name}" for name in names)


def _forgiven(value: Evaluator, wanted: str) -> Evaluator:
    def get(frame: Frame, dot: Any) -> Any:
        try:
            return value(frame, dot)
        except TemplateError as error:
            return frame[RUN].made_up_for(error, wanted)

    return get


def _constant(value: Any) -> Evaluator:
    return lambda frame, dot: value


def _dot(frame: Frame, dot: Any) -> Any:
    return dot


def _variable(place: int) -> Evaluator:
    if place == ROOT:
        return _root
    return lambda frame, dot: frame[place]


def _root(frame: Frame, dot: Any) -> Any:
    return frame[ROOT]


def _storing(value: Evaluator, place: int) -> Evaluator:
    def store(frame: Frame, dot: Any) -> Any:
        frame[place] = made = value(frame, dot)
        return made

    return store


def _field_of_dot(name: str, place: tuple[str, int, int]) -> Evaluator:
    def get(frame: Frame, dot: Any) -> Any:
        if type(dot) is Map:
            found = dot.get(name)
            if found is not None or dot.rest is None:
                return found
        if dot is None:
            return None
        try:
            return fields.field(frame[RUN], dot, name)
        except TemplateError as error:
            error.placed(*place)
            raise

    return get


def _chain(
    of: Evaluator, names: tuple[str, ...], nil_fails: bool, place: tuple[str, int, int]
) -> Evaluator:
    """Fields, one in the other. Of Go's zero value each field is that again; nil in a map has none."""

    def get(frame: Frame, dot: Any) -> Any:
        value = of(frame, dot)
        if value is None and not nil_fails:
            return None
        for name in names:
            if type(value) is Map:
                found = value.get(name)
                if found is not None or value.rest is None:
                    value = found
                    continue
            try:
                value = fields.field(frame[RUN], value, name)
            except TemplateError as error:
                error.placed(*place)
                raise
        return value

    return get
