"""What is wrong with a document that can't be read."""

from __future__ import annotations

from sovlint.model.source import Span


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
