"""Statements -> closures that write what they make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from sovlint.expressions.templates.expressions import Evaluator, PipelineCompiler
from sovlint.expressions.templates.limits import CHARACTERS, STEP
from sovlint.expressions.templates.loops import BreakLoop, ContinueLoop, rounds
from sovlint.expressions.templates.output import WrittenPiece, origin_at
from sovlint.expressions.templates.running import TemplateError, TemplateFunction
from sovlint.expressions.templates.scopes import FIRST, PIECES, RUN, Frame
from sovlint.expressions.templates.syntax.nodes import (
    ActionNode,
    ChoiceNode,
    Definition,
    InvocationNode,
    JumpNode,
    LoopNode,
    PipelineNode,
    StatementNode,
    TemplateBody,
    TextNode,
)
from sovlint.expressions.templates.syntax.positions import TemplateSource, TextLines
from sovlint.expressions.templates.text import Origin, has_holes, origins_of, part
from sovlint.model.source import Span

Statement = Callable[[Frame, Any], None]


class CompiledTemplate(Struct, frozen=True, eq=False):
    """A template, ready to be executed. ``cost`` is what its statements cost, each executed once."""

    name: str
    run: Statement
    blank: list[Any]
    cost: int

    def frame(self, execution: Any, pieces: list[WrittenPiece], dot: Any) -> Frame:
        """What it is executed on."""
        return [execution, pieces, dot, *self.blank]


def compiled(
    source: TemplateSource,
    text: str,
    definition: Definition,
    functions: Mapping[str, TemplateFunction],
) -> CompiledTemplate:
    """One template of a text. Raises ``TemplateError``."""
    compiler = _StatementCompiler(source, text, functions)
    body, cost = compiler.body(definition.body)
    blank = [None] * (compiler.scope.size - FIRST)
    return CompiledTemplate(definition.name, body, blank, cost + STEP)


class _StatementCompiler(PipelineCompiler):
    def __init__(
        self, source: TemplateSource, text: str, functions: Mapping[str, TemplateFunction]
    ) -> None:
        super().__init__(source.path, TextLines(text, source.line, source.column), functions)
        self.source = source
        self.is_value = source.values
        self.origins = origins_of(source.text)

    def body(self, nodes: TemplateBody) -> tuple[Statement, int]:
        """Statements one after the other, and what they cost."""
        made = [self.statement(node) for node in nodes]
        cost = sum(cost for _, cost in made)
        return _sequence([statement for statement, _ in made]), cost

    def statement(self, node: StatementNode) -> tuple[Statement, int]:
        """One statement, and what it costs."""
        if isinstance(node, TextNode):
            return self._text(node), 1 + len(node.text) // CHARACTERS
        if isinstance(node, ActionNode):
            return self._action(node), STEP
        if isinstance(node, ChoiceNode):
            return self._choice(node)
        if isinstance(node, LoopNode):
            return self._loop(node), STEP
        if isinstance(node, InvocationNode):
            return self._invocation(node), STEP
        return _jump(node), 1

    def _span(self, start: int, end: int) -> Span:
        return Span(self.path, *self.lines.position(start), *self.lines.position(end))

    def _origin(self, start: int, end: int) -> Origin:
        """Where an action's output is from. What a value that is a template makes is from that value."""
        if self.is_value:
            whole = origin_at(self.origins, start)
            return Origin(None) if whole is None else Origin(whole.where, whole.value)
        return Origin(self._span(start, end))

    def _text(self, node: TextNode) -> Statement:
        end = node.start + len(node.text)
        if not self.is_value:
            origin = Origin(self._span(node.start, end), None, True)
            return _writing((node.text, origin))
        text = part(self.source.text, node.start, end)
        return _expanding(text) if has_holes(text) else _writing((text, None))

    def _action(self, node: ActionNode) -> Statement:
        pipeline = node.pipeline
        if pipeline.variables:
            return self.pipeline(
                pipeline
            )  # evaluated for its variables alone: writes nothing
        origin = self._origin(node.start, node.end)
        return _printing(self.pipeline(pipeline), origin, self.place(node.start))

    def _choice(self, node: ChoiceNode) -> tuple[Statement, int]:
        mark = self.scope.mark()
        outer = self.dot_is_element
        arms: list[tuple[Evaluator, Statement]] = []
        cost = STEP
        for arm in node.arms:
            condition = self.pipeline(arm.pipeline)
            self.dot_is_element = outer and not node.sets_dot
            body, least = self.body(arm.body)
            self.dot_is_element = outer
            cost += least + STEP
            arms.append((condition, body))
        otherwise, least = self._otherwise(node.otherwise)
        self.scope.forget(mark)
        return _choosing(arms, otherwise, node.sets_dot), cost + least

    def _otherwise(self, body: TemplateBody | None) -> tuple[Statement | None, int]:
        return (None, 0) if body is None else self.body(body)

    def _loop(self, node: LoopNode) -> Statement:
        mark = self.scope.mark()
        over = self.value(node.pipeline)
        places = self._places(node.pipeline)
        outer, self.dot_is_element = self.dot_is_element, True
        body, cost = self.body(node.body)
        self.dot_is_element = outer
        otherwise, _ = self._otherwise(node.otherwise)
        self.scope.forget(mark)
        place = self.place(node.start)
        return _looping(over, places, (body, cost + STEP), otherwise, place)

    def _places(self, pipeline: PipelineNode) -> list[int]:
        """Where the variables of a loop are: of the element alone, or of the key and of the element."""
        if pipeline.assigns:
            return [self.assigned(name, pipeline.start) for name in pipeline.variables]
        return [self.scope.declare(name, is_element=True) for name in pipeline.variables]

    def _invocation(self, node: InvocationNode) -> Statement:
        argument = None if node.pipeline is None else self.pipeline(node.pipeline)
        name, place = node.name, self.place(node.start)
        origin = Origin(self._span(node.start, node.start))

        def invoke(frame: Frame, dot: Any) -> None:
            try:
                given = None if argument is None else argument(frame, dot)
                frame[RUN].invoke(name, given, frame[PIECES])
            except TemplateError as error:
                error.placed(*place)
                made = frame[RUN].made_up_for(error, f'template "{name}"')
                frame[PIECES].append((frame[RUN].printed(made), origin))

        return invoke


