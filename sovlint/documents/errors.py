"""How large a document may be that is read, and what is wrong with one that can't be."""

from __future__ import annotations

from sovlint.model.source import Span

MAX_CHARACTERS = 8_000_000
"""Longer texts are refused: reading takes up to ninety times their size."""
MAX_NODES = 500_000
"""Documents that grow past this many nodes (aliases expanded) are refused."""
LONG = 500_000
"""In texts of more characters than this, nodes are counted before they are made."""
MAX_DOCUMENTS = 50_000
"""Of a text with more documents than this, no further ones are read."""

MAX_DEPTH = 100
"""Documents nested deeper than this are refused."""


class DocumentError(Exception):
    """A document that can't be read: what is wrong, and where (line and column from 1)."""

    def __init__(self, problem: str, line: int, column: int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line
        self.column = column

    def span(self, path: str) -> Span:
        """The place in the file of that path."""
        return Span(path, self.line, self.column, self.line, self.column)


class TooLargeError(DocumentError):
    """One that is larger, or nested deeper, than is read: whether it is valid isn't known."""
