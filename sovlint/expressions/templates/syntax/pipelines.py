"""Pipelines, commands and operands: what stands between the braces of an action."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from sovlint.expressions.templates.limits import MAX_NESTING
from sovlint.expressions.templates.running import TemplateError
from sovlint.expressions.templates.syntax import constants
from sovlint.expressions.templates.syntax.lexer import Token
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

_CONSTANTS: Mapping[str, Callable[[str], Any]] = {
    "string": constants.string,
    "raw": lambda written: written[1:-1].replace("\r", ""),
    "character": constants.character,
    "number": constants.number,
    "bool": lambda written: written == "true",
}


class PipelineParser:
    """Reads pipelines from tokens. ``variables`` are those in scope; ``functions`` those called, with their places."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.variables = ["$"]
        self.functions: dict[str, int] = {}

    def peek(self) -> Token:
        """The next token."""
        return self.tokens[self.at]

    def next(self) -> Token:
        """The next token, which is read now. The end of the text is never passed."""
        token = self.tokens[self.at]
        if token.kind != "end":
            self.at += 1
        return token

    @property
    def last_end(self) -> int:
        """Where the token that was read last ends."""
        return self.tokens[self.at - 1].end

    def is_keyword(self, ahead: int, word: str) -> bool:
        """Whether a keyword comes, so many tokens ahead."""
        if self.at + ahead >= len(self.tokens):
            return False
        token = self.tokens[self.at + ahead]
        return token.kind == "keyword" and token.text == word

    def expect(self, kind: str, context: str) -> Token:
        """The next token, which must be of a kind."""
        token = self.next()
        if token.kind != kind:
            self.unexpected(token, context)
        return token

    def error(self, message: str, start: int) -> TemplateError:
        """What is wrong at an offset."""
        return TemplateError(message, *TextLines(self.text).position(start))

    def fail(self, message: str, token: Token) -> NoReturn:
        """Refuse a token."""
        raise self.error(message, token.start)

    def unexpected(self, token: Token, context: str) -> NoReturn:
        """Refuse a token that may not stand in ``context``."""
        if token.kind == "end":
            self.fail(f"unexpected EOF in {context}", token)
        self.fail(f'unexpected "{token.text[:40]}" in {context}', token)

    def enter(self) -> None:
        """One level deeper."""
        self.depth += 1
        if self.depth > MAX_NESTING:
            self.fail(f"more than {MAX_NESTING} levels of nesting", self.peek())

    def leave(self) -> None:
        """One level up."""
        self.depth -= 1

    def pipeline(self, context: str, end: str) -> PipelineNode:
        """A pipeline, and the token that ends it."""
        self.enter()
        start = self.peek().start
        variables, assigns = self._declared(context)
        commands: list[CommandNode] = []
        while self.peek().kind != end:
            command = self._command()
            if command is None:
                self.unexpected(self.peek(), context)
            if len(commands) == MAX_NESTING:  # each gets what the one before gives: they nest
                self.fail(f"more than {MAX_NESTING} commands in one pipeline", self.peek())
            commands.append(command)
        last = self.next()
        if not commands:
            self.fail(f"missing value for {context}", last)
        for number, command in enumerate(commands[1:], start=2):
            if isinstance(command.operands[0], (ConstantNode, DotNode)):
                raise self.error(
                    f"non executable command in pipeline stage {number}", command.start
                )
        self.leave()
        return PipelineNode(tuple(commands), variables, assigns, start)

    def _declared(self, context: str) -> tuple[tuple[str, ...], bool]:
        """The variables that a pipeline gives a value, and whether they have been declared before."""
        names: list[str] = []
        while self.peek().kind == "variable":
            after = self.tokens[self.at + 1]
            if after.kind not in ("declare", "assign") and after.text != ",":
                break
            names.append(self.next().text)
            self.variables.append(names[-1])
            self.next()
            if after.kind != "mark":
                return tuple(names), after.kind == "assign"
            if context != "range" or len(names) > 1:
                self.fail(f"too many declarations in {context}", after)
            if self.peek().kind not in ("variable", "close", "shut"):
                self.fail("range can only initialize variables", self.peek())
        return tuple(names), False

    def _command(self) -> CommandNode | None:
        """Operands up to a bar, which is read, or to the end of the pipeline; ``None`` where no operand stands."""
        start = self.peek().start
        operands: list[OperandNode] = []
        while True:
            operand = self._operand()
            if operand is None and not operands:
                return None
            if operand is not None:
                operands.append(operand)
                if self.peek().spaced:
                    continue
            token = self.peek()
            if token.kind == "bar":
                self.next()
            elif token.kind not in ("close", "shut"):
                self.unexpected(token, "operand")
            return CommandNode(tuple(operands), start)

    def _operand(self) -> OperandNode | None:
        """A term, and the fields that stand right behind it."""
        node = self._term()
        if node is None:
            return None
        names: list[str] = []
        while (token := self.peek()).kind == "field" and not token.spaced:
            names.append(self.next().text[1:])
        if not names:
            return node
        if isinstance(node, FieldNode):
            return FieldNode((*node.names, *names), node.start)
        if isinstance(node, VariableNode):
            return VariableNode(node.name, tuple(names), node.start)
        if isinstance(node, (ConstantNode, DotNode)):
            raise self.error("unexpected . after term", node.start)
        return ChainNode(node, tuple(names), node.start)

    def _term(self) -> OperandNode | None:
        token = self.peek()
        kind, start = token.kind, token.start
        if kind in _CONSTANTS:
            return self.constant(self.next())
        if kind == "open":
            self.next()
            return self.pipeline("parenthesized pipeline", "shut")
        node: OperandNode
        if kind == "name":
            self.functions.setdefault(token.text, start)
            node = FunctionNode(token.text, start)
        elif kind == "dot":
            node = DotNode(start)
        elif kind == "field":
            node = FieldNode((token.text[1:],), start)
        elif kind == "variable":
            node = self._variable(token)
        elif self.is_keyword(0, "nil"):
            node = ConstantNode(None, start)
        else:
            return None
        self.next()
        return node

    def _variable(self, token: Token) -> VariableNode:
        if token.text not in self.variables:
            self.fail(f'undefined variable "{token.text}"', token)
        return VariableNode(token.text, (), token.start)

    def constant(self, token: Token) -> ConstantNode:
        """The value that a token is written for."""
        try:
            return ConstantNode(_CONSTANTS[token.kind](token.text), token.start)
        except ValueError as error:
            self.fail(f"{error}: {token.text[:40]}", token)
