"""The comments of a configuration file, as far as ignore comments go: those that stand alone, or end a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sovlint.frontends.ignore_comments import Comment
from sovlint.model.decoding import late_pattern
from sovlint.model.source import SourceFile, Span

_COMMENT: Final = late_pattern(r"(?:^|(?<=\s))(?:#|//|;|!|<!--)(?=.*\bsovlint:)")


def comments(file: SourceFile) -> Iterator[Comment]:
    """Every comment that names sovlint, in the forms of all formats."""
    for number, line in file.lines():
        if "sovlint:" in line and (met := _COMMENT.search(line)):
            where = Span(file.path, number, met.start() + 1, number, len(line) + 1)
            text = line[met.start() :].replace("<!--", "#").replace("-->", "").lstrip(";!")
            yield Comment(text, where, not line[: met.start()].strip())
