"""Templates of Jinja -> texts, each stretch of which knows where it was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from jinja2 import nodes
from msgspec import Struct

from sovlint.expressions.jinja.evaluation import JinjaEvaluator, JinjaScope
from sovlint.expressions.jinja.parsing import is_template, parsed
from sovlint.expressions.jinja.values import NotThere, Omitted, as_hole, is_unknown
from sovlint.expressions.templates.execution import TemplateRun
from sovlint.expressions.templates.limits import CALL, CHARACTERS, STEP
from sovlint.expressions.templates.output import WrittenPiece, assembled
from sovlint.expressions.templates.running import TemplateError, TooCostlyError
from sovlint.expressions.templates.text import Origin, PlacedText
from sovlint.expressions.templates.values import Map
from sovlint.model.source import Span

DEEPEST: Final = 20
"""So many templates may include each other, and macros call each other."""


class JinjaSource(Struct, frozen=True):
    """A text of Jinja, which begins at a line of a file: ``value``, of a variable, where that is written."""

    text: str
    path: str
    line: int = 1
    value: Span | None = None


class _BreakError(Exception):
    """A loop ends."""


class _ContinueError(Exception):
    """A turn of a loop ends."""


def rendered(
    source: JinjaSource, run: TemplateRun, scope: JinjaScope, depth: int = 0
) -> PlacedText:
    """The text that a template comes to. Raises ``TemplateError``."""
    return _Writer(source, run, scope, depth).whole()


def native(source: JinjaSource, run: TemplateRun, scope: JinjaScope) -> Any:
    """What a text gives that may be one expression alone, of any type; else the text that it comes to. Raises
    ``TemplateError``."""
    if not is_template(source.text):
        return source.text
    try:
        body = parsed(source.text).body
        only = body[0] if len(body) == 1 else None
        if isinstance(only, nodes.Output) and len(only.nodes) == 1:
            inner = only.nodes[0]
            if not isinstance(inner, nodes.TemplateData):
                value = JinjaEvaluator(run, scope).value(inner)
                return _given(value)
        return rendered(source, run, scope)
    except TemplateError as error:
        _place(error, source)
        raise


def _place(error: TemplateError, source: JinjaSource) -> None:
    """Say in which file something is wrong, unless that has been said."""
    if not error.path:
        error.line = source.line + max(error.line, 1) - 1
        error.column = max(error.column, 1)
        error.path = source.path


def _given(value: Any) -> Any:
    missing = isinstance(value, NotThere) and not isinstance(value, Omitted)
    return as_hole(value) if missing else value


class _Writer:
    def __init__(
        self, source: JinjaSource, run: TemplateRun, scope: JinjaScope, depth: int
    ) -> None:
        self.source = source
        self.run = run
        self.scope = scope
        self.depth = depth
        self.values = JinjaEvaluator(run, scope)
        self.pieces: list[WrittenPiece] = []
        if depth > DEEPEST:
            raise TooCostlyError(f"more than {DEEPEST} templates within each other")

    def whole(self) -> PlacedText:
        try:
            self.write(parsed(self.source.text).body)
        except TemplateError as error:
            _place(error, self.source)
            raise
        except (_BreakError, _ContinueError):
            raise TemplateError("break or continue outside of a loop", 1) from None
        return assembled(self.pieces)

    def write(self, body: list[Any]) -> None:
        for node in body:
            statement = _STATEMENTS.get(type(node))
            if statement is None:
                raise TemplateError(f"{type(node).__name__.lower()} isn't read", node.lineno)
            statement(self, node)

    def span(self, line: int) -> Span:
        at = self.source.line + line - 1
        return Span(self.source.path, at, 1, at, 1)

    def captured(self, body: list[Any]) -> PlacedText:
        """What a body writes, elsewhere than in the text."""
        outer, self.pieces = self.pieces, []
        try:
            self.write(body)
            return assembled(self.pieces)
        finally:
            self.pieces = outer

    # --- statements

    def output(self, node: nodes.Output) -> None:
        for each in node.nodes:
            where = self.span(each.lineno)
            if isinstance(each, nodes.TemplateData):
                self.run.afford(STEP + len(each.data) // CHARACTERS)
                origin = Origin(where, self.source.value, lines=self.source.value is None)
                self.pieces.append((str(each.data), origin))
                continue
            text = self.values.printed(self.values.value(each))
            self.run.afford(STEP + len(text) // CHARACTERS)
            self.pieces.append((text, Origin(where, self.source.value)))

    def if_(self, node: nodes.If) -> None:
        for each in (node, *node.elif_):
            if self.values.is_true(each.test):
                self.write(each.body)
                return
        self.write(node.else_)

    def for_(self, node: nodes.For) -> None:
        found = self.values.value(node.iter)
        frame: dict[str, Any] = {}
        self.values.frames.append(frame)
        try:
            turns = [each for each in self._items(found) if self._wanted(node, frame, each)]
            for at, item in enumerate(turns):
                self.run.afford(STEP * 4)
                frame["loop"] = _loop(at, turns)
                self.assign(node.target, item, frame)
                if self._turn(node.body):
                    break
        finally:
            self.values.frames.pop()
        if not turns:
            self.write(node.else_)

    def _turn(self, body: list[Any]) -> bool:
        """One turn of a loop; whether it is the last one."""
        try:
            self.write(body)
        except _BreakError:
            return True
        except _ContinueError:
            pass
        return False

    def _wanted(self, node: nodes.For, frame: dict[str, Any], item: Any) -> bool:
        if node.test is None:
            return True
        self.assign(node.target, item, frame)
        return self.values.is_true(node.test)

    def _items(self, value: Any) -> Iterator[Any]:
        """What a loop goes through; of what isn't known one thing, or none."""
        if isinstance(value, list):
            yield from value
        elif isinstance(value, Map):
            yield from value
            if value.rest is not None:
                yield self.run.unknown("each", value.rest)
        elif isinstance(value, str) and not is_unknown(value):
            yield from str(value)
        elif is_unknown(value) and self.values.holds(value):
            yield self.values.unknown("each", value)

    def assign(self, target: nodes.Node, value: Any, frame: dict[str, Any]) -> None:
        """Give a name a value, or several names what is in it."""
        if isinstance(target, nodes.Tuple):
            inner = value if isinstance(value, list) else []
            for at, each in enumerate(target.items):
                known = (
                    inner[at] if at < len(inner) else self.values.unknown(f"[{at}]", value)
                )
                self.assign(each, known, frame)
        elif isinstance(target, nodes.NSRef):
            held = self.values.name(target.name)
            if isinstance(held, Map):
                held[target.attr] = value
        elif isinstance(target, nodes.Name):
            frame[target.name] = value

    def set_(self, node: nodes.Assign) -> None:
        self.assign(node.target, self.values.value(node.node), self.values.frames[-1])

    def set_block(self, node: nodes.AssignBlock) -> None:
        text = self.captured(node.body)
        value = text if node.filter is None else self._filtered(node.filter, text)
        self.assign(node.target, value, self.values.frames[-1])

    def _filtered(self, node: nodes.Filter, text: Any) -> Any:
        inner = (
            self._filtered(node.node, text) if isinstance(node.node, nodes.Filter) else text
        )
        return self.values.filtered(node.name, inner, node)

    def filter_block(self, node: nodes.FilterBlock) -> None:
        text = self.values.printed(self._filtered(node.filter, self.captured(node.body)))
        self.pieces.append((text, Origin(self.span(node.lineno))))

    def with_(self, node: nodes.With) -> None:
        frame: dict[str, Any] = {}
        for target, value in zip(node.targets, node.values, strict=True):
            self.assign(target, self.values.value(value), frame)
        self._inside(frame, node.body)

    def _inside(self, frame: dict[str, Any], body: list[Any]) -> None:
        self.values.frames.append(frame)
        try:
            self.write(body)
        finally:
            self.values.frames.pop()

    def macro(self, node: nodes.Macro) -> None:
        def call(*arguments: Any, **named: Any) -> PlacedText:
            self.run.afford(CALL)
            if self.depth >= DEEPEST:
                raise TooCostlyError(
                    f"macros called more than {DEEPEST} within each other", node.lineno
                )
            names = [each.name for each in node.args]
            given: dict[str, Any] = dict(zip(names, arguments, strict=False)) | named
            late = names[len(names) - len(node.defaults) :]
            for name, default in zip(late, node.defaults, strict=True):
                if name not in given:
                    given[name] = self.values.value(default)
            frame = {name: given.get(name, NotThere(name)) for name in names} | given
            self.depth += 1
            self.values.frames.append(frame)
            try:
                return self.captured(node.body)
            finally:
                self.values.frames.pop()
                self.depth -= 1

        self.values.frames[0][node.name] = call

    def include(self, node: nodes.Include) -> None:
        name = self.values.value(node.template)
        found = (
            self.scope.template(str(name))
            if isinstance(name, str) and not is_unknown(name)
            else None
        )
        if found is None:
            hole = self.values.unknown("include", name)
            self.pieces.append((self.run.shown(hole), Origin(self.span(node.lineno))))
            return
        inner = _Writer(JinjaSource(found[1], found[0]), self.run, self.scope, self.depth + 1)
        inner.values.frames = [*self.values.frames, {}]
        self.pieces.append((inner.whole(), None))

    def imported(self, node: nodes.Import) -> None:
        self.values.frames[-1][node.target] = self.values.unknown(
            "import", self.values.value(node.template)
        )

    def imported_names(self, node: nodes.FromImport) -> None:
        hole = self.values.unknown("import", self.values.value(node.template))
        for each in node.names:
            name = each if isinstance(each, str) else each[1]
            self.values.frames[-1][name] = lambda *_, **__: hole

    def called(self, node: nodes.CallBlock) -> None:
        self.pieces.append(
            (self.run.shown(self.values.unknown("call")), Origin(self.span(node.lineno)))
        )

    def do(self, node: nodes.ExprStmt) -> None:
        self.values.value(node.node)

    def scope_(self, node: nodes.Scope) -> None:
        self._inside({}, node.body)

    def block(self, node: nodes.Block) -> None:
        self._inside({}, node.body)

    def break_(self, node: nodes.Break) -> None:
        raise _BreakError

    def continue_(self, node: nodes.Continue) -> None:
        raise _ContinueError


def _loop(at: int, turns: list[Any]) -> Map:
    return Map(
        {
            "index": at + 1,
            "index0": at,
            "first": at == 0,
            "last": at + 1 == len(turns),
            "length": len(turns),
        }
    )


_STATEMENTS: Final[Mapping[type[nodes.Node], Callable[[_Writer, Any], None]]] = {
    nodes.Output: _Writer.output, nodes.If: _Writer.if_, nodes.For: _Writer.for_, nodes.Assign: _Writer.set_,
    nodes.AssignBlock: _Writer.set_block, nodes.FilterBlock: _Writer.filter_block, nodes.With: _Writer.with_,
    nodes.Macro: _Writer.macro, nodes.Include: _Writer.include, nodes.Import: _Writer.imported,
    nodes.FromImport: _Writer.imported_names, nodes.CallBlock: _Writer.called, nodes.ExprStmt: _Writer.do,
    nodes.Scope: _Writer.scope_, nodes.Block: _Writer.block, nodes.Break: _Writer.break_,
    nodes.Continue: _Writer.continue_,
}  # fmt: skip
