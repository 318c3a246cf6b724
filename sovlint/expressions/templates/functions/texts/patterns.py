"""Regular expressions as Go's RE2 has them (``regexMatch``, ``regexReplaceAll`` …)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sovlint.expressions.functions.patterns import MatchSpans, matches
from sovlint.expressions.kinds import Refused
from sovlint.expressions.templates.functions.arguments import (
    is_unknown,
    text,
    whole,
)
from sovlint.expressions.templates.running import Execution, TemplateError, TemplateFunction
from sovlint.expressions.templates.values import List, NilList

_Found = tuple[list[str | None], list[MatchSpans]]
_REFERENCE = re.compile(r"\$(?:(\$)|(\w+)|\{(\w+)\})", re.ASCII)
_META = re.compile(r"[\\.+*?()|\[\]{}^$]")


def _of_two(name: str, use: Callable[..., Any]) -> TemplateFunction:
    """A function of a pattern and a text."""

    def call(run: Execution, pattern: Any, subject: Any) -> Any:
        return _used(run, name, use, (pattern, subject))

    return call


def _of_three(name: str, use: Callable[..., Any]) -> TemplateFunction:
    """A function of a pattern, a text and one more argument."""

    def call(run: Execution, pattern: Any, subject: Any, more: Any) -> Any:
        return _used(run, name, use, (pattern, subject, more))

    return call


def _used(
    run: Execution, name: str, use: Callable[..., Any], arguments: tuple[Any, ...]
) -> Any:
    """What a function makes of the matches. What the engine doesn't try isn't known."""
    if any(map(is_unknown, arguments)):
        return run.unknown(name, *arguments)
    pattern, subject, *more = arguments
    found = _found(run, text(pattern), text(subject))
    if isinstance(found, str):
        return run.unknown(name, *arguments)
    return use(run, found, subject, *more)


def _found(run: Execution, pattern: str, subject: str) -> _Found | str:
    """All matches, or why they aren't looked for. Raises ``TemplateError`` for a pattern that can't be read."""
    run.afford(len(subject))
    if pattern and not _META.search(pattern):
        return [], list(_literal(pattern, subject))
    run.afford(10 * (len(pattern) + len(subject)))
    try:
        return matches(pattern, subject)
    except Refused as error:
        raise TemplateError(f"error parsing regexp: {error}") from None


def _literal(pattern: str, subject: str) -> Iterator[MatchSpans]:
    """Where a pattern that stands for itself is found, in a text of any length."""
    at = subject.find(pattern)
    while at >= 0:
        yield ((at, at + len(pattern)),)
        at = subject.find(pattern, at + len(pattern))


def _match(run: Execution, pattern: Any, subject: Any) -> Any:
    """A pattern that can't be read matches nothing."""
    try:
        return _MUST_MATCH(run, pattern, subject)
    except TemplateError:
        return False


def _is_found(run: Execution, found: _Found, subject: str) -> bool:
    return bool(found[1])


def _first(run: Execution, found: _Found, subject: str) -> str:
    return _cut(subject, found[1][0]) if found[1] else ""


def _cut(subject: str, spans: MatchSpans, group: int = 0) -> str:
    span = spans[group] if group < len(spans) else None
    return "" if span is None else subject[span[0] : span[1]]


def _replace(run: Execution, found: _Found, subject: str, put: Any) -> str:
    names, spans = found
    groups = {name: at + 1 for at, name in enumerate(names) if name}

    def expanded(match: MatchSpans) -> str:
        return _REFERENCE.sub(lambda each: _referred(each, match, subject, groups), text(put))

    return _with(run, subject, spans, expanded)


def _referred(
    found: re.Match[str], match: MatchSpans, subject: str, groups: Mapping[str, int]
) -> str:
    if found[1]:
        return "$"
    name = found[2] or found[3]
    number = int(name) if name.isdigit() and len(name) < 9 else groups.get(name, -1)
    return _cut(subject, match, number) if number >= 0 else ""


def _replace_literal(run: Execution, found: _Found, subject: str, put: Any) -> str:
    return _with(run, subject, found[1], lambda match: text(put))


def _with(
    run: Execution, subject: str, spans: list[MatchSpans], put: Callable[[MatchSpans], str]
) -> str:
    pieces: list[str] = []
    at = 0
    for match in spans:
        start, end = match[0] or (0, 0)
        piece = subject[at:start] + put(match)
        run.afford(len(piece))
        pieces.append(piece)
        at = end
    pieces.append(subject[at:])
    return "".join(pieces)


def _split(run: Execution, found: _Found, subject: str, most: Any) -> List:
    """As Go's ``Split``: an empty match at the end parts nothing, at most so many pieces are made."""
    limit = whole(most)
    if limit == 0:
        return NilList()
    pieces: list[str] = []
    at = 0
    for match in found[1]:
        if 0 < limit <= len(pieces) + 1:
            break
        start, end = match[0] or (0, 0)
        if end == 0 or (start == end == len(subject)):
            continue
        pieces.append(subject[at:start])
        at = end
    if not subject or at <= len(subject):
        pieces.append(subject[at:])
    return List(pieces)


def _quote_meta(value: Any) -> str:
    return _META.sub(r"\\\g<0>", text(value))


_MUST_MATCH = _of_two("regexMatch", _is_found)
_FIND = _of_two("regexFind", _first)
_REPLACE = _of_three("regexReplaceAll", _replace)
_REPLACE_LITERAL = _of_three("regexReplaceAllLiteral", _replace_literal)
_SPLIT = _of_three("regexSplit", _split)

PLAIN: Mapping[str, Callable[..., Any]] = {"regexQuoteMeta": _quote_meta}
FUNCTIONS: Mapping[str, TemplateFunction] = {
    "regexMatch": _match,
    "mustRegexMatch": _MUST_MATCH,
    "regexFind": _FIND,
    "mustRegexFind": _FIND,
    "regexReplaceAll": _REPLACE,
    "mustRegexReplaceAll": _REPLACE,
    "regexReplaceAllLiteral": _REPLACE_LITERAL,
    "mustRegexReplaceAllLiteral": _REPLACE_LITERAL,
    "regexSplit": _SPLIT,
    "mustRegexSplit": _SPLIT,
}
