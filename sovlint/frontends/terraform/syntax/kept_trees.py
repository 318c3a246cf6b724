"""Files of HCL that were parsed before: their blocks as they are kept, and expressions as far as anybody asked for them.

A kept tree has no path: the same text may stand in several files. An expression that nobody had asked for is parsed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from sovlint.cache import pickles
from sovlint.cache.by_content import ContentCache
from sovlint.expressions.nodes import Attribute, Body, Expression
from sovlint.frontends.terraform.syntax import hcl
from sovlint.model.resources.reading import Failure
from sovlint.model.source import SourceFile, Stretch


def _attribute(name: str, where: Stretch, expression: Expression | None) -> Attribute:
    raise NotImplementedError("only a loader makes attributes")


def _stretch(start: int, end: int) -> Stretch:
    raise NotImplementedError("only a loader makes stretches")


def _compiled(attribute: Attribute) -> Expression | None:
    return attribute.expression if attribute.is_made else None


_WRITTEN: Final[pickles.WrittenAs] = {
    Attribute: lambda each: (_attribute, (each.name, each.where, _compiled(each))),
    Stretch: lambda each: (_stretch, (each.start, each.end)),
}


class KeptTrees:
    """The trees of one run, each taken from the cache or parsed and kept."""

    def __init__(self, cache: ContentCache) -> None:
        self._cache = cache

    def parse(self, file: SourceFile) -> tuple[Body, list[Failure]]:
        """As ``hcl.parse``. What can't be parsed isn't kept."""
        kept = self._cache.get(file.data)
        made = None if kept is None else self._loaded(kept, file)
        if made is not None:
            return made, []
        body, failures = hcl.parse(file)
        if not failures:
            self._keep(file, body)
        return body, failures

    def _keep(self, file: SourceFile, body: Body) -> None:
        self._cache.put(file.data, lambda: pickles.dumped(body, _WRITTEN))

    def _keep_again(self, file: SourceFile, body: Body | None) -> None:
        if body is not None:
            self._keep(file, body)

    def _loaded(self, kept: bytes, file: SourceFile) -> Body | None:
        parsed = _ParsedAgain(file, lambda: self._keep_again(file, body))

        def attribute(name: str, where: Stretch, expression: Expression | None) -> Attribute:
            return Attribute(name, partial(parsed.expression, where.start), where, expression)

        instead: pickles.Instead = {
            _attribute: attribute,
            _stretch: lambda start, end: Stretch(file, start, end),
        }
        body: Body | None = pickles.loaded(kept, instead)
        return body


class _ParsedAgain:
    """A file of which somebody asks for an expression that isn't kept. ``keep``: has its tree kept anew."""

    def __init__(self, file: SourceFile, keep: Callable[[], None]) -> None:
        self._file = file
        self._keep = keep
        self._found: dict[int, Attribute] = {}

    def expression(self, start: int) -> Expression:
        """The expression of the attribute that begins at a byte."""
        if not self._found:
            self._found = {
                each.where.start: each
                for each in _attributes(hcl.parse(self._file)[0])
                if isinstance(each.where, Stretch)
            }
            self._keep()
        return self._found[start].expression


def _attributes(body: Body) -> Iterator[Attribute]:
    yield from body.attributes.values()
    for block in body.blocks:
        yield from _attributes(block.body)
