"""Templates by name, each compiled when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping

from sovlint.expressions.templates.running import TemplateError, TemplateFunction
from sovlint.expressions.templates.statements import CompiledTemplate, compiled
from sovlint.expressions.templates.syntax.nodes import Definition, ParsedTemplate
from sovlint.expressions.templates.syntax.parser import parse
from sovlint.expressions.templates.syntax.positions import TemplateSource, TextLines
from sovlint.expressions.templates.text import PlacedText, origins_of

_EXPANDED = "(text given to tpl)"
"""The name of the template that a text is while it is expanded."""

_MAX_KEPT = 1_000
"""So many texts that were expanded are kept, to be expanded again."""


KeptTemplates = dict[tuple[str, str, str], CompiledTemplate]
"""Compiled templates by the path and the text that they stand in, and by their names."""


class TemplateStore:
    """Templates that see each other. ``beyond``: those seen besides. ``kept``: what was compiled before."""

    __slots__ = ("_beyond", "_compiled", "_definitions", "_expanded", "_functions", "_kept")

    def __init__(
        self,
        functions: Mapping[str, TemplateFunction],
        beyond: TemplateStore | None = None,
        kept: KeptTemplates | None = None,
    ) -> None:
        self._functions = functions
        self._kept = kept
        self._beyond = beyond
        self._definitions: dict[str, tuple[TemplateSource, ParsedTemplate, Definition]] = {}
        self._compiled: dict[str, CompiledTemplate] = {}
        self._expanded: dict[object, TemplateStore] = {}

    def add(self, source: TemplateSource) -> None:
        """Take a text's templates up; a later one takes the place of an earlier one of its name, unless it is empty.
        Raises ``TemplateError``."""
        parsed = parse(source)
        for name, start in parsed.functions.items():
            if name not in self._functions and name not in ("and", "or"):
                line, column = TextLines(parsed.text, source.line, source.column).position(
                    start
                )
                raise TemplateError(
                    f'function "{name}" not defined', line, column, source.path
                )
        for definition in (*parsed.definitions, parsed.main):
            name = definition.name or source.name
            if definition.is_empty and self._defines(name):
                continue
            self._definitions[name] = (source, parsed, definition)
            self._compiled.pop(name, None)

    def _defines(self, name: str) -> bool:
        beyond = self._beyond
        return name in self._definitions or (beyond is not None and beyond._defines(name))

    def template(self, name: str) -> CompiledTemplate | None:
        """A template by its name. Raises ``TemplateError``."""
        found = self._compiled.get(name)
        if found is None:
            known = self._definitions.get(name)
            if known is None:
                return None if self._beyond is None else self._beyond.template(name)
            source, parsed, definition = known
            found = self._compiled[name] = self._ready(source, parsed, definition)
        return found

    def _ready(
        self, source: TemplateSource, parsed: ParsedTemplate, definition: Definition
    ) -> CompiledTemplate:
        if self._kept is None:
            return compiled(source, parsed.text, definition, self._functions)
        key = (source.path, parsed.text, definition.name)
        found = self._kept.get(key)
        if found is None:
            found = compiled(source, parsed.text, definition, self._functions)
            self._kept[key] = found
        return found

    def with_text(self, text: str) -> tuple[TemplateStore, str]:
        """The templates that a text sees which is a template itself, and its own name among them. Raises
        ``TemplateError``."""
        key = (str(text), origins_of(text))
        found = self._expanded.get(key)
        if found is None:
            found = TemplateStore(self._functions, self)
            origin = (
                text.origins[0][1] if isinstance(text, PlacedText) and text.origins else None
            )
            where = None if origin is None else origin.value or origin.where
            place = ("", 1, 1) if where is None else (where.path, where.line, where.column)
            path, line, column = place
            found.add(TemplateSource(_EXPANDED, path, text, line, column, True))
            if len(self._expanded) >= _MAX_KEPT:
                self._expanded.clear()
            self._expanded[key] = found
        return found, _EXPANDED
