"""Functions on text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from sovlint.expressions import beyond_limits
from sovlint.expressions.functions.characters import alone, lower, title, upper
from sovlint.expressions.functions.contents import plain_list
from sovlint.expressions.functions.formats import formatlist, formatted
from sovlint.expressions.kinds import Functions, NotKnown, Refused, failed, unsupported
from sovlint.expressions.limits import MAX_ELEMENTS, MAX_TEXT
from sovlint.expressions.texts import concatenated, needed_text, number_of, whole
from sovlint.expressions.values import wrap
from sovlint.model.value import Known, Unknown, Value

if TYPE_CHECKING:
    from sovlint.expressions.functions.patterns import MatchSpans

_REFERENCE = re.compile(r"\$(?:(\$)|\{(\w+)\}|(\w+))")


def _on_texts(function: Callable[..., object]) -> Callable[..., object]:
    return lambda *values: function(*map(needed_text, values))


def _join(separator: object, *lists: object) -> str:
    items = [item for each in lists for item in plain_list(each)]
    return concatenated(list(map(needed_text, items)), needed_text(separator))


def _split(by: str, text: str) -> Value:
    number = text.count(by) + 1 if by else len(text)
    if number > MAX_ELEMENTS:
        raise NotKnown(beyond_limits.elements(number))
    return wrap(
        text.split(by) if by else list(text)
    )  # without a separator Go counts code points as well


def _substr(value: object, offset: object, length: object) -> str:
    text, start, size = alone(needed_text(value)), whole(offset), whole(length)
    if start is None or size is None:
        raise Refused("whole numbers expected")
    start = max(0, len(text) + start) if start < 0 else start
    return text[start:] if size < 0 else text[start : start + size]


def _replace(text: str, pattern: str, replacement: str) -> str | Unknown:
    if len(pattern) > 1 and pattern.startswith("/") and pattern.endswith("/"):
        found = _matches(pattern[1:-1], text)
        return (
            unsupported(found)
            if isinstance(found, str)
            else _substituted(*found, text, replacement)
        )
    if len(text) + text.count(pattern) * len(replacement) > MAX_TEXT:
        raise NotKnown(beyond_limits.text())
    return text.replace(pattern, replacement)


def _substituted(
    names: list[str | None], found: list[MatchSpans], text: str, replacement: str
) -> str:
    """``$1``, ``${name}`` and ``$$`` as Go's regexp expands them: a group that isn't there gives nothing."""
    references = replacement.count("$") + 1
    if len(text) * references + len(found) * len(replacement) > MAX_TEXT:
        raise NotKnown(beyond_limits.text())

    def expanded(spans: MatchSpans) -> str:
        def group(reference: re.Match[str]) -> str:
            dollar, braced, bare = reference.groups()
            if dollar:
                return "$"
            name = braced or bare
            if name.isdecimal():
                numbers = [int(name)] if len(name) < 4 else []
            else:
                numbers = [number for number, each in enumerate(names, 1) if each == name]
            span = next(
                (
                    spans[number]
                    for number in numbers
                    if number < len(spans) and spans[number]
                ),
                None,
            )
            return text[span[0] : span[1]] if span else ""

        return _REFERENCE.sub(group, replacement)

    pieces, last = [], 0
    for spans in found:
        start, end = spans[0] or (last, last)
        pieces += [text[last:start], expanded(spans)]
        last = end
    return "".join([*pieces, text[last:]])


def _groups(names: list[str | None], spans: MatchSpans, text: str) -> Value:
    """What a match gives: its text, or its groups as a list or, by name, as an object; null for one without part."""
    texts = [text[span[0] : span[1]] if span else None for span in spans]
    if not names:
        return Known(texts[0])
    if None in names:
        return wrap(texts[1:])
    return wrap({str(name): part for name, part in zip(names, texts[1:], strict=True)})


def _matches(pattern: str, text: str) -> tuple[list[str | None], list[MatchSpans]] | str:
    from sovlint.expressions.functions.patterns import matches  # few roots have any

    return matches(pattern, text)


def _every_match(pattern: str, text: str) -> tuple[Value, ...]:
    found = _matches(pattern, text)
    if isinstance(found, str):
        raise NotKnown(unsupported(found))
    names, every = found
    if None in names and any(names):
        raise Refused("groups with and without names")
    return tuple(_groups(names, spans, text) for spans in every)


def _regex(pattern: str, text: str) -> Value:
    every = _every_match(pattern, text)
    return every[0] if every else failed("regex: no match")


def _indent(spaces: object, value: object) -> str:
    text, width = needed_text(value), int(number_of(spaces))
    if len(text) + text.count("\n") * max(width, 0) > MAX_TEXT:
        raise NotKnown(beyond_limits.text())
    return text.replace("\n", "\n" + " " * width)


FUNCTIONS: Functions = {
    "chomp": _on_texts(lambda text: text.rstrip("\r\n")),
    "endswith": _on_texts(str.endswith),
    "format": formatted,
    "formatlist": formatlist,
    "indent": _indent,
    "join": _join,
    "lower": _on_texts(lower),
    "regex": _on_texts(_regex),
    "regexall": _on_texts(_every_match),
    "replace": _on_texts(_replace),
    "split": _on_texts(_split),
    "startswith": _on_texts(str.startswith),
    "strcontains": _on_texts(lambda text, part: part in text),
    "substr": _substr,
    "title": _on_texts(title),
    "trim": _on_texts(lambda text, cut: text.strip(cut)),
    "trimprefix": _on_texts(str.removeprefix),
    "trimspace": _on_texts(lambda text: text.strip()),
    "trimsuffix": _on_texts(str.removesuffix),
    "upper": _on_texts(upper),
}
