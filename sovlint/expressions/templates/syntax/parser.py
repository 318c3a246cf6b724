"""The tokens of a template -> its tree, by the grammar of Go's ``text/template/parse``."""

from __future__ import annotations

from functools import lru_cache

from sovlint.expressions.templates.limits import MAX_SOURCE
from sovlint.expressions.templates.running import TemplateError
from sovlint.expressions.templates.syntax.lexer import Token, tokens_of
from sovlint.expressions.templates.syntax.nodes import (
    ActionNode,
    Arm,
    ChoiceNode,
    Definition,
    InvocationNode,
    JumpNode,
    LoopNode,
    ParsedTemplate,
    PipelineNode,
    StatementNode,
    TemplateBody,
    TextNode,
)
from sovlint.expressions.templates.syntax.pipelines import PipelineParser
from sovlint.expressions.templates.syntax.positions import TemplateSource
from sovlint.expressions.templates.text import without_holes

_REMEMBERED = 200_000
"""Longer texts are read anew each time: a tree takes many times the memory of its text."""


def parse(source: TemplateSource) -> ParsedTemplate:
    """The tree of a template. Raises ``TemplateError``, whose line and column are those of the file."""
    text = source.text if source.values else without_holes(source.text)
    try:
        return _parsed(str(text)) if len(text) <= _REMEMBERED else _Parser(text).parse()
    except TemplateError as error:
        line, column = error.line, error.column
        if line == 1:
            column += source.column - 1
        raise TemplateError(
            error.message, line + source.line - 1, column, source.path
        ) from None


@lru_cache(maxsize=512)
def _parsed(text: str) -> ParsedTemplate:
    return _Parser(text).parse()


class _Parser(PipelineParser):
    """Reads one text. ``definitions`` are those met so far, by name."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_SOURCE:
            raise TemplateError(f"a template of more than {MAX_SOURCE} characters", 1, 1)
        super().__init__(text, tokens_of(text))
        self.definitions: dict[str, Definition] = {}
        self.loops = 0

    def parse(self) -> ParsedTemplate:
        """All of it."""
        body: list[StatementNode] = []
        while self.peek().kind != "end":
            if self.is_keyword(1, "define"):
                self._definition()
                continue
            node = self._statement()
            if isinstance(node, Token):
                self.fail(f"unexpected {{{{{node.text}}}}}", node)
            body.append(node)
        return ParsedTemplate(
            self.text,
            Definition("", tuple(body), 0),
            tuple(self.definitions.values()),
            self.functions,
        )

    def _definition(self) -> None:
        """``{{ define "name" }} ... {{ end }}``"""
        start = self.next().start
        self.next()
        name = self._name("define clause")
        self.expect("close", "define clause")
        self._define(name, start, "define clause")

    def _define(self, name: str, start: int, context: str) -> None:
        """What a template is made of, up to its end: it sees no variable of what stands around it."""
        outer, self.variables = self.variables, ["$"]
        loops, self.loops = self.loops, 0
        body, last = self._body()
        if last.text != "end":
            self.fail(f"unexpected {{{{{last.text}}}}} in {context}", last)
        self.expect("close", "end")
        self.variables, self.loops = outer, loops
        made = Definition(name, body, start)
        known = self.definitions.get(name)
        if known is None or known.is_empty:
            self.definitions[name] = made
        elif not made.is_empty:
            raise self.error(f'multiple definition of template "{name}"', start)

    def _name(self, context: str) -> str:
        token = self.next()
        if token.kind not in ("string", "raw"):
            self.unexpected(token, context)
        return str(self.constant(token).value)

    def _body(self) -> tuple[TemplateBody, Token]:
        """Statements up to ``end`` or ``else``, and that word."""
        self.enter()
        nodes: list[StatementNode] = []
        while True:
            if self.peek().kind == "end":
                self.fail("unexpected EOF", self.peek())
            node = self._statement()
            if isinstance(node, Token):
                self.leave()
                return tuple(nodes), node
            nodes.append(node)

    def _statement(self) -> StatementNode | Token:
        """The next statement; the word alone where that is ``end`` or ``else``."""
        token = self.next()
        if token.kind == "text":
            return TextNode(token.text, token.start)
        word = self.peek()
        if word.kind == "keyword" and word.text != "nil":
            self.next()
            return self._control(word, token.start)
        pipeline = self.pipeline("command", "close")
        return ActionNode(pipeline, token.start, self.last_end)

    def _control(self, word: Token, start: int) -> StatementNode | Token:
        name = word.text
        if name in ("if", "with"):
            return self._choice(name, start)
        if name in ("end", "else"):
            return word
        if name == "range":
            return self._loop(start)
        if name == "template":
            return self._invocation(start)
        if name == "block":
            return self._block(start)
        if name in ("break", "continue"):
            return self._jump(name, word)
        self.unexpected(word, "command")

    def _choice(self, name: str, start: int) -> ChoiceNode:
        """``if`` and ``with``, with all their arms."""
        scope = len(self.variables)
        arms: list[Arm] = []
        otherwise: TemplateBody | None = None
        at = start
        while True:
            pipeline = self.pipeline(name, "close")
            body, last = self._body()
            arms.append(Arm(pipeline, body, at))
            if last.text == "else" and self.is_keyword(0, name):
                at = self.next().start
                continue
            if last.text == "else":
                otherwise = self._otherwise()
            else:
                self.expect("close", "end")
            break
        del self.variables[scope:]
        return ChoiceNode(tuple(arms), otherwise, name == "with", start)

    def _otherwise(self) -> TemplateBody:
        self.expect("close", "else")
        body, last = self._body()
        if last.text != "end":
            self.fail(f"expected end; found {{{{{last.text}}}}}", last)
        self.expect("close", "end")
        return body

    def _loop(self, start: int) -> LoopNode:
        scope = len(self.variables)
        pipeline = self.pipeline("range", "close")
        self.loops += 1
        body, last = self._body()
        self.loops -= 1
        otherwise: TemplateBody | None = None
        if last.text == "else":
            otherwise = self._otherwise()
        else:
            self.expect("close", "end")
        del self.variables[scope:]
        return LoopNode(pipeline, body, otherwise, start)

    def _invocation(self, start: int) -> InvocationNode:
        name = self._name("template clause")
        pipeline: PipelineNode | None = None
        if self.peek().kind == "close":
            self.next()
        else:
            pipeline = self.pipeline("template clause", "close")
        return InvocationNode(name, pipeline, start)

    def _block(self, start: int) -> InvocationNode:
        name = self._name("block clause")
        pipeline = self.pipeline("block clause", "close")
        self._define(name, start, "block clause")
        return InvocationNode(name, pipeline, start)

    def _jump(self, name: str, word: Token) -> JumpNode:
        if self.loops == 0:
            self.fail(f"{{{{{name}}}}} outside {{{{range}}}}", word)
        self.expect("close", f"{{{{{name}}}}}")
        return JumpNode(name == "break", word.start)
