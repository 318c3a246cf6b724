"""Assignments of a script -> its variables, and those that programs get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sovlint.frontends.shell.language.branches import is_export
from sovlint.frontends.shell.language.syntax import ShellSyntax
from sovlint.frontends.shell.language.variables import ScriptPlace, Text, Variables
from sovlint.frontends.shell.language.words import ShellWords, joined
from sovlint.model.partial.holes import HOLE

if TYPE_CHECKING:
    from tree_sitter import Node


class Assignments:
    """The assignments of one text."""

    def __init__(
        self, syntax: ShellSyntax, words: ShellWords, variables: Variables, place: ScriptPlace
    ) -> None:
        self._syntax = syntax
        self._words = words
        self._variables = variables
        self._place = place

    def one(self, node: Node) -> None:
        """``NAME=value``."""
        name, value = self.read(node)
        self.set(name, value, node.start_point[0])

    def read(self, node: Node) -> tuple[str, Text]:
        """The name and the value of an assignment; an array is kept at once."""
        named, *values = node.named_children
        name = self._syntax.of(named)
        adds = any(child.type == "+=" for child in node.children)
        value = values[-1] if values else None
        if value is not None and value.type == "array":
            before = (self._variables.array(name) or ()) if adds else ()
            self._variables.assign_array(
                name, [*before, *self._words.all_fields(value.named_children)]
            )
            return name, Text()
        text = Text() if value is None else self._words.whole(value)
        return name, joined([self._variables.get(name), text], "") if adds else text

    def set(self, name: str, value: Text, line: int, exported: bool = False) -> None:
        """A variable holds a value from now on."""
        if value.text or self._variables.array(name) is None:
            self._variables.assign(name, value)
        if exported or self._variables.exports_all or self._variables.is_exported(name):
            self._variables.export(name, self._place, line)

    def declared(self, node: Node) -> None:
        """``export A=b C``, ``local a=b`` and the like."""
        line = node.start_point[0]
        exports = is_export(node, self._syntax)
        for child in node.named_children:
            if child.type == "variable_assignment":
                name, value = self.read(child)
                self.set(name, value, line, exports)
            elif child.type == "variable_name" and exports:
                self._variables.export(self._syntax.of(child), self._place, line)
            elif any(word.text.startswith(HOLE) for word in self._words.fields(child)):
                self._variables.lose("export $", self._place, line)

    def unset(self, node: Node) -> None:
        """``unset A``."""
        for child in node.named_children:
            if child.type == "variable_name":
                self.set(self._syntax.of(child), Text(), node.start_point[0])
