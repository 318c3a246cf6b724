"""Ignore comments -> ``Ignore``: their grammar, and which line each covers. Shared by all front ends.

``sovlint: ignore[policy-id, other-id] until=2027-01-31 reason="..."``, in a comment on the line or on the line above;
in JSON, which has no comments, as the value of a ``"//"`` key of what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents import Document, Path
from sovlint.model.decoding import late_pattern
from sovlint.model.exception import Ignore
from sovlint.model.source import SourceFile, Span
from sovlint.model.text import Note

MARK: Final = b"sovlint:"
"""Bytes without which a file has no ignore comment."""

JSON_KEY: Final = "//"
"""The key whose value stands in for a comment in JSON."""

_BEGIN: Final = late_pattern(r"\bsovlint:\s*ignore\b")
_POLICIES: Final = late_pattern(r"\s*\[([^\]]*)\]")
_SETTING: Final = late_pattern(
    r"""\s*(until|reason)\s*=\s*(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|([^\s"']+))"""
)
_MARKS: Final = " \t\r\n#/*"
"""Marks of a comment, and blanks, around what it says."""
_FIRST: Final = late_pattern(r"[\s#/*]*sovlint:\s*ignore\b")
_ESCAPED: Final = late_pattern(r"\\(.)")
_LONGEST_SHOWN: Final = 40
MOST_LINES: Final = 1_000
"""A comment covers nothing that stands further below."""


class Comment(Struct, frozen=True):
    """A comment: its text with its marks, where it stands, and whether nothing else stands on its lines."""

    text: str
    where: Span
    alone: bool


def ignores(
    comments: Iterable[Comment],
    file: SourceFile,
    separators: frozenset[str] = frozenset(),
    block_end: Callable[[int], int] = int,
) -> list[Ignore]:
    """The ignore comments among all ``comments`` of a file.

    One that shares its line with code covers that line; one that stands alone covers the next line that is no comment.
    At the head of a file ``separators`` (texts of lines) are passed over too. ``block_end``: the last line of the block
    that begins on a line.
    """
    listed = list(comments)
    lone = {
        line
        for one in listed
        if one.alone
        for line in range(one.where.line, one.where.end_line + 1)
    }
    head = _next(
        1,
        lambda line: (
            line in lone
            or not file.line(line).strip()
            or file.line(line).strip() in separators
        ),
    )
    found = []
    for one in listed:
        parts = _each(one.text)
        if not parts:
            continue
        line = one.where.end_line
        if one.alone and line < head:
            line = _next(line, lambda at: at in lone or file.line(at).strip() in separators)
        elif one.alone:
            line = _next(line, lone.__contains__)
        end = block_end(line)
        found += [replace(_ignore(text, one.where, line), end=end) for text in parts]
    return found


def _next(line: int, passed: Callable[[int], bool]) -> int:
    """The first line from ``line`` on that isn't passed over; lines past the end of a file are empty, and many."""
    end = line + MOST_LINES
    while line < end and passed(line):
        line += 1
    return line


def ignores_in_json(
    document: Document, at: Path, data: Mapping[str, Any], covers: Span
) -> Iterator[Ignore]:
    """The ignores that the object ``data`` at ``at`` has under ``"//"``, a text or a list of them.

    They cover what begins where ``covers`` does, to the column: a whole file may be one line.
    """
    written = data.get(JSON_KEY)
    for text in written if isinstance(written, list) else [written]:
        if isinstance(text, str):
            for part in _each(text):
                yield _ignore(
                    part, document.span((*at, JSON_KEY)), covers.line, covers.column
                )


def _each(text: str) -> list[str]:
    """What follows each ``sovlint: ignore`` of a comment that begins with one; it may have several.

    In the middle of other words it is none: code that is commented out keeps its own comments.
    """
    if not _FIRST.match(text):
        return []
    return [part.rstrip(_MARKS) for part in _BEGIN.split(text)[1:]]


def _ignore(text: str, where: Span, line: int, column: int | None = None) -> Ignore:
    named = _POLICIES.match(text)
    policies = (
        tuple(dict.fromkeys(filter(None, re.split(r"[\s,]+", named[1])))) if named else ()
    )
    if named is None or not policies:
        return Ignore(
            (), "", None, where, line, column, Note("exceptions.comment-names-no-policy")
        )
    settings, rest = _settings(text[named.end() :])
    reason = " ".join(settings.get("reason", "").split())
    if rest:
        problem = Note(
            "exceptions.comment-unreadable", {"near": rest.strip()[:_LONGEST_SHOWN]}
        )
        return Ignore(policies, reason, None, where, line, column, problem)
    written = settings.get("until")
    if written is None:
        return Ignore(policies, reason, None, where, line, column)
    try:
        return Ignore(policies, reason, date.fromisoformat(written), where, line, column)
    except ValueError:
        problem = Note("exceptions.comment-no-day", {"until": written[:_LONGEST_SHOWN]})
        return Ignore(policies, reason, None, where, line, column, problem)


def _settings(text: str) -> tuple[dict[str, str], str]:
    """``until`` and ``reason``, each once, and what is left after them."""
    found: dict[str, str] = {}
    at = 0
    while (match := _SETTING.match(text, at)) is not None and match[1] not in found:
        quoted = match[2] if match[2] is not None else match[3]
        found[match[1]] = _ESCAPED.sub(r"\1", quoted) if quoted is not None else match[4]
        at = match.end()
    return found, text[at:]