def _sequence(statements: list[Statement]) -> Statement:
    if len(statements) == 1:
        return statements[0]
    steps = tuple(statements)

    def run(frame: Frame, dot: Any) -> None:
        for step in steps:
            step(frame, dot)

    return run


def _writing(piece: WrittenPiece) -> Statement:
    def write(frame: Frame, dot: Any) -> None:
        frame[PIECES].append(piece)

    return write


def _expanding(text: str) -> Statement:
    """A value that is a template, of which a part isn't known: what becomes of that isn't known either."""

    def write(frame: Frame, dot: Any) -> None:
        frame[PIECES].append((frame[RUN].expanded(text), None))

    return write


def _printing(value: Evaluator, origin: Origin, place: tuple[str, int, int]) -> Statement:
    def write(frame: Frame, dot: Any) -> None:
        made = value(frame, dot)
        try:
            if made.__class__ is not str:
                made = frame[RUN].printed(made)
            if len(made) > CHARACTERS:
                frame[RUN].afford(len(made))
        except TemplateError as error:
            error.placed(*place)
            raise
        frame[PIECES].append((made, origin))

    return write


def _choosing(
    arms: list[tuple[Evaluator, Statement]], otherwise: Statement | None, sets_dot: bool
) -> Statement:
    if len(arms) == 1 and not sets_dot:
        return _choosing_once(*arms[0], otherwise)

    def choose(frame: Frame, dot: Any) -> None:
        for condition, body in arms:
            value = condition(frame, dot)
            if value is True or (value is not False and frame[RUN].is_true(value)):
                body(frame, value if sets_dot else dot)
                return
        if otherwise is not None:
            otherwise(frame, dot)

    return choose


def _choosing_once(
    condition: Evaluator, body: Statement, otherwise: Statement | None
) -> Statement:
    def choose(frame: Frame, dot: Any) -> None:
        value = condition(frame, dot)
        if value is True or (value is not False and frame[RUN].is_true(value)):
            body(frame, dot)
        elif otherwise is not None:
            otherwise(frame, dot)

    return choose


def _looping(
    over: Evaluator,
    places: list[int],
    body: tuple[Statement, int],
    otherwise: Statement | None,
    place: tuple[str, int, int],
) -> Statement:
    run_body, cost = body
    key_place = places[0] if len(places) > 1 else None
    element_place = places[-1] if places else None

    def loop(frame: Frame, dot: Any) -> None:
        run = frame[RUN]
        try:
            turns = rounds(run, over(frame, dot), key_place is not None)
        except TemplateError as error:
            error.placed(*place)
            raise
        is_empty = True
        for key, element in turns:
            is_empty = False
            _pay(run, cost, place)
            if element_place is not None:
                frame[element_place] = element
                if key_place is not None:
                    frame[key_place] = key
            try:
                run_body(frame, element)
            except ContinueLoop:
                continue
            except BreakLoop:
                break
        if is_empty and otherwise is not None:
            otherwise(frame, dot)

    return loop


def _pay(run: Any, cost: int, place: tuple[str, int, int]) -> None:
    try:
        run.afford(cost)
    except TemplateError as error:
        error.placed(*place)
        raise


def _jump(node: JumpNode) -> Statement:
    jump = BreakLoop if node.breaks else ContinueLoop

    def leave(frame: Frame, dot: Any) -> None:
        raise jump

    return leave
